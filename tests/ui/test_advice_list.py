"""Advice on the screen: sentences, and buttons that open the view they name."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.advice.cases import BOUNDS, case, family_member
from tests.ui.test_pages import fine, query
from vae_explorer.advice import of_group, of_model
from vae_explorer.advice.finding import LINKED
from vae_explorer.errors import CheckpointError
from vae_explorer.ui import advice_list
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.params import MAX_COMPARED, PARAMS

HISTORY = ({"nll": 100.0, "rate": 1.0},)
SPOKEN = [
    *of_group([family_member(1.0, 80.0, 20.0), family_member(1.0, 95.0, 20.0, 1), family_member(2.0, 84.0, 17.0)]),
    *of_group([family_member(1.0 + beta, 80.0 + seed, 20.0, seed) for beta in range(2) for seed in range(2)]),
    *of_model(case([4.0, 0.0], [0.01, 1.0], nll=250.0, history=HISTORY)),
    *of_model(case([0.91, 0.5], [0.3, 1.4], nll=250.0, history=HISTORY)),
    *of_model(case([0.3, 0.3], [1.0, 1.0], nll=250.0, history=HISTORY)),
    *of_model(case([0.91, 0.91], [0.3, 0.3], nll=800.0, history=({"nll": 520.0},))),
    *of_model(case([0.0, 0.0], [1.0, 1.0], bounds=BOUNDS)),
    *of_model(case([40.0, 0.001], None)),
]


@pytest.mark.parametrize("finding", SPOKEN, ids=lambda finding: finding.kind)
def test_a_view_is_a_page_that_can_be_opened_so(finding):
    page = PAGES[finding.view.page]
    assert set(finding.view.parameters) <= set(page.parameters)
    for name, text in finding.view.parameters.items():
        PARAMS[name].read(text)
    assert finding.sentence.endswith(".")
    assert all(number == number for number in finding.numbers.values())


def test_no_way_names_more_models_than_can_be_compared():
    assert LINKED <= MAX_COMPARED


def page_with(finding, page: str = "train") -> AppTest:
    def script(finding, page):
        from vae_explorer.ui.advice_list import _show

        _show(finding, page, "way", True)

    return AppTest.from_function(script, args=(finding, page)).run()


def test_a_sentence_stands_behind_its_models_and_beside_its_way():
    collapse = next(finding for finding in SPOKEN if finding.kind == "collapsed-units")
    at = page_with(collapse)
    assert at.markdown[0].value.startswith("**made\\-up**: ")
    assert at.button(key="way").label == "Traversals"
    assert "Collapsed unit" in at.markdown[0].help


def test_on_the_page_that_shows_it_there_is_no_button():
    knee = next(finding for finding in SPOKEN if finding.kind == "knee")
    assert not page_with(knee, "compare").button


def advised_on_the_default() -> AppTest:
    def script():
        from vae_explorer.checkpoints import catalogue
        from vae_explorer.ui import advice_list

        advice_list.show_advice([catalogue.find("mnist-mlp-z2")], "train", level=3)

    at = AppTest.from_function(script).run(timeout=30)
    assert not at.exception
    return at


def test_where_nothing_stands_out_a_line_says_so():
    assert advised_on_the_default().caption[0].value == advice_list.SILENT


def test_a_model_that_is_gone_meanwhile_is_a_line(monkeypatch):
    def gone(checkpoints):
        raise CheckpointError("It is gone.")

    monkeypatch.setattr(advice_list, "advise", gone)
    assert advised_on_the_default().caption[0].value == "It is gone\\."


def test_a_way_from_the_comparison_is_followed_as_a_link_would_be(open_page):
    at = open_page("compare", {"models": "mnist-conv-z10-b1,mnist-conv-z10-b4"})
    assert fine(at)
    assert any("From β 1 to 4 you pay 23" in text.value for text in at.markdown)
    way = next(button for button in at.button if (button.key or "").endswith("-collapsed-units"))
    way.click().run()
    assert fine(at)
    assert query(at) == {"model": "mnist-conv-z10-b4"}
