import numpy as np

from vae_explorer.figures import Change, Measured, curve, histogram, kl_bars, kl_curves, rate_distortion, shares
from vae_explorer.metrics.evaluation import Evaluation

PLAIN = Measured("Autoencoder", "#333333", Evaluation("mnist", "test", 9, 0, -80.0, None, None, 2, None))
MODELS = [
    Measured("β = 1, conv", "#111111", Evaluation("mnist", "test", 9, 0, 80.0, 20.0, -100.0, 2, (0.5, 2.0, 0.0))),
    Measured("β = 4, conv", "#222222", Evaluation("mnist", "test", 9, 0, 100.0, 10.0, -110.0, 1, (1.0,))),
]


def test_rate_distortion_shows_each_measured_model_where_it_was_measured():
    figure = rate_distortion(MODELS).to_dict()
    assert [(trace["x"][0], trace["y"][0], trace["text"][0]) for trace in figure["data"]] == [
        (20.0, 80.0, "β = 1, conv"),
        (10.0, 100.0, "β = 4, conv"),
    ]
    assert [trace["marker"]["color"] for trace in figure["data"]] == ["#111111", "#222222"]
    assert all("nats" in figure["layout"][axis]["title"]["text"] for axis in ("xaxis", "yaxis"))


def test_bars_are_ranked_within_each_model_and_name_their_unit():
    names = [["unit 0", "unit 1 (<b>50%{x}</b>)", "unit 2"], ["unit 0"]]
    trace = kl_bars(MODELS, names).to_dict()["data"][0]
    assert list(trace["y"]) == [2.0, 0.5, 0.0]
    assert list(trace["customdata"]) == ["unit 1 (&lt;b&gt;50&#37;{x}&lt;/b&gt;)", "unit 0", "unit 2"]


def test_a_plain_autoencoder_is_in_no_chart():
    models = [PLAIN, *MODELS]
    for chart in (rate_distortion(models), kl_bars(models, [["unit 0", "unit 1", "unit 2"]] * 3)):
        assert [trace["name"] for trace in chart.to_dict()["data"]] == ["β = 1, conv", "β = 4, conv"]


def test_every_class_has_a_bar_in_its_colour():
    trace = histogram("class", ("a", "b", "c"), [1200, 0, 3], ["#111111", "#222222", "#333333"]).to_dict()["data"][0]
    assert list(zip(trace["x"], trace["y"], trace["text"], trace["marker"]["color"], strict=True)) == [
        ("a", 1200, "1,200", "#111111"),
        ("b", 0, "", "#222222"),
        ("c", 3, "3", "#333333"),
    ]


def test_a_curve_has_a_point_an_epoch_and_its_unit_on_the_axis():
    figure = curve([1, 2, 3], [5.0, 4.0, 3.5], "loss", "nats per pixel").to_dict()
    assert list(zip(figure["data"][0]["x"], figure["data"][0]["y"], strict=True)) == [(1, 5.0), (2, 4.0), (3, 3.5)]
    assert figure["data"][0]["mode"] == "lines+markers"
    assert figure["layout"]["yaxis"]["title"]["text"] == "loss (nats per pixel)"
    assert figure["layout"]["xaxis"]["title"]["text"] == "epoch"


def test_a_change_of_beta_is_a_thin_line_with_its_new_value():
    figure = curve([0.5, 1.0], [5.0, 4.0], "nll", "nats per image", [Change(0.7, 4.0)]).to_dict()
    assert [(line["x0"], line["x1"]) for line in figure["layout"]["shapes"]] == [(0.7, 0.7)]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["β 4"]


def test_a_long_curve_is_not_flattened_by_its_first_fall():
    values = [500.0, 300.0, *[100.0 - i / 10 for i in range(60)]]
    low, high = curve(range(62), values, "nll", "nats per image").to_dict()["layout"]["yaxis"]["range"]
    assert low < values[-1] < values[3] <= high < 110
    assert "range" not in curve([1, 2], [500.0, 100.0], "nll", "nats per image").to_dict()["layout"]["yaxis"]
    assert "range" not in curve(range(62), [float("nan")] * 62, "nll", "nats").to_dict()["layout"]["yaxis"]


def test_the_ten_units_that_carry_the_most_at_the_end_are_named():
    kl = np.tile(np.arange(12.0), (3, 1))
    figure = kl_curves([1, 2, 3], kl, [f"unit {unit}" for unit in range(12)]).to_dict()
    named = [trace["name"] for trace in figure["data"] if trace["showlegend"]]
    assert named == [f"unit {unit}" for unit in range(2, 12)]
    assert len({trace["line"]["color"] for trace in figure["data"] if trace["showlegend"]}) == 10
    assert [trace["name"] for trace in figure["data"] if not trace["showlegend"]] == ["unit 1", "unit 0"]
    assert list(figure["data"][-1]["y"]) == [11.0] * 3


def test_names_of_units_are_text_and_short_in_a_legend():
    name = "unit 1 (<b>" + "x" * 30 + "</b> 5%{y})"
    figure = kl_curves([1], np.array([[1.0, 2.0]]), ["unit 0", name]).to_dict()
    traces = {trace["y"][0]: trace for trace in figure["data"]}
    assert traces[2.0]["name"] == "unit 1 (&lt;b&gt;" + "x" * 12 + "…"
    assert "unit 1 (&lt;b&gt;" + "x" * 30 + "&lt;/b&gt; 5&#37;{y}): %{y:.3g} nats" in traces[2.0]["hovertemplate"]


def test_names_beside_bars_are_text_and_short():
    figure = shares(["unit 1 (<b>x</b>)", "unit 2 (" + "x" * 40 + ")"], [("moved", [0.5, None])], "share").to_dict()
    assert list(figure["data"][0]["y"]) == ["unit 1 (&lt;b&gt;x&lt;/b&gt;)", "unit 2 (" + "x" * 15 + "…"]
