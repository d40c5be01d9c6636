"""Compare starts with the model that was being looked at, until somebody chooses others."""

import pytest

from tests.conftest import save_tiny
from tests.ui.test_pages import CONV, fine, query
from vae_explorer.ui import widgets
from vae_explorer.ui.compare.family import comparison
from vae_explorer.ui.page_table import PAGES

FOUR = "mnist-conv-z10-b4"
LOW, TWO, HIGH = (f"mnist-conv-64-b{beta}-s0" for beta in ("0.5", "2", "16"))
NETWORK = "mnist-conv-64-multi"
EXPLORE, COMPARE = (str(PAGES[name].script) for name in ("explore", "compare"))


def models(at) -> list[str]:
    return at.multiselect(key=widgets.key("models")).value


@pytest.mark.parametrize(
    ("looked_at", "first"),
    [
        ("", (LOW, TWO, HIGH, NETWORK)),
        (FOUR, (FOUR, CONV)),
        ("mnist-mlp-z2", ("mnist-mlp-z2", LOW, HIGH, NETWORK)),
        (NETWORK, (NETWORK, LOW, HIGH)),
        ("digits-mlp-z2", (LOW, TWO, HIGH, NETWORK)),
        ("no-such-model", (LOW, TWO, HIGH, NETWORK)),
    ],
)
def test_it_starts_with_a_model_and_its_family_or_else_those_of_its_images(looked_at, first):
    assert comparison(looked_at) == first


def test_of_a_large_family_as_many_start_as_stand_side_by_side_and_the_model_leads(tmp_path, monkeypatch, digits):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    for beta in range(1, 7):
        save_tiny(tmp_path / f"b{beta}", digits, beta=float(beta))
    assert comparison("b6") == ("b6", "b1", "b3", "b5")


def test_the_model_that_explore_opened_with_leads(open_page):
    at = open_page("explore").switch_page(COMPARE).run()
    assert models(at)[0] == "mnist-mlp-z2"
    assert models(at) == ["mnist-mlp-z2", LOW, HIGH, NETWORK]


def test_the_page_follows_the_model_until_others_are_chosen(open_page):
    at = open_page("explore", model="mnist-mlp-z2")
    at.switch_page(COMPARE).run()
    assert fine(at)
    assert models(at) == ["mnist-mlp-z2", LOW, HIGH, NETWORK]
    at.switch_page(EXPLORE).run()
    at.selectbox(key=widgets.key("model")).set_value(FOUR).run()
    at.switch_page(COMPARE).run()
    assert set(models(at)) == {FOUR, CONV}
    at.multiselect(key=widgets.key("models")).set_value([CONV, "mnist-mlp-z2"]).run()
    at.switch_page(EXPLORE).run()
    at.selectbox(key=widgets.key("model")).set_value(CONV).run()
    at.switch_page(COMPARE).run()
    assert set(models(at)) == {CONV, "mnist-mlp-z2"}


def test_a_link_with_twelve_models_shows_six_and_says_so(open_page, tmp_path, monkeypatch, digits):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    names = [f"m{index}" for index in range(12)]
    for seed, name in enumerate(names):
        save_tiny(tmp_path / name, digits, seed=seed)
    at = open_page("compare", {"models": ",".join(names)})
    assert fine(at)
    assert models(at) == names[:6]
    assert [toast.value.replace("\\", "") for toast in at.toast] == [
        "Models: the link names 12; the first 6 are shown."
    ]
    assert query(at)["models"] == ",".join(names[:6])
