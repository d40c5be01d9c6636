"""A map of more images than it shows as points, under the hand: points are of the sample, every image is found."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PLACES
from tests.browser.eyes import at_rest, box_of, changed, drawn, pixels, settled
from tests.browser.few_points import MOST
from tests.serving import served
from vae_explorer.latents import map_points


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    empty = tmp_path_factory.mktemp("sampled")
    places = {name: str(empty / path) for name, path in PLACES.items()}
    with served(empty / "log", places, module="tests.browser.few_points") as app:
        yield f"{app.url}/?model=digits-mlp-z2&plane=units"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the app's own process draws, this one draws too."""
    monkeypatch.setattr(map_points, "MOST", MOST)


def shown(page: Page) -> set[int]:
    """The numbers of the images that are points, from how many the page says there are."""
    told = page.get_by_text(f"{MOST} of ").first.inner_text()
    found = re.search(rf"{MOST} of ([\d,]+) images, drawn with seed 0; every image is found by its number", told)
    assert found is not None, told
    return set(map_points.map_points(int(found[1].replace(",", ""))).tolist())


def test_points_are_of_the_sample_and_every_image_is_found(page: Page, url: str):
    page.goto(url)
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(page.locator(".map-points"))
    at_rest(page)
    points = shown(page)
    _an_image_that_is_no_point_is_ringed_where_it_lies(page, points)
    page.locator(".map-canvas").focus()
    page.keyboard.press("Escape")
    settled(page, "^(?!.*point=)")
    _what_the_hand_clicks_and_selects_are_points(page, points)


def _an_image_that_is_no_point_is_ringed_where_it_lies(page: Page, points: set[int]) -> None:
    absent = min(set(range(10, MOST)) - points)  # a single digit is a class as well
    over = page.locator(".map-over")
    before = pixels(over)
    find = page.get_by_label("Find an image by its number")
    find.fill(str(absent))
    find.press("Enter")
    expect(page.locator(".map-card-heading")).to_contain_text(f"Image {absent}")
    settled(page, rf"point={absent}(&|$)")
    changed(over, before)
    drawn(page.locator(".map-original"))
    drawn(page.locator(".map-reconstruction"))
    expect(page.locator(".labels li")).to_have_count(10)


def _what_the_hand_clicks_and_selects_are_points(page: Page, points: set[int]) -> None:
    area, tip = box_of(page.locator(".map-canvas")), page.locator(".map-tip")
    for step in range(400):
        page.mouse.move(
            area["x"] + area["width"] * (0.05 + 0.045 * (step % 20)),
            area["y"] + area["height"] * (0.05 + 0.045 * (step // 20)),
        )
        if tip.is_visible():
            break
    told = (tip.locator(".map-tip-title").text_content() or "").split(",")[0].removeprefix("Image ")
    assert int(told) in points
    page.mouse.down()
    page.mouse.up()
    settled(page, rf"point={told}(&|$)")
    page.keyboard.down("Shift")
    page.mouse.move(area["x"] + 2, area["y"] + 2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] - 2, area["y"] + area["height"] - 2, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    settled(page, "area=")
    heading = re.compile(rf"Selection: \d+ images of the {MOST} on the map")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
