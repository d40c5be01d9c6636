from vae_explorer.figures import Measured, class_histogram, curve, kl_bars, rate_distortion
from vae_explorer.latents import Evaluation

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
    trace = kl_bars(MODELS).to_dict()["data"][0]
    assert list(trace["y"]) == [2.0, 0.5, 0.0]
    assert list(trace["customdata"]) == [1, 0, 2]


def test_a_plain_autoencoder_is_in_no_chart():
    for chart in (rate_distortion, kl_bars):
        assert [trace["name"] for trace in chart([PLAIN, *MODELS]).to_dict()["data"]] == ["β = 1, conv", "β = 4, conv"]


def test_every_class_has_a_bar_in_its_colour():
    trace = class_histogram(("a", "b", "c"), [1200, 0, 3], ["#111111", "#222222", "#333333"]).to_dict()["data"][0]
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
