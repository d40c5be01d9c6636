from vae_explorer.figures import heat_map


def test_the_first_row_is_on_top_and_pixels_are_square():
    figure = heat_map([[0.0, 1.0], [2.0, 3.0]], "slope")
    assert figure.data[0]["z"] == [[0.0, 1.0], [2.0, 3.0]]
    assert (figure.layout["yaxis"]["autorange"], figure.layout["yaxis"]["scaleanchor"]) == ("reversed", "x")
