"""What the keyboard does on the map and beside it, and what moves for who wants little motion."""

import re

from playwright.sync_api import Page, expect

from tests.browser.eyes import drawn, pixels, settled, until

DIGITS = "digits-mlp-z2"


def test_images_are_chosen_and_an_area_selected_by_keys(page: Page, app_url: str):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{app_url}/?model={DIGITS}&plane=units")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(page.locator(".map-decoded"))
    heading = page.locator(".map-card-heading")
    page.locator(".map-canvas").focus()
    scrolled = "main => main.scrollTop"
    before = page.get_by_test_id("stMain").evaluate(scrolled)
    page.keyboard.press(" ")
    expect(heading).to_have_text(re.compile(r"Image \d+, class \d"))
    settled(page, r"point=\d")
    assert page.get_by_test_id("stMain").evaluate(scrolled) == before
    _choose_neighbours(page)
    page.locator(".map-canvas").focus()
    page.keyboard.press("Escape")
    expect(heading).to_have_text("Pinned")
    page.keyboard.press("s")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator(".map-card-selection")).to_have_attribute("data-empty", "true")
    page.keyboard.press("s")
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".map-card-selection")).to_have_text(re.compile(r"\d+ images selected\. By class: .*"))
    settled(page, "area=")
    page.keyboard.press("Escape")
    expect(page.locator(".map-card-selection")).to_have_attribute("data-empty", "true")


def _choose_neighbours(page: Page) -> None:
    """By their pictures, of which there are ten."""
    heading, pictures = page.locator(".map-card-heading"), page.locator(".pick")
    expect(pictures).to_have_count(10)
    first = str(pictures.first.get_attribute("aria-label")).removeprefix("Choose image ")
    pictures.first.click()
    expect(heading).to_have_text(re.compile(f"Image {first}, "))
    settled(page, f"point={first}")
    expect(pictures.first).not_to_have_attribute("aria-label", f"Choose image {first}")
    second = str(pictures.nth(1).get_attribute("aria-label")).removeprefix("Choose image ")
    pictures.nth(1).focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_text(re.compile(f"Image {second}, "))


def test_a_path_that_is_played_goes_in_steps_where_little_motion_is_wanted(page: Page, app_url: str):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{app_url}/interpolate?model={DIGITS}")
    picture = page.get_by_role("img", name="Picture at t")
    drawn(picture)
    slider = page.get_by_role("slider", name="t, from A to B")
    page.get_by_role("button", name="Play").click()
    before = pixels(picture)
    until(lambda: pixels(picture) != before, "nothing is played")
    seen = set[str]()
    until(lambda: seen.add(slider.input_value()) or len(seen) > 2, "it does not go on")
    page.get_by_role("button", name="Pause").click()
    assert all(abs(8 * float(t) - round(8 * float(t))) < 0.02 for t in seen)  # half a second of the four there
