"""Every word of the glossary that stands on a page is explained where it stands."""

import pytest

from tests.ui.test_pages import CONV, compared, fine
from vae_explorer.glossary import GLOSSARY, mentions
from vae_explorer.ui.explanations import explained, explanation
from vae_explorer.ui.page_table import PAGES

LABELLED = ("selectbox", "slider", "number_input", "text_input", "multiselect")


def test_an_explanation_is_every_named_term_once_and_nothing_where_none_is_named():
    assert explanation("Colour by") is None
    told = explanation("nll 83.2 + rate 3.4, nll again") or ""
    assert told.split("\n\n") == [explained(GLOSSARY["nll"]), explained(GLOSSARY["rate"])]
    assert GLOSSARY["rate"].formula in told


@pytest.mark.parametrize("page", PAGES)
def test_every_label_that_names_a_term_explains_it(open_page, page):
    at = open_page(page, **({"model": CONV} if "model" in PAGES[page].parameters else {}))
    assert fine(at)
    labelled = [element for kind in LABELLED for element in at.get(kind)]
    for element in labelled:
        for mention in mentions(element.label):
            assert explained(GLOSSARY[mention.name]) in element.help, element.label


@pytest.mark.parametrize("page", ["explore", "traversals", "interpolate"])
def test_the_measured_figures_are_explained(open_page, page):
    at = open_page(page, model=CONV)
    (measured,) = (caption for caption in at.caption if "nats per image" in caption.value)
    named = [mention.name for mention in mentions(measured.value)]
    assert {"nll", "rate", "nats", "active-unit", "seed"} <= set(named)
    assert all(explained(GLOSSARY[name]) in measured.help for name in named)


def test_the_figures_of_compared_models_say_what_they_were_measured_on(open_page):
    figures = [figure for one in compared(open_page("compare")) for figure in one["figures"]]
    assert len(figures) >= 6
    told = {figure["name"]: figure["about"] for figure in figures}
    assert told["rate (nats)"] == "Measured on 10,000 test images, seed 0."
    assert any(mention.name == "rate" for name in told for mention in mentions(name))


def test_the_glossary_lists_every_term(open_page):
    at = open_page("glossary")
    assert fine(at)
    listed = [block.value for block in at.markdown]
    assert [name for name, term in GLOSSARY.items() if explained(term) not in listed] == []
