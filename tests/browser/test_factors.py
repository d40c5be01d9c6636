"""Sprites are always there: a factor colours, hides, finds and tells images, beside originals, without a data set."""

import re

from playwright.sync_api import Page, expect

from tests.browser.eyes import at_rest, changed, drawn, pixels, settled
from tests.browser.test_kinds import choose
from tests.browser.test_saved_pictures import saved as saved
from tests.browser.test_saved_pictures import words

FIRST, SECOND = "sprites-vae-b1-s0", "sprites-vae-b16-s0"


def test_a_factor_colours_hides_finds_and_tells_images(page: Page, app_url: str):
    page.goto(f"{app_url}/?model={FIRST}&plane=units&point=5")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(page.locator(".map-points"))
    at_rest(page)
    expect(page.locator(".map-chip")).to_have_count(3)
    _the_chosen_image_tells_its_factors(page)
    _few_values_are_hidden_and_found(page)
    _many_values_are_a_scale_of_ranges(page)


def _the_chosen_image_tells_its_factors(page: Page) -> None:
    """Beside its original."""
    drawn(page.locator(".map-original"))
    expect(page.locator(".map-missing")).to_be_empty()
    expect(page.locator(".map-card-heading")).to_contain_text("Image 5, shape ")
    told = page.locator(".map-card-factors")
    expect(told).to_have_text(
        re.compile(r"^scale \d \(0–5\) · orientation \d+ \(0–39\) · x position \d+ \(0–31\) · y position \d+ \(0–31\)$")
    )
    assert told.evaluate("line => line.scrollHeight <= line.clientHeight")
    beneath = page.locator(".labels li").first
    for word in ("shape ", "scale ", "orientation ", "x position ", "y position "):
        expect(beneath).to_contain_text(word)
    expect(page.locator("figure.mosaic figcaption").last).not_to_contain_text("reconstructions")


def _few_values_are_hidden_and_found(page: Page) -> None:
    points, chips = page.locator(".map-points"), page.locator(".map-chip")
    before = pixels(points)
    choose(page, "Colour by", "Scale")
    changed(points, before)
    settled(page, "colour=factor-1")
    expect(chips).to_have_count(6)
    expect(chips.nth(3)).to_have_attribute("title", re.compile(r"^Scale 3, [\d,]+ images"))
    before = pixels(points)
    chips.nth(3).click()
    changed(points, before)
    settled(page, r"hidden=3(&|$)")
    before = pixels(points)
    find = page.get_by_label("Find an image by its number")
    find.fill("scale 5")
    find.press("Enter")
    changed(points, before)
    settled(page, "hidden=0(%2C|,)1(%2C|,)2(%2C|,)3(%2C|,)4")


def _many_values_are_a_scale_of_ranges(page: Page) -> None:
    points, chips = page.locator(".map-points"), page.locator(".map-chip")
    before = pixels(points)
    choose(page, "Colour by", "Y position")
    changed(points, before)
    expect(page.locator(".map-bar")).to_contain_text("y position (0–31)")
    expect(chips).to_have_count(8)
    settled(page, r"^(?!.*hidden=).*colour=factor-4")
    before = pixels(points)
    chips.first.click()
    changed(points, before)
    settled(page, r"colour=factor-4.*hidden=0(&|$)|hidden=0&.*colour=factor-4")


def test_compared_maps_have_one_scale_on_the_page_and_when_saved(page: Page, app_url: str, saved):
    page.goto(f"{app_url}/compare?models={FIRST},{SECOND}&colour=factor-4")
    maps, chips = page.locator(".field-points"), page.locator(".map-chip:visible")
    expect(maps).to_have_count(2)
    expect(page.locator(".map-bar:visible")).to_have_count(1)
    expect(chips).to_have_count(8)
    drawn(maps.first)
    at_rest(page)
    before = pixels(maps.first)
    chips.last.click()
    changed(maps.first, before)
    settled(page, "hidden=7")
    told = words(saved("SVG", "Save the comparison"))
    assert told.count("y position (0–31)") == 2
    assert "Class" not in told
