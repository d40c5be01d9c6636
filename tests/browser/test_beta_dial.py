"""The dial of β under a real hand: everything follows while it is dragged, and rests at a measured stop."""

import numpy as np
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import box_of, changed, drawn, grey, pixels, settled, until
from tests.kinds import KINDS, made_up_latents, random_weights
from vae_explorer import coding, images, models
from vae_explorer.config import ModelConfig

CONFIG = ModelConfig("mlp", (1, 28, 28), 3, (16, 12), multi_rate=KINDS["multi-rate"].multi_rate)


def expected(beta: float, z: np.ndarray) -> np.ndarray:
    net = models.restore(CONFIG, random_weights(CONFIG))
    return images.to_uint8(coding.decode(models.at_beta(net, beta), z))[0, 0]


def grab(page: Page, share: float) -> tuple[float, float]:
    """Page coordinates of a share of the dial's slider."""
    box = box_of(page.locator(".dial .slider"))
    return box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2


def test_map_and_picture_follow_the_dial_before_it_is_let_go(page: Page, app_url: str):
    page.goto(f"{app_url}/?model=multi-rate&units=1,2&pin=1,0.5,-0.5")
    picture, points = page.locator(".map-decoded"), page.locator(".map-points")
    drawn(picture)
    z = np.array([[1, 0.5, -0.5]], np.float32)
    assert np.abs(grey(picture) - expected(1.0, z)).max() <= 1
    before = pixels(picture), pixels(points)
    page.mouse.move(*grab(page, 1 / 3))
    page.mouse.down()
    page.mouse.move(*grab(page, 0.8), steps=4)
    changed(picture, before[0])
    changed(points, before[1])
    assert "beta" not in page.url, "the page waits until the hand lets go"
    page.mouse.up()
    settled(page, "beta=7.1272")
    assert np.abs(grey(picture) - expected(7.1272, z)).max() <= 1
    expect(page.locator(".dial-value")).to_have_text("7.13")


def test_a_chosen_image_is_decoded_at_its_own_code_and_stays_chosen(page: Page, app_url: str):
    page.goto(f"{app_url}/?model=multi-rate&units=1,2&point=7")
    picture = page.locator(".map-reconstruction")
    drawn(picture)
    before = pixels(picture)
    page.mouse.move(*grab(page, 1 / 3))
    page.mouse.down()
    page.mouse.move(*grab(page, 0.9), steps=4)
    changed(picture, before)
    until_equal(picture, 0.25 * 64**0.9, tolerance=4)
    page.mouse.up()
    settled(page, "beta=10.0794")
    until_equal(picture, 10.0794)
    assert "point=7" in page.url
    expect(page.locator(".map-card-heading")).to_contain_text("Image 7")


def until_equal(picture: Locator, beta: float, tolerance: int = 1) -> None:
    """Wait until the picture is what the network at this β makes of the mu that image 7 has there."""
    mu = made_up_latents(KINDS["multi-rate"], 3).mu[7:8] / (1 + beta) * 2
    wanted = expected(beta, mu.astype(np.float32))
    until(lambda: bool(np.abs(grey(picture) - wanted).max() <= tolerance), "it shows another picture")


def test_strips_of_all_units_follow_hand_and_keys_and_the_beta_goes_along(page: Page, app_url: str):
    page.goto(f"{app_url}/traversals?model=multi-rate&pin=1,0.5,-0.5")
    strips = page.locator(".strip canvas")
    drawn(strips.last)
    before = [pixels(strips.nth(i)) for i in range(strips.count())]
    page.mouse.move(*grab(page, 1 / 3))
    page.mouse.down()
    page.mouse.move(*grab(page, 0.9), steps=4)
    for i, earlier in enumerate(before):
        changed(strips.nth(i), earlier)
    assert "beta" not in page.url
    page.mouse.up()
    settled(page, "beta=10.0794")
    before = pixels(strips.first)
    page.get_by_role("slider", name="β of multi-rate").focus()
    page.keyboard.press("ArrowRight")
    settled(page, "beta=11.3137")
    changed(strips.first, before)
    page.keyboard.press("Home")
    settled(page, "beta=0.25")
    page.get_by_test_id("stTopNavLink").filter(has_text="Interpolate").click()
    settled(page, "/interpolate.*beta=0.25")
    expect(page.locator(".dial-value")).to_have_text("0.25")


def test_columns_points_and_the_dot_on_the_curve_follow_on_compare(page: Page, app_url: str):
    page.goto(f"{app_url}/compare?models=mixed,multi-rate")
    column = page.get_by_role("region", name="one network for every β")
    other = page.get_by_role("region", name="mixed")
    shown, points = column.locator(".reconstruction canvas"), column.locator(".field-points")
    drawn(shown)
    dot = page.locator(".chart-plot").first.locator(".scatterlayer .points path").last
    expect(dot).to_be_visible()
    before = pixels(shown), pixels(points), pixels(other.locator(".field-points")), dot.get_attribute("transform")
    page.mouse.move(*grab(page, 1 / 3))
    page.mouse.down()
    page.mouse.move(*grab(page, 0.9), steps=4)
    changed(shown, before[0])
    changed(points, before[1])
    expect(dot).not_to_have_attribute("transform", before[3] or "")
    assert pixels(other.locator(".field-points")) == before[2], "a model of one β stays as it is"
    assert "beta" not in page.url
    page.mouse.up()
    settled(page, "beta=10.0794")
    expect(column.get_by_role("heading")).to_have_text("β = 10.1, one network for every β")


def test_a_units_traversal_follows_the_dial_on_every_page_that_has_one(page: Page, app_url: str):
    page.goto(f"{app_url}/unit?model=multi-rate&unit=1")
    _the_walk_follows(page, 1 / 3, 0.9, "beta=10.0794")
    page.get_by_test_id("stTopNavLink").filter(has_text="Disentangle").click()
    settled(page, "/disentangle.*beta=10.0794")
    _the_walk_follows(page, 0.9, 0.5, r"beta=2\.0$")


def _the_walk_follows(page: Page, start: float, end: float, link: str) -> None:
    walk, former = page.locator(".mosaic canvas").first, page.url
    drawn(walk)
    before = pixels(walk)
    page.mouse.move(*grab(page, start))
    page.mouse.down()
    page.mouse.move(*grab(page, end), steps=4)
    changed(walk, before)
    assert page.url == former
    page.mouse.up()
    settled(page, link)
