"""The Units page: which card is shown, what goes along to another model, and what is said without the images."""

import pytest

from tests.ui.charts_on import charts_on
from tests.ui.test_pages import fine, query
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents.encoded import units_by_information
from vae_explorer.ui.widgets import key
from vae_explorer.unit_cards import shelf
from vae_explorer.unit_cards.matches import counterpart

pytestmark = pytest.mark.thorough

CONV, OTHER = "mnist-conv-z10-b1", "mnist-conv-z10-b4"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path))
    shelf.forget()


def told(at) -> str:
    return " ".join(text.value for text in (*at.markdown, *at.caption))


def test_the_most_informative_unit_comes_first_and_stands_in_the_address(open_page):
    at = open_page("unit", {"model": CONV})
    assert fine(at)
    first = units_by_information(catalogue.LATENTS.get(catalogue.find(CONV)))[0]
    assert query(at) == {"model": CONV, "unit": str(first)}
    assert len(charts_on(at)) == 4


def test_a_link_opens_its_unit_with_measured_figures(open_page):
    at = open_page("unit", {"model": CONV, "unit": "4"})
    assert fine(at)
    card = shelf.card(catalogue.find(CONV), 4)
    assert "Unit 4 alone is set to that of another image" in told(at)
    assert f"class {card.factors[0].legible:.2f}" in told(at)


@pytest.mark.parametrize("unit", ["10", "127"])
def test_a_unit_that_is_not_there_gives_way_to_the_most_informative_and_says_so(open_page, unit):
    at = open_page("unit", {"model": CONV, "unit": unit})
    assert fine(at)
    assert f"there is no unit {unit}, this model has 10" in at.toast[0].value


@pytest.mark.parametrize("unit", ["x", "-1", "1.5", "1,2", "<b>"])
def test_what_is_no_unit_leaves_the_address(open_page, unit):
    at = open_page("unit", {"model": CONV, "unit": unit})
    assert fine(at)
    assert query(at)["unit"] != unit


def test_a_button_opens_the_card_of_the_matched_unit_in_another_model(open_page):
    at = open_page("unit", {"model": CONV, "unit": "4"})
    found = counterpart(catalogue.find(CONV), catalogue.find(OTHER), 4)
    at.button(key=f"to-model-{OTHER}").click().run()
    assert fine(at)
    assert query(at) == {"model": OTHER, "unit": str(found.unit)}


def test_another_model_from_the_list_keeps_the_matched_unit_too(open_page):
    at = open_page("unit", {"model": CONV, "unit": "4"})
    at.selectbox(key=key("model")).select(OTHER).run()
    assert query(at)["unit"] == str(counterpart(catalogue.find(CONV), catalogue.find(OTHER), 4).unit)


def test_both_files_are_offered(open_page):
    at = open_page("unit", {"model": "digits-mlp-z2"})
    assert fine(at)
    assert {"HTML", "JSON"} <= {button.label for button in at.get("download_button")}
