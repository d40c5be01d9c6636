import numpy as np

from vae_explorer.figures import Beside, Change, curve, kl_curves


def test_a_curve_has_a_point_an_epoch_and_its_unit_on_the_axis():
    figure = curve([1, 2, 3], [5.0, 4.0, 3.5], "loss", "nats per pixel")._asdict()
    assert list(zip(figure["data"][0]["x"], figure["data"][0]["y"], strict=True)) == [(1, 5.0), (2, 4.0), (3, 3.5)]
    assert figure["data"][0]["mode"] == "lines+markers"
    assert figure["layout"]["yaxis"]["title"]["text"] == "loss (nats per pixel)"
    assert figure["layout"]["xaxis"]["title"]["text"] == "epoch"


def test_a_change_of_beta_is_a_thin_line_with_its_new_value():
    figure = curve([0.5, 1.0], [5.0, 4.0], "nll", "nats per image", [Change(0.7, 4.0)])._asdict()
    assert [(line["x0"], line["x1"]) for line in figure["layout"]["shapes"]] == [(0.7, 0.7)]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["β 4"]


def test_a_long_curve_is_not_flattened_by_its_first_fall():
    values = [500.0, 300.0, *[100.0 - i / 10 for i in range(60)]]
    low, high = curve(range(62), values, "nll", "nats per image")._asdict()["layout"]["yaxis"]["range"]
    assert low < values[-1] < values[3] <= high < 110
    assert "range" not in curve([1, 2], [500.0, 100.0], "nll", "nats per image")._asdict()["layout"]["yaxis"]
    assert "range" not in curve(range(62), [float("nan")] * 62, "nll", "nats")._asdict()["layout"]["yaxis"]


def test_the_ten_units_that_carry_the_most_at_the_end_are_named():
    kl = np.tile(np.arange(12.0), (3, 1))
    figure = kl_curves([1, 2, 3], kl, [f"unit {unit}" for unit in range(12)])._asdict()
    named = [trace["name"] for trace in figure["data"] if trace["showlegend"]]
    assert named == [f"unit {unit}" for unit in range(2, 12)]
    assert len({trace["line"]["color"] for trace in figure["data"] if trace["showlegend"]}) == 10
    assert [trace["name"] for trace in figure["data"] if not trace["showlegend"]] == ["unit 1", "unit 0"]
    assert list(figure["data"][-1]["y"]) == [11.0] * 3


def test_names_of_units_are_text_and_short_in_a_legend():
    name = "unit 1 (<b>" + "x" * 30 + "</b> 5%{y})"
    figure = kl_curves([1], np.array([[1.0, 2.0]]), ["unit 0", name])._asdict()
    traces = {trace["y"][0]: trace for trace in figure["data"]}
    assert traces[2.0]["name"] == "unit 1 (&lt;b&gt;" + "x" * 12 + "…"
    assert "unit 1 (&lt;b&gt;" + "x" * 30 + "&lt;/b&gt; 5&#37;{y}): %{y:.3g} nats" in traces[2.0]["hovertemplate"]


def test_images_that_are_not_trained_on_stand_beside_the_others():
    seen = Beside("71 test images", [1, 2], [6.0, 9.0])
    figure = curve([1, 2, 3], [5.0, 4.0, 3.5], "nll", "nats per image", beside=seen)._asdict()
    assert [line["name"] for line in figure["data"]] == ["training", "71 test images"]
    assert figure["data"][1]["y"] == [6.0, 9.0]
    assert figure["layout"]["showlegend"]
    low, high = curve(range(62), [1.0] * 62, "nll", "nats", beside=seen)._asdict()["layout"]["yaxis"]["range"]
    assert low < 1 < 9 < high
