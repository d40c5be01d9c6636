from vae_explorer.figures import Measured, kl_bars, rate_distortion
from vae_explorer.metrics.evaluation import Evaluation

PLAIN = Measured("Autoencoder", "#333333", Evaluation("mnist", "test", 9, 0, -80.0, None, None, 2, None))
MODELS = [
    Measured("β = 1, conv", "#111111", Evaluation("mnist", "test", 9, 0, 80.0, 20.0, -100.0, 2, (0.5, 2.0, 0.0))),
    Measured("β = 4, conv", "#222222", Evaluation("mnist", "test", 9, 0, 100.0, 10.0, -110.0, 1, (1.0,))),
]


def test_rate_distortion_shows_each_measured_model_where_it_was_measured():
    figure = rate_distortion(MODELS)._asdict()
    assert [(trace["x"][0], trace["y"][0], trace["text"][0]) for trace in figure["data"]] == [
        (20.0, 80.0, "β = 1, conv"),
        (10.0, 100.0, "β = 4, conv"),
    ]
    assert [trace["marker"]["color"] for trace in figure["data"]] == ["#111111", "#222222"]
    assert all("nats" in figure["layout"][axis]["title"]["text"] for axis in ("xaxis", "yaxis"))


def test_bars_are_ranked_within_each_model_and_name_their_unit():
    names = [["unit 0", "unit 1 (<b>50%{x}</b>)", "unit 2"], ["unit 0"]]
    trace = kl_bars(MODELS, names)._asdict()["data"][0]
    assert list(trace["y"]) == [2.0, 0.5, 0.0]
    assert list(trace["customdata"]) == ["unit 1 (&lt;b&gt;50&#37;{x}&lt;/b&gt;)", "unit 0", "unit 2"]


def test_a_plain_autoencoder_is_in_no_chart():
    models = [PLAIN, *MODELS]
    for chart in (rate_distortion(models), kl_bars(models, [["unit 0", "unit 1", "unit 2"]] * 3)):
        assert [trace["name"] for trace in chart._asdict()["data"]] == ["β = 1, conv", "β = 4, conv"]
