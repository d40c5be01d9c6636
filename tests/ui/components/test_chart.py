"""A chart gets a whole figure without Plotly's own look, and what a saved picture of it says; a dot opens its model."""

from tests.ui.charts_on import charts_on, dots, labels
from tests.ui.test_pages import fine
from vae_explorer.colours import MODEL_COLOURS
from vae_explorer.ui import state

FIRST, SECOND = "mnist-conv-z10-b1", "mnist-conv-z10-b4"


def test_a_chart_is_told_its_figure_and_its_caption(open_page):
    for told in charts_on(open_page("compare", {"models": f"{FIRST},{SECOND}"})):
        assert set(told) == {"data", "layout", "caption"}
        assert "template" not in told["layout"]
        models, images, others, *rest = told["caption"].split(" · ")
        assert models == f"{FIRST}, {SECOND}"
        assert images == "MNIST, 10,000 test images"
        assert others.startswith("beside ")
        assert rest == ["evaluation seed 0", "VAE Explorer"]
        assert {trace["type"] for trace in told["data"]} == {"scatter"}


def test_every_model_of_the_images_is_a_dot_and_columns_are_marked(open_page):
    rates, scores = charts_on(open_page("compare", {"models": f"{FIRST},{SECOND}"}))
    for chart in (rates, scores):
        colours = {trace["customdata"][0]: trace["marker"]["color"] for trace in dots(chart)}
        assert {FIRST, SECOND, "mnist-mlp-z2"} <= set(colours)
        assert "digits-mlp-z2" not in colours
        assert (colours[FIRST], colours[SECOND]) == MODEL_COLOURS[:2]
        assert not set(MODEL_COLOURS) & {colours[name] for name in set(colours) - {FIRST, SECOND}}
        assert {trace["customdata"][0] for trace in dots(chart)[-2:]} == {FIRST, SECOND}


def test_seeds_of_one_beta_are_labelled_once_and_have_one_mean(open_page):
    rates, _ = charts_on(open_page("compare", {"models": "sprites-vae-b1-s0,sprites-vae-b4-s0"}))
    assert labels(rates).count("β = 1") == labels(rates).count("β = 4") == 1
    means = [trace["hovertemplate"] for trace in rates["data"] if "error_y" in trace]
    assert ["n = 3 seeds" in words for words in means] == [True] * 4


def test_any_score_that_was_measured_is_shown_against_beta(open_page):
    at = open_page("compare", {"models": "sprites-vae-b1-s0,sprites-vae-b4-s0"})
    chooser = at.selectbox(key="compare-score")
    assert {"nll (nats)", "rate (nats)", "ELBO (nats)", "Active units", "UDR"} <= set(chooser.options)
    assert not any("other ways of counting" in option for option in chooser.options)
    (score,) = [option for option in chooser.options if option.startswith("FactorVAE")]
    at = chooser.select(score).run()
    chart = charts_on(at)[1]
    assert chart["layout"]["yaxis"]["title"]["text"] == score
    assert all(0 <= trace["y"][0] <= 1 for trace in dots(chart))
    assert len(dots(chart)) >= 12


def test_a_clicked_dot_opens_its_model_on_explore(open_page):
    at = open_page("compare", {"models": f"{FIRST},{SECOND}"})
    at.session_state[state.DOT.key] = SECOND
    at.run()
    assert fine(at)
    assert at.session_state["model"] == SECOND
    assert state.DOT.key not in at.session_state
