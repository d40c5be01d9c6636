"""Which model a page opens with, and units that go over to another model by their rank."""

from dataclasses import replace

import pytest

from tests.ui.test_pages import query
from vae_explorer.ui.model_change import units_at_rank
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.widgets import key


@pytest.mark.parametrize(
    ("units", "former", "ranked", "found"),
    [
        ((5, 0), [5, 3, 0], [1, 0, 2], (1, 2)),
        ((), [5, 3, 0], [1, 0, 2], ()),
        ((5, 0), [5, 3, 0], [1, 0], ()),
        ((5, 0), [], [1, 0], ()),
        ((7,), [5, 3, 0], [1, 0, 2], ()),
    ],
)
def test_a_unit_is_the_one_of_the_same_rank_or_none(units, former, ranked, found):
    assert units_at_rank(units, former, ranked) == found


class TestWhereNobodyChose:
    """A page with a model of its own."""

    OWN = "mnist-conv-z10-b4"

    @pytest.fixture(autouse=True)
    def own_model(self, monkeypatch):
        row = replace(PAGES["unit"], model=self.OWN)
        monkeypatch.setitem(PAGES, "unit", row)

    def test_it_opens_with_its_own(self, open_page):
        assert query(open_page("unit", {}))["model"] == self.OWN

    def test_what_another_page_opened_with_was_not_chosen(self, open_page):
        at = open_page("explore", {})
        assert query(at)["model"] == "mnist-mlp-z2"
        assert query(at.switch_page(str(PAGES["unit"].script)).run())["model"] == self.OWN

    def test_a_link_has_chosen(self, open_page):
        assert query(open_page("unit", {"model": "digits-mlp-z2"}))["model"] == "digits-mlp-z2"

    def test_what_is_not_there_gives_way(self, open_page, monkeypatch):
        monkeypatch.setitem(PAGES, "unit", replace(PAGES["unit"], model="gone"))
        at = open_page("unit", {})
        assert query(at)["model"] == "mnist-mlp-z2"
        assert not at.toast

    def test_a_hand_has_chosen(self, open_page):
        at = open_page("unit", {})
        at.selectbox(key=key("model")).select("mnist-conv-z10-b1").run()
        at.run()
        assert query(at)["model"] == "mnist-conv-z10-b1"
