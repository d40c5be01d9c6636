"""Zoom or a transform above the app: what lies under the pointer is what is meant, on every canvas."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import box_of, drawn, settled, until
from vae_explorer.latents import traversals

DIGITS, CONV, OTHER = "digits-mlp-z2", "mnist-conv-z10-b1", "mnist-conv-z10-b4"
LARGER, SMALLER = "zoom: 1.5", "transform: scale(.8)"


def zoomed(page: Page, address: str, canvas: str, style: str) -> Locator:
    """Opens a page whose ancestor is shown larger or smaller."""
    page.goto(address)
    page.add_style_tag(content=f"[data-testid=stMain] {{ {style} }}")
    drawn(page.locator(canvas).first)
    return page.locator(canvas).first


def reach(page: Page, canvas: Locator, x: float, y: float) -> None:
    """Move to a share of what is seen."""
    canvas.scroll_into_view_if_needed()
    box = box_of(canvas)
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])


def press(page: Page, canvas: Locator, x: float, y: float) -> None:
    reach(page, canvas, x, y)
    page.mouse.down()
    page.mouse.up()


@pytest.mark.parametrize("style", [LARGER, SMALLER])
def test_a_code_of_the_map_lies_under_the_pointer(page: Page, app_url: str, style: str):
    address, per_pixel = f"{app_url}/?model={DIGITS}&plane=units&view=0,0,80", 0.08
    canvas = zoomed(page, address, ".map-canvas", style)
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


def test_a_picture_of_a_grid_lies_under_the_pointer_and_a_menu_beside_its_button(page: Page, app_url: str):
    grid = zoomed(page, f"{app_url}/traversals?model={DIGITS}&steps=5&span=2&spacing=quantile", ".grid canvas", LARGER)
    press(page, grid, 0.7, 0.1)
    until(lambda: bool(pin(page)), "no code is pinned")
    assert pin(page) == pytest.approx([traversals.axis(5, 2.0, "quantile")[3], 2], abs=1e-3)
    button = page.locator(".save-menu-button").first
    button.click()
    menu = page.locator(".save-menu-list:popover-open")
    expect(menu).to_be_visible()
    above, below = sorted((box_of(menu), box_of(button)), key=lambda box: box["y"])
    assert 0 < below["y"] - above["y"] - above["height"] < 20


def test_a_frame_of_a_film_lies_under_the_pointer(page: Page, app_url: str):
    film = zoomed(page, f"{app_url}/interpolate?model={DIGITS}&frames=5", ".film canvas", SMALLER)
    press(page, film, 0.9, 0.5)
    expect(page).to_have_url(re.compile(r"t=1(\.0)?$"))


def test_strips_and_dots_of_a_comparison_lie_under_the_pointer(page: Page, app_url: str):
    strip = zoomed(page, f"{app_url}/compare?models={CONV},{OTHER}", ".matched .strip canvas", SMALLER)
    drawn(page.locator(".hand canvas").first)
    reach(page, strip, 0.9, 0.5)
    page.mouse.down()
    line, last = page.locator(".matched .here").first, box_of(strip)
    page.mouse.up()
    wanted = last["x"] + 0.9 * last["width"]
    until(lambda: abs(box_of(line)["x"] - wanted) < 4, "the line is not under the pointer")
    assert box_of(line)["x"] == pytest.approx(wanted, abs=4)
    dot = page.locator(".js-plotly-plot .point").last
    dot.scroll_into_view_if_needed()
    reach(page, dot, 0.4, 0.5)
    reach(page, dot, 0.5, 0.5)
    expect(page.locator(".hoverlayer .hovertext")).to_be_visible()
    press(page, dot, 0.5, 0.5)
    settled(page, r"/\?model=")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
