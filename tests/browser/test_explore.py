"""What the hand does on the map."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import alike, at_rest, box_of, changed, drawn, image_of, pixels, settled, shows, until

CONV = "mnist-conv-z10-b1"


@pytest.fixture
def explore(page: Page, app_url: str):
    def opened(query: str = "") -> Page:
        page.goto(f"{app_url}/{query}")
        expect(page.locator(".map[data-state=ready]")).to_be_visible()
        drawn(page.locator(".map-points"))
        drawn(page.locator(".map-reconstruction" if "point=" in query else ".map-decoded"))
        at_rest(page)
        return page

    return opened


def box(page: Page):
    return box_of(page.locator(".map-canvas"))


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Page coordinates of a share of the map."""
    area = box(page)
    return area["x"] + x * area["width"], area["y"] + y * area["height"]


def test_what_the_hand_does_on_the_map_is_kept_in_the_link_that_another_tab_opens(explore, page: Page):
    explore()
    points, picture = page.locator(".map-points"), page.locator(".map-decoded")
    fitted = pixels(points)
    _follow_the_pointer(page, picture)
    _drag_and_zoom(page, points)
    _hide_and_isolate(page, points)
    _pin(page, picture)
    link, other = page.url, page.context.new_page()
    other.goto(link)
    restored, pinned = other.locator(".map-points"), other.locator(".map-decoded")
    expect(pinned).to_have_attribute("data-z", picture.get_attribute("data-z") or "")
    until(lambda: alike(restored, image_of(points)), "the link does not restore view and classes")
    _show_all_and_fit(other, restored, fitted)
    assert page.url == link, "another tab disturbs this one"
    _follow_the_pointer(page, picture)


def _follow_the_pointer(page: Page, picture: Locator) -> None:
    pinned, seen = pixels(picture), set()
    for share in (0.3, 0.5, 0.7):
        before = pixels(picture)
        page.mouse.move(*at(page, share, 0.3))
        changed(picture, before)
        seen.add(pixels(picture))
    assert len(seen) == 3
    page.mouse.move(5, 5)
    shows(picture, pinned, "leaving the map does not return to the pin")


def _drag_and_zoom(page: Page, points: Locator) -> None:
    fitted = pixels(points)
    page.mouse.move(*at(page, 0.5, 0.5))
    page.mouse.down()
    page.mouse.move(*at(page, 0.7, 0.6), steps=5)
    page.mouse.up()
    changed(points, fitted)
    settled(page, r"[?&]view=")
    panned, link = pixels(points), page.url
    page.mouse.wheel(0, -400)
    changed(points, panned)
    settled(page, rf"^(?!{re.escape(link)}$)")


def _hide_and_isolate(page: Page, points: Locator) -> None:
    everything, chips = pixels(points), page.locator(".map-chip")
    chips.nth(3).click()
    changed(points, everything)
    settled(page, r"hidden=3(&|$)")
    chips.nth(3).click()
    shows(points, everything, "a second click does not show the class again")
    chips.nth(7).dblclick()
    settled(page, r"hidden=0%2C1%2C2%2C3%2C4%2C5%2C6%2C8%2C9|hidden=0,1,2,3,4,5,6,8,9")
    assert [chips.nth(label).get_attribute("aria-pressed") == "true" for label in range(10)].index(True) == 7


def _pin(page: Page, picture: Locator) -> None:
    """By a click, then one step further by keys."""
    first = picture.get_attribute("data-z")
    page.mouse.click(*at(page, 0.93, 0.06))
    settled(page, r"[?&]pin=")
    page.mouse.move(5, 5)
    until(lambda: picture.get_attribute("data-z") != first, "a click pins nothing")
    pinned, link = picture.get_attribute("data-z"), page.url
    page.locator(".map-canvas").focus()
    page.keyboard.press("Shift+ArrowRight")
    until(lambda: picture.get_attribute("data-z") != pinned, "an arrow key does not move the pin")
    settled(page, rf"^(?!{re.escape(link)}$)")
    assert page.locator(".map-card").get_attribute("data-mode") == "pin"


def _show_all_and_fit(page: Page, points: Locator, fitted: str) -> None:
    page.locator(".map-chip").nth(7).dblclick()
    settled(page, r"^(?!.*hidden=)")
    page.mouse.dblclick(*at(page, 0.02, 0.02))
    shows(points, fitted, "a double click does not fit")
    settled(page, r"^(?!.*view=)")


def test_a_finger_decodes_and_two_fingers_zoom(explore, page: Page):
    page.set_viewport_size({"width": 1024, "height": 768})
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    explore(f"?model={CONV}")
    picture, points = page.locator(".map-decoded"), page.locator(".map-points")

    def fingers(kind: str, *places: tuple[float, float]) -> None:
        spots = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    before = pixels(picture)
    fingers("touchStart", at(page, 0.3, 0.3))
    for share in (0.4, 0.5, 0.6):
        fingers("touchMove", at(page, share, 0.35))
    changed(picture, before)
    fingers("touchEnd")
    shows(picture, before, "the lifted finger does not return to the pin")
    fitted = pixels(points)
    fingers("touchStart", at(page, 0.4, 0.5), at(page, 0.6, 0.5))
    fingers("touchMove", at(page, 0.2, 0.5), at(page, 0.8, 0.5))
    changed(points, fitted)
    fingers("touchEnd")
    settled(page, r"[?&]view=")
    assert "pin=" not in page.url


def test_a_rerun_fetches_no_points_again(explore, page: Page, app_url: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    explore(f"?model={CONV}")
    columns = [url for url in asked if "/map-columns/" in url]
    assert len(columns) == 3
    page.get_by_role("combobox").nth(1).click()
    page.get_by_role("option", name="nll (nats)").click()
    settled(page, "colour=nll")
    expect(page.locator(".map-legend")).to_have_attribute("data-colour", "value")
    assert [url.split("/map-columns/")[1].split("?")[0] for url in asked if "/map-columns/" in url][3:] == ["nll"]


def test_an_unknown_page_is_explore_with_a_note_and_the_model_that_nobody_chose(page: Page, app_url: str):
    page.goto(f"{app_url}/?page=www.example.org&model=https://example.org&stranger@example.org=1")
    expect(page.get_by_text("There is no page")).to_be_visible()
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    assert page.locator("a[href*='example.org']").count() == 0, "a note makes a link"
    settled(page, r"/\?model=mnist-mlp-z2$")
    page.get_by_role("link", name="Compare β").click()
    settled(page, r"/compare\?models=mnist-mlp-z2%2C")
    expect(page.locator(".field-points")).to_have_count(4)
