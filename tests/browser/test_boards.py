"""What the hand does on the traversal board and the scrubber, and what goes along from page to page."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import box_of, changed, drawn, grey, pixels, settled, until

CONV, DIGITS = "mnist-conv-z10-b1", "digits-mlp-z2"
A_HAND = 250
"""Milliseconds from reaching a link to pressing it."""


def slide(page: Page, slider: Locator, share: float) -> None:
    """Drag a range input's thumb from its middle to a share of its length, without letting go."""
    box = box_of(slider)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=6)


def test_a_unit_decodes_while_it_is_dragged_and_the_link_restores_it(page: Page, app_url: str):
    page.goto(f"{app_url}/traversals?model={CONV}&point=42")
    picture, grid = page.locator(".pin canvas"), page.locator(".grid canvas").first
    drawn(picture)
    drawn(grid)
    slider = page.locator("li.unit").first.locator("input.slider")
    before, grid_before = pixels(picture), pixels(grid)
    strip = page.locator("li.unit").nth(1).locator(".strip canvas")
    drawn(strip)
    strip_before = pixels(strip)
    slide(page, slider, 0.9)
    changed(picture, before)
    assert "pin=" not in page.url
    page.mouse.up()
    settled(page, r"^(?!.*point=).*[?&]pin=")
    changed(strip, strip_before)
    assert pixels(grid) == grid_before
    shown = grey(picture)
    page.goto(f"{page.url}&steps=32")
    drawn(grid)
    assert grid.evaluate("canvas => [canvas.width, canvas.height]") == [896, 896]
    drawn(picture)
    until(lambda: bool(np.abs(grey(picture) - shown).max() <= 2), "the link does not restore z")
    moved = pixels(picture)
    page.get_by_role("button", name="Reset").click()
    changed(picture, moved)
    settled(page, r"^(?!.*pin=)")
    expect(slider).to_have_value("0")


def test_what_the_hand_did_just_before_leaving_the_page_stays(page: Page, app_url: str):
    page.goto(f"{app_url}/?model={CONV}")
    drawn(page.locator(".map-decoded"))
    for pause in (0, 150, 230, 300):
        page.locator(".map-canvas").click(position={"x": 20 + pause, "y": 20})
        page.wait_for_timeout(pause)
        page.get_by_role("link", name="Traversals").hover()
        page.wait_for_timeout(A_HAND)
        page.get_by_role("link", name="Traversals").click()
        settled(page, r"/traversals\?.*pin=")
        drawn(page.locator(".pin canvas"))
        page.get_by_role("button", name="Reset").click()
        settled(page, r"/traversals\?(?!.*pin=)")
        page.get_by_role("link", name="Explore").click()
        drawn(page.locator(".map-decoded"))


def test_a_path_is_scrubbed_played_and_taken_along_as_a_film(page: Page, app_url: str):
    page.goto(f"{app_url}/interpolate?model={CONV}&a=3&b=8&frames=6&path=lerp&t=0.5")
    picture = page.locator(".stage .now canvas")
    drawn(picture)
    drawn(page.locator(".film canvas").first)
    drawn(page.locator(".anchor-b .reconstruction canvas"))
    expect(page.locator(".anchor-a .note")).to_contain_text("not on this machine")
    seen = {pixels(picture)}
    for share in (0.65, 0.8, 0.95):
        before = pixels(picture)
        slide(page, page.locator(".stage input.slider"), share)
        changed(picture, before)
        seen.add(pixels(picture))
        page.mouse.up()
    assert len(seen) == 4
    settled(page, r"[?&]t=0\.9")
    before = pixels(picture)
    page.get_by_role("button", name="Play").click()
    changed(picture, before)
    page.get_by_role("button", name="Pause").click()
    with Image.open(_downloaded(page, "GIF")) as film:
        assert len(list(ImageSequence.Iterator(film))) == 10
        assert film.size == (224, 224)


def _downloaded(page: Page, button: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.path()


def test_back_leads_to_the_page_before_however_much_was_done_on_this_one(page: Page, app_url: str):
    page.goto(f"{app_url}/?model={CONV}")
    drawn(page.locator(".map-decoded"))
    page.get_by_role("link", name="Traversals").click()
    drawn(page.locator(".pin canvas"))
    for share in (0.7, 0.3):
        slide(page, page.locator("li.unit").first.locator("input.slider"), share)
        page.mouse.up()
        settled(page, r"/traversals\?.*pin=")
        page.get_by_role("button", name="Reset").click()
        settled(page, r"/traversals\?(?!.*pin=)")
    page.go_back()
    drawn(page.locator(".map-decoded"))
    settled(page, rf"/\?model={CONV}$")
    assert page.locator(".pin canvas").count() == 0
    page.go_forward()
    drawn(page.locator(".pin canvas"))
    assert "/traversals?" in page.url


def test_the_model_stays_when_the_page_changes(page: Page, app_url: str):
    page.goto(f"{app_url}/?model={DIGITS}&point=42")
    drawn(page.locator(".map-original"))
    drawn(page.locator(".map-reconstruction"))
    page.get_by_role("link", name="Interpolate").click()
    settled(page, rf"/interpolate\?model={DIGITS}&a=42$")
    for end in ("a", "b"):
        drawn(page.locator(f".anchor-{end} .original canvas"))
    page.get_by_role("link", name="Explore").click()
    drawn(page.locator(".map-reconstruction"))
    settled(page, rf"/\?model={DIGITS}&point=42$")
