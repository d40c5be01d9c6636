"""What the page hands to the traversal board is what the browser modules say it is."""

import json

from tests.shapes import shape_of, shapes

SHAPES = shapes("traversals/data.d.ts")


def test_every_name_that_the_board_is_told(open_page):
    components = [json.loads(component.proto.json) for component in open_page("traversals").get("bidi_component")]
    (data,) = [data for data in components if "grid" in data]
    assert shape_of(data) == SHAPES["BoardData"]
    assert shape_of(*data["units"]) == SHAPES["Unit"]
    assert shape_of(data["grid"]) == SHAPES["LabelledPlane"]
