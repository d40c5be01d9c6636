"""A chart gets a whole figure without Plotly's own look, and what a saved picture of it says."""

from tests.ui.charts_on import charts_on


def test_a_chart_is_told_its_figure_and_its_caption(open_page):
    rates, bars = charts_on(open_page("compare", {"models": "mnist-conv-z10-b1,mnist-conv-z10-b4"}))
    for told in (rates, bars):
        assert set(told) == {"data", "layout", "caption"}
        assert "template" not in told["layout"]
        assert told["caption"] == (
            "mnist-conv-z10-b1, mnist-conv-z10-b4 · MNIST, 10,000 test images · evaluation seed 0 · VAE Explorer"
        )
    assert [trace["type"] for trace in rates["data"] + bars["data"]] == ["scatter", "scatter", "bar", "bar"]
