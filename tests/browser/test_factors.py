"""Sprites are always there: a factor colours, hides, finds and tells images, beside originals, without a data set."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.eyes import at_rest, changed, drawn, pixels, settled
from tests.browser.test_kinds import choose
from tests.browser.test_saved_pictures import saved as saved
from tests.browser.test_saved_pictures import words
from tests.kinds import save_sprites
from tests.serving import served


@pytest.fixture(scope="module")
def sprites_url(tmp_path_factory) -> Iterator[str]:
    """A fresh machine with a model of sprites, and no data set."""
    empty: Path = tmp_path_factory.mktemp("sprites")
    for name in ("on-sprites", "again"):
        save_sprites(empty / "runs" / name)
    places = {"VAE_EXPLORER_DATA": "nothing", "VAE_EXPLORER_RUNS": "runs", "VAE_EXPLORER_CACHE": "cache"}
    with served(empty / "log", {name: str(empty / path) for name, path in places.items()}) as app:
        yield app.url


@pytest.fixture
def explore(page: Page, sprites_url: str) -> Page:
    page.goto(f"{sprites_url}/?model=on-sprites&units=1,2&point=5")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(page.locator(".map-points"))
    at_rest(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_factor_colours_the_map_and_a_value_is_hidden_and_found(explore: Page, scheme):
    explore.emulate_media(color_scheme=scheme)
    points, chips = explore.locator(".map-points"), explore.locator(".map-chip")
    expect(chips).to_have_count(3)
    before = pixels(points)
    choose(explore, "Colour by", "Scale")
    changed(points, before)
    settled(explore, "colour=factor-1")
    expect(chips).to_have_count(6)
    expect(chips.nth(3)).to_have_attribute("title", re.compile(r"^Scale 3, [\d,]+ images"))
    before = pixels(points)
    chips.nth(3).click()
    changed(points, before)
    settled(explore, r"hidden=3(&|$)")
    before = pixels(points)
    find = explore.get_by_label("Find an image by its number")
    find.fill("scale 5")
    find.press("Enter")
    changed(points, before)
    settled(explore, "hidden=0(%2C|,)1(%2C|,)2(%2C|,)3(%2C|,)4")


def test_a_factor_of_many_values_is_a_scale_with_ranges_to_hide(explore: Page):
    points, chips = explore.locator(".map-points"), explore.locator(".map-chip")
    before = pixels(points)
    choose(explore, "Colour by", "Y position")
    changed(points, before)
    expect(explore.locator(".map-bar")).to_contain_text("y position (0–31)")
    expect(chips).to_have_count(8)
    before = pixels(points)
    chips.first.click()
    changed(points, before)
    settled(explore, r"colour=factor-4.*hidden=0(&|$)|hidden=0&.*colour=factor-4")


def test_the_chosen_image_tells_its_factors_beside_its_original(explore: Page):
    drawn(explore.locator(".map-original"))
    expect(explore.locator(".map-missing")).to_be_empty()
    expect(explore.locator(".map-card-heading")).to_contain_text("Image 5, shape ")
    told = explore.locator(".map-card-factors")
    expect(told).to_have_text(
        re.compile(r"^scale \d \(0–5\) · orientation \d+ \(0–39\) · x position \d+ \(0–31\) · y position \d+ \(0–31\)$")
    )
    assert told.evaluate("line => line.scrollHeight <= line.clientHeight")
    beneath = explore.locator(".labels li").first
    for word in ("shape ", "scale ", "orientation ", "x position ", "y position "):
        expect(beneath).to_contain_text(word)
    expect(explore.locator("figure.mosaic figcaption").last).not_to_contain_text("reconstructions")


def test_compared_maps_have_one_scale_on_the_page_and_when_saved(page: Page, sprites_url: str, saved):
    page.goto(f"{sprites_url}/compare?models=on-sprites,again&colour=factor-4")
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
