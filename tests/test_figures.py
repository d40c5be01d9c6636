from vae_explorer.figures import RateDistortion, kl_bars, rate_distortion


def test_rate_distortion_shows_each_measured_model_where_it_was_measured():
    models = [RateDistortion("one", 1.0, 20.0, 80.0), RateDistortion("four", 4.0, 10.0, 100.0)]
    figure = rate_distortion(models).to_dict()
    assert [(trace["x"][0], trace["y"][0], trace["text"][0]) for trace in figure["data"]] == [
        (20.0, 80.0, "β = 1"),
        (10.0, 100.0, "β = 4"),
    ]
    assert all("nats" in figure["layout"][axis]["title"]["text"] for axis in ("xaxis", "yaxis"))


def test_bars_are_ranked_within_each_model_and_name_their_unit():
    trace = kl_bars([("one", [0.5, 2.0, 0.0])]).to_dict()["data"][0]
    assert list(trace["y"]) == [2.0, 0.5, 0.0]
    assert list(trace["customdata"]) == [1, 0, 2]
