"""What the page hands to the interpolation is what the browser modules say it is."""

import json

from tests.shapes import shape_of, shapes

SHAPES = shapes("interpolate/data.d.ts")


def test_every_name_that_the_interpolation_is_told(open_page):
    components = [json.loads(component.proto.json) for component in open_page("interpolate").get("bidi_component")]
    (data,) = [data for data in components if "path" in data]
    assert shape_of(data) == SHAPES["ScrubberData"]
    assert shape_of(data["a"], data["b"]) == SHAPES["End"]
    assert shape_of(data["dataset"]) == SHAPES["Originals"]
