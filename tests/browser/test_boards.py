"""What the hand does on the traversal board and the scrubber, and what goes along from page to page."""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import box_of, changed, drawn, pixels, settled, until
from vae_explorer import checkpoints, coding, images
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents import traversals

CONV = "mnist-conv-z10-b1"
A_HAND = 250
"""Milliseconds from reaching a link to pressing it."""


def slide(page: Page, slider: Locator, share: float) -> None:
    """Drag a range input's thumb from its middle to a share of its length, without letting go."""
    box = box_of(slider)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=6)


def test_a_unit_decodes_while_it_is_dragged_and_the_link_restores_it(page: Page, app_url: str):
    page.goto(f"{app_url}/traversals?model={CONV}")
    picture, grid = page.locator(".pin canvas"), page.locator(".grid canvas").first
    drawn(picture)
    drawn(grid)
    row = page.locator("li.unit").first
    before, grid_before = pixels(picture), pixels(grid)
    strip = page.locator("li.unit").nth(1).locator(".strip canvas")
    drawn(strip)
    strip_before = pixels(strip)
    slide(page, row.locator("input.slider"), 0.9)
    changed(picture, before)
    assert "pin=" not in page.url
    page.mouse.up()
    settled(page, r"[?&]pin=")
    changed(strip, strip_before)
    assert pixels(grid) == grid_before
    shown, link = pixels(picture), page.url
    page.goto("about:blank")
    page.goto(link)
    drawn(picture)
    until(lambda: pixels(picture) == shown, "the link does not restore z")
    page.get_by_role("button", name="Reset").click()
    until(lambda: pixels(picture) == before, "Reset does not return to z = 0")


def test_moving_a_unit_lets_a_chosen_image_go(page: Page, app_url: str):
    page.goto(f"{app_url}/traversals?model={CONV}&point=42")
    drawn(page.locator(".pin canvas"))
    slide(page, page.locator("li.unit").first.locator("input.slider"), 0.8)
    page.mouse.up()
    settled(page, r"[?&]pin=")
    assert "point=" not in page.url


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


def test_the_model_that_nobody_chose_leads_the_comparison(page: Page, app_url: str):
    page.goto(app_url)
    settled(page, r"\?model=mnist-mlp-z2")
    page.get_by_role("link", name="Compare β").click()
    settled(page, r"/compare\?models=mnist-mlp-z2%2C")
    expect(page.locator(".field-points")).to_have_count(4)


def test_the_grid_is_the_prior_grid_and_a_click_pins(page: Page, app_url: str):
    page.goto(f"{app_url}/traversals?model=mnist-mlp-z2&steps=5&spacing=quantile")
    grid, picture = page.locator(".grid canvas").first, page.locator(".pin canvas")
    drawn(grid)
    shown = np.asarray(Image.open(io.BytesIO(_png(grid))).convert("L"), dtype=int)
    checkpoint = checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / "mnist-mlp-z2")
    codes = traversals.prior_grid(5, 2.5, spacing="quantile").reshape(-1, 2)
    decoded = images.to_uint8(coding.decode(catalogue.MODELS.get(checkpoint), codes))
    assert np.abs(shown - images.mosaic(decoded, 5)[..., 0]).max() <= 1
    before = pixels(picture)
    box = box_of(grid)
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + 0.1 * box["height"])
    changed(picture, before)
    settled(page, r"pin=2\.5(%2C|,)2\.5")


def test_a_grid_of_32_by_32(page: Page, app_url: str):
    page.goto(f"{app_url}/traversals?model={CONV}&steps=32")
    drawn(page.locator(".grid canvas").first)
    assert page.locator(".grid canvas").first.evaluate("canvas => [canvas.width, canvas.height]") == [896, 896]


def _png(canvas: Locator) -> bytes:
    import base64

    return base64.b64decode(pixels(canvas).split(",", 1)[1])


def test_the_scrubber_decodes_while_it_is_dragged_and_plays(page: Page, app_url: str):
    page.goto(f"{app_url}/interpolate?model={CONV}&t=0.5")
    picture = page.locator(".stage .now canvas")
    drawn(picture)
    drawn(page.locator(".film canvas").first)
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


def test_both_ends_and_the_film(page: Page, app_url: str):
    page.goto(f"{app_url}/interpolate?model={CONV}&a=3&b=8&frames=6&path=lerp")
    drawn(page.locator(".anchor-b .reconstruction canvas"))
    expect(page.locator(".anchor-a .note")).to_contain_text("not on this machine")
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
    page.goto(f"{app_url}/?model={CONV}&point=42")
    drawn(page.locator(".map-reconstruction"))
    page.get_by_role("link", name="Interpolate").click()
    expect(page.locator(".stage")).to_be_visible()
    settled(page, rf"/interpolate\?model={CONV}&a=42$")
    page.get_by_role("link", name="Explore").click()
    drawn(page.locator(".map-reconstruction"))
    settled(page, rf"/\?model={CONV}&point=42$")
