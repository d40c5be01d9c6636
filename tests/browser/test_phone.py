"""On a phone: a finger sees what it draws, and no page is wider than the screen."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, CDPSession, FloatRect, Locator, Page, expect

from tests.browser.eyes import at_rest, box_of, changed, drawn, pixels, until
from vae_explorer.ui.page_table import PAGES

WIDTH, HEIGHT, BAR = 390, 844, 52
CONV, MULTI = "mnist-conv-z10-b1", "mnist-z2-multi"


class Drag(NamedTuple):
    """Where a finger drags, and the picture that is decoded meanwhile."""

    address: str
    """Empty: that of the one before."""
    dragged: str
    picture: str


DRAGS = {
    "the map": Drag(f"?model={CONV}", ".map-canvas", ".map-decoded"),
    "the dial of the map": Drag(f"?model={MULTI}", ".dial input", ".map-decoded"),
    "the last unit": Drag(f"traversals?model={CONV}", "li.unit:last-child input.slider", ".pinned canvas"),
    "the dial of the board": Drag(f"traversals?model={MULTI}", ".dial input", ".pinned canvas"),
    "t": Drag("interpolate?model=digits-mlp-z2&a=5&b=9", ".stage input.slider", ".stage .frame canvas"),
    "a matched unit": Drag(f"compare?models={CONV},mnist-conv-z10-b4", ".comparison input", ".hand canvas"),
    "a strip": Drag("", ".matched .strip canvas", ".hand canvas"),
}


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", DRAGS)
def test_the_decoded_picture_is_in_sight_while_a_finger_drags(phone: Page, app_url: str, name: str):
    drag = DRAGS[name]
    if drag.address:
        phone.goto(f"{app_url}/{drag.address}")
    picture, dragged = phone.locator(drag.picture).first, phone.locator(drag.dragged).first
    drawn(picture)
    at_rest(phone)
    dragged.scroll_into_view_if_needed()
    box, before, touch = box_of(dragged), pixels(picture), phone.context.new_cdp_session(phone)
    places = [(box["x"] + share * box["width"], box["y"] + box["height"] / 2) for share in (0.5, 0.6, 0.7, 0.8)]
    finger(touch, "touchStart", *places[0])
    for place in places[1:]:
        finger(touch, "touchMove", *place)
    changed(picture, before)
    view = phone.locator(".finger-view:popover-open")
    at = places[-1]
    until(lambda: in_sight(picture, *at) or shows(view, picture, *at), "the picture is out of sight")
    finger(touch, "touchEnd")
    expect(view).to_have_count(0)
    assert width(phone) == WIDTH


def finger(touch: CDPSession, kind: str, *place: float) -> None:
    spots = [{"x": place[0], "y": place[1]}] if place else []
    touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})


def in_sight(seen: Locator, x: float, y: float) -> bool:
    box = seen.bounding_box() if seen.count() else None
    return box is not None and box["y"] >= BAR and box["y"] + box["height"] <= HEIGHT + 4 and not holds(box, x, y)


def holds(box: FloatRect, x: float, y: float) -> bool:
    return box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"]


def shows(view: Locator, picture: Locator, x: float, y: float) -> bool:
    return in_sight(view, x, y) and pixels(view.locator("canvas").first) == pixels(picture)


def test_no_other_page_is_wider_than_the_screen_either(phone: Page, app_url: str):
    dragged_on = {drag.address.partition("?")[0] or "explore" for drag in DRAGS.values()}
    for name in PAGES.keys() - dragged_on:
        phone.goto(f"{app_url}/{name}")
        at_rest(phone)
        assert width(phone) == WIDTH, name


def width(page: Page) -> int:
    """Pixels of what can be scrolled to."""
    return page.get_by_test_id("stMain").evaluate("main => main.scrollWidth")
