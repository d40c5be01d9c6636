import pytest

from vae_explorer.figures import Measured, Scored, rate_distortion, score_by_beta
from vae_explorer.figures.models import nice_levels
from vae_explorer.metrics.evaluation import Evaluation


def measured(nll: float, rate: float) -> Evaluation:
    return Evaluation("mnist", "test", 9, 0, nll, rate, -nll - rate, 2, (0.5, 2.0, 0.0))


PLAIN = Measured("Autoencoder", "#333333", Evaluation("mnist", "test", 9, 0, -80.0, None, None, 2, None))
MODELS = [
    Measured("β = 1, conv", "#111111", measured(80.0, 20.0), "one", "β 1"),
    Measured("β = 4, conv", "#222222", measured(100.0, 10.0), "four", "β 4"),
    Measured("", "#888888", measured(101.0, 9.5), "again", "β 4", marked=False, about="β = 4 <b>50%{x}</b>"),
]
SCORED = [
    Scored("one", "β = 1", "conv", 1.0, 0.2, "#111111", True),
    Scored("four", "β = 4", "conv", 4.0, 0.3, "#222222", True),
    Scored("again", "β = 4, seed 1", "conv", 4.0, 0.5, "#888888", False),
    Scored("other", "β = 4, tcvae", "tcvae", 4.0, 0.9, "#888888", False),
]


def dots(figure) -> list[dict]:
    return [trace for trace in figure.data if "markers" in trace["mode"]]


def lines(figure, dash: str | None) -> list[dict]:
    found = [trace for trace in figure.data if "markers" not in trace["mode"] and "error_y" not in trace]
    return [trace for trace in found if trace["line"].get("dash") == dash]


def test_rate_distortion_shows_each_measured_model_where_it_was_measured():
    figure = rate_distortion(MODELS)
    assert [(trace["x"][0], trace["y"][0], trace["text"][0]) for trace in dots(figure)] == [
        (20.0, 80.0, "β = 1, conv"),
        (10.0, 100.0, "β = 4, conv"),
        (9.5, 101.0, ""),
    ]
    assert [trace["marker"]["color"] for trace in dots(figure)] == ["#111111", "#222222", "#888888"]
    assert all("nats" in figure.layout[axis]["title"]["text"] for axis in ("xaxis", "yaxis"))


def test_what_stands_out_is_larger_and_a_click_knows_the_model():
    figure = rate_distortion(MODELS)
    first, _, other = dots(figure)
    assert first["marker"]["size"] > other["marker"]["size"]
    assert [trace["customdata"] for trace in dots(figure)] == [["one"], ["four"], ["again"]]
    assert figure.layout["meta"] == "models"
    assert other["name"] == "β = 4 &lt;b&gt;50&#37;{x}&lt;/b&gt;"


def test_seeds_of_one_beta_have_a_mean_with_error_bars_and_others_have_none():
    (mean,) = (trace for trace in rate_distortion(MODELS).data if "error_y" in trace)
    assert (mean["x"], mean["y"]) == ([9.75], [100.5])
    assert mean["error_x"]["array"] == [pytest.approx(0.5 / 2**0.5)]
    assert mean["error_y"]["array"] == [pytest.approx(1 / 2**0.5)]
    assert "rate 9.75 ± 0.35, n = 2 seeds" in mean["hovertemplate"]


def test_dotted_lines_hold_the_bound_that_they_name():
    figure = rate_distortion(MODELS)
    bounds = lines(figure, "dot")
    assert 2 <= len(bounds) <= 5
    low, high = figure.layout["yaxis"]["range"]
    for bound in bounds:
        named = -float(bound["text"][1].removeprefix("ELBO ").replace("−", "-"))
        assert [x + y for x, y in zip(bound["x"], bound["y"], strict=True)] == pytest.approx([named] * 3)
        assert all(low - 1e-9 <= y <= high + 1e-9 for y in bound["y"])


@pytest.mark.parametrize(("low", "high"), [(80, 110), (-3.2, 4.9), (0.001, 0.0042), (5, 5), (1e5, 1e6)])
def test_levels_are_few_round_and_within(low, high):
    levels = nice_levels(low, high)
    assert len(levels) <= 5
    assert all(low - 1e-9 <= level <= high + 1e-9 for level in levels)
    assert levels or high == low


def test_a_plain_autoencoder_is_in_no_chart():
    assert [trace["name"] for trace in dots(rate_distortion([PLAIN, *MODELS[:2]]))] == ["β = 1, conv", "β = 4, conv"]
    assert not dots(rate_distortion([PLAIN]))


def test_a_score_is_shown_by_seed_and_by_mean_for_each_series_apart():
    figure = score_by_beta("MIG", SCORED)
    conv, tcvae = lines(figure, None)
    assert (conv["x"], conv["y"]) == ([1.0, 4.0], [0.2, pytest.approx(0.4)])
    assert conv["hovertext"] == ["0.2, one seed", "mean 0.4 ± 0.1414, n = 2 seeds"]
    (bars,) = (trace for trace in figure.data if "error_y" in trace)
    assert (bars["x"], bars["y"]) == ([4.0], [pytest.approx(0.4)])
    assert bars["error_y"]["array"] == [pytest.approx(0.2 / 2**0.5)]
    assert (tcvae["x"], tcvae["y"]) == ([4.0], [0.9])
    assert [(trace["x"][0], trace["y"][0]) for trace in dots(figure)] == [(1, 0.2), (4, 0.3), (4, 0.5), (4, 0.9)]
    assert figure.layout["xaxis"]["type"] == "log"
    assert score_by_beta("MIG", [SCORED[0]._replace(beta=0.0)]).layout["xaxis"]["type"] == "linear"


def test_ticks_that_would_run_into_each_other_are_left_out():
    scored = [Scored(str(beta), "", "", beta, 1.0, "#000000", True) for beta in (0.25, 1, 14.3, 16)]
    assert score_by_beta("nll", scored).layout["xaxis"]["tickvals"] == [0.25, 1, 14.3]
