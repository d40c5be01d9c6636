"""What the hand does with an autoencoder and with a conditional model."""

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.eyes import at_rest, box_of, changed, drawn, grey, pixels, settled
from tests.kinds import KINDS, made_up_latents
from vae_explorer import coding, images, models
from vae_explorer.config import ModelConfig


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """Page coordinates of a share of the map."""
    box = box_of(page.locator(".map-canvas"))
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def test_a_conditional_model_decodes_as_the_chosen_class(page: Page, app_url: str):
    page.goto(f"{app_url}/?model=cvae&point=7&y=2")
    _a_chosen_image_is_of_its_own_class(page)
    _what_is_under_the_pointer_is_of_the_chosen_class(page)
    canvases = {
        "Traversals": (".pin canvas", ".grid canvas", "li.unit .strip canvas"),
        "Interpolate": (".stage .now canvas", ".film canvas", ".anchor-a .reconstruction canvas"),
    }
    for (name, places), chosen in zip(canvases.items(), ("9", "3"), strict=True):
        page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
        seen = [page.locator(where).first for where in places]
        for canvas in seen:
            drawn(canvas)
        at_rest(page)
        before = [pixels(canvas) for canvas in seen]
        choose(page, "Decode as", chosen)
        for canvas, old in zip(seen, before, strict=True):
            changed(canvas, old)
    expect(page.locator(".anchor-a")).to_contain_text("Decoded as 3")


def _a_chosen_image_is_of_its_own_class(page: Page) -> None:
    picture = page.locator(".map-reconstruction")
    drawn(picture)
    model = models.build(ModelConfig("mlp", (1, 28, 28), 3, (16,), classes=10), seed=3)
    mu = made_up_latents(KINDS["cvae"], 3).mu[7:8]
    expected = images.to_uint8(coding.decode(model, mu, np.array([7])))[0, 0]
    assert np.abs(grey(picture) - expected).max() <= 1


def _what_is_under_the_pointer_is_of_the_chosen_class(page: Page) -> None:
    picture, heading = page.locator(".map-decoded"), page.locator(".map-card-heading")
    page.mouse.move(*place(page, 0.4, 0.3))
    expect(heading).to_have_text("Under the pointer, as class 2")
    drawn(picture)
    shown = {pixels(picture)}
    for name in ("5", "8"):
        before = pixels(picture)
        choose(page, "Decode as", name)
        settled(page, f"y={name}")
        page.mouse.move(*place(page, 0.4, 0.3))
        expect(heading).to_have_text(f"Under the pointer, as class {name}")
        changed(picture, before)
        shown.add(pixels(picture))
    assert len(shown) == 3


def test_an_autoencoder_shows_mu_without_sigma_and_no_ellipse(page: Page, app_url: str):
    page.goto(f"{app_url}/?model=ae&point=3")
    drawn(page.locator(".map-reconstruction"))
    expect(page.locator(".map-moments-caption")).to_have_text("unitmu")
    expect(page.locator(".map-card-note")).not_to_contain_text("rate")
    page.get_by_test_id("stTopNavLink").filter(has_text="Traversals").click()
    rows = page.locator("li.unit")
    expect(rows.first).to_contain_text("Var(mu)")
    expect(rows.last).to_contain_text("constant")
    drawn(rows.first.locator(".strip canvas"))
    before = pixels(page.locator(".pin canvas"))
    rows.first.locator("input.slider").press("ArrowRight")
    changed(page.locator(".pin canvas"), before)


def test_an_autoencoder_is_compared_with_what_it_has(page: Page, app_url: str):
    page.goto(f"{app_url}/compare?models=ae,cvae,mixed")
    expect(page.locator(".column")).to_have_count(3)
    rows = page.locator(".picture-row canvas")
    expect(rows).to_have_count(6)
    for index in range(6):
        drawn(rows.nth(index))
    expect(page.get_by_text("There is no posterior, and so no KL and no rate.")).to_be_visible()
    expect(page.get_by_text("axes of its own")).to_be_visible()
