"""Comparisons that are ready: each opens, and none is offered that cannot be opened or is open already."""

import pytest

from tests.ui.test_pages import compared, fine
from vae_explorer.checkpoints import catalogue
from vae_explorer.ui import widgets
from vae_explorer.ui.compare.ready import READY
from vae_explorer.ui.encoded_images import encoded_images


@pytest.mark.parametrize("name", READY)
def test_its_models_are_shipped_and_of_the_same_images(name):
    found = [catalogue.find(model) for model in READY[name].models]
    assert len({encoded_images(one) for one in found}) == 1


def test_a_click_opens_it_and_it_is_offered_no_longer(open_page):
    at = open_page("compare")
    at.button(key="ready-kinds").click().run()
    assert fine(at)
    assert tuple(at.multiselect(key=widgets.key("models")).value) == READY["kinds"].models
    columns = compared(at)
    assert [column["plain"] for column in columns] == [True, True, False, False, False]
    assert columns[0]["title"] == "PCA of pixels, Gaussian pixels of variance 0.5"
    assert columns[0]["built"].endswith("pca-z2, 2 units, in closed form")
    assert "ready-kinds" not in {button.key for button in at.button}


def test_what_is_not_on_this_machine_is_not_offered(open_page, monkeypatch):
    usable = {name: one for name, one in catalogue.usable().items() if name != "mnist-z2-ae"}
    monkeypatch.setattr(catalogue, "usable", lambda: usable)
    assert "ready-kinds" not in {button.key for button in open_page("compare").button}
