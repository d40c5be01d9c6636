import numpy as np

from vae_explorer.figures import unit_histogram, unit_profile


def test_a_profile_reaches_from_quartile_to_quartile():
    figure = unit_profile(["small", "large"], np.array([[0.0, 1.0], [1.0, 3.0], [1.5, 6.0]]), "scale", "unit 3")
    (trace,) = figure.data
    assert (trace["x"], trace["y"]) == (["small", "large"], [1.0, 3.0])
    assert (trace["error_y"]["array"], trace["error_y"]["arrayminus"]) == ([0.5, 3.0], [1.0, 2.0])
    assert figure.layout["yaxis"]["title"]["text"] == "mu of unit 3"


def test_a_prior_is_a_line_where_there_is_one():
    named = [[trace["name"] for trace in unit_histogram([0.0], [1.0], prior).data] for prior in ([0.4], None)]
    assert named == [["mu of the images", "prior"], ["mu of the images"]]
