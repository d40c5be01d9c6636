"""The path starts at the chosen image."""

from tests.ui.test_pages import CONV, fine
from vae_explorer.ui import widgets
from vae_explorer.ui.page_table import PAGES

EXPLORE, INTERPOLATE = (str(PAGES[name].script) for name in ("explore", "interpolate"))


def start(at) -> int:
    return at.number_input(key=widgets.key("a")).value


def test_a_is_the_chosen_image_and_every_newly_chosen_one_until_another_is_put_there(open_page):
    at = open_page("interpolate", model=CONV, point=17)
    assert fine(at)
    assert start(at) == 17
    at.number_input(key=widgets.key("a")).set_value(4).run()
    at.switch_page(EXPLORE).run()
    at.switch_page(INTERPOLATE).run()
    assert start(at) == 4
    at.switch_page(EXPLORE).run()
    at.session_state["point"] = 23
    at.run()
    at.switch_page(INTERPOLATE).run()
    assert start(at) == 23


def test_a_link_names_its_own_start(open_page):
    at = open_page("interpolate", {"model": CONV, "a": "9", "b": "3"}, point=17)
    assert start(at) == 9
