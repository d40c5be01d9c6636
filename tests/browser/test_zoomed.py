"""Zoom or a transform above the app: what lies under the pointer is what is meant, on every canvas."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import box_of, drawn, settled, until

DIGITS, CONV, OTHER = "digits-mlp-z2", "mnist-conv-z10-b1", "mnist-conv-z10-b4"


@pytest.fixture(params=["zoom: 1.5", "transform: scale(.8)"])
def zoomed(request: pytest.FixtureRequest, page: Page, app_url: str):
    """Opens a page whose ancestor is shown larger or smaller."""

    def opened(address: str, canvas: str) -> Locator:
        page.goto(f"{app_url}/{address}")
        page.add_style_tag(content=f"[data-testid=stMain] {{ {request.param} }}")
        drawn(page.locator(canvas).first)
        return page.locator(canvas).first

    return opened


def reach(page: Page, canvas: Locator, x: float, y: float) -> None:
    """Move to a share of what is seen."""
    canvas.scroll_into_view_if_needed()
    box = box_of(canvas)
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])


def press(page: Page, canvas: Locator, x: float, y: float) -> None:
    reach(page, canvas, x, y)
    page.mouse.down()
    page.mouse.up()


def test_a_code_of_the_map_lies_under_the_pointer(page: Page, zoomed):
    canvas, per_pixel = zoomed(f"?model={DIGITS}&plane=units&view=0,0,80", ".map-canvas"), 0.08
    drawn(page.locator(".map-decoded"))
    codes = []
    for x, y in ((0.3, 0.3), (0.7, 0.6)):
        press(page, canvas, x, y)
        until(lambda: codes != [pin(page)] and bool(pin(page)), "no code is pinned")
        codes.append(pin(page))
    width, height = canvas.evaluate("canvas => [canvas.offsetWidth, canvas.offsetHeight]")
    across, up = (second - first for first, second in zip(*codes, strict=True))
    assert across == pytest.approx(0.4 * width * per_pixel, abs=0.2)
    assert up == pytest.approx(-0.3 * height * per_pixel, abs=0.2)


def pin(page: Page) -> list[float]:
    found = re.search(r"pin=([^&]+)", page.evaluate("decodeURIComponent(location.search)"))
    return [float(value) for value in found[1].split(",")] if found else []


def test_a_picture_of_a_grid_lies_under_the_pointer(page: Page, zoomed):
    press(page, zoomed(f"traversals?model={DIGITS}&steps=5&span=2", ".grid canvas"), 0.7, 0.1)
    expect(page).to_have_url(re.compile(r"pin=1(%2C|,)2&"))


def test_a_frame_of_a_film_lies_under_the_pointer(page: Page, zoomed):
    press(page, zoomed(f"interpolate?model={DIGITS}&frames=5", ".film canvas"), 0.9, 0.5)
    expect(page).to_have_url(re.compile(r"t=1(\.0)?$"))


def test_models_side_by_side_follow_the_pointer(page: Page, zoomed):
    strip = zoomed(f"compare?models={CONV},{OTHER}", ".matched .strip canvas")
    reach(page, strip, 0.9, 0.5)
    page.mouse.down()
    line, last = page.locator(".matched .here").first, box_of(strip)
    page.mouse.up()
    wanted = last["x"] + 0.9 * last["width"]
    until(lambda: abs(box_of(line)["x"] - wanted) < 4, "the line is not under the pointer")
    assert box_of(line)["x"] == pytest.approx(wanted, abs=4)


def test_what_opens_beside_a_button_stays_beside_it(page: Page, zoomed):
    zoomed(f"traversals?model={DIGITS}", ".grid canvas")
    button = page.locator(".save-menu-button").first
    button.click()
    menu = page.locator(".save-menu-list:popover-open")
    expect(menu).to_be_visible()
    above, below = sorted((box_of(menu), box_of(button)), key=lambda box: box["y"])
    assert 0 < below["y"] - above["y"] - above["height"] < 20


def test_a_dot_of_a_chart_is_clicked_where_it_is_seen(page: Page, zoomed):
    zoomed(f"compare?models={CONV},{OTHER}", ".hand canvas")
    dot = page.locator(".js-plotly-plot .point").last
    dot.scroll_into_view_if_needed()
    reach(page, dot, 0.4, 0.5)
    reach(page, dot, 0.5, 0.5)
    expect(page.locator(".hoverlayer .hovertext")).to_be_visible()
    press(page, dot, 0.5, 0.5)
    settled(page, r"/\?model=")
