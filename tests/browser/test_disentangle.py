"""The matrix of factors and units under the hand and by the keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.eyes import changed, pixels

TINY = "vae"
CONV = "mnist-conv-z10-b1"


def opened(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/disentangle?model={CONV}&cell=3,0")
    expect(page.locator(".matrix-cell")).to_have_count(10)
    expect(page.locator(".matrix-cell[aria-pressed=true]")).to_have_attribute(
        "aria-label", re.compile("class, unit 3: 0")
    )


def test_a_click_shows_the_unit_beside_the_matrix(page: Page, app_url: str):
    opened(page, app_url)
    walk = page.locator(".st-key-mosaic-row-unit-walk .pixels")
    expect(page.get_by_text("Traversal of unit 3 over")).to_be_visible()
    expect(page.locator(".chart .axis-title.y")).to_have_text("mu of unit 3")
    before = pixels(walk)
    page.get_by_role("button", name=re.compile("class, unit 7: ")).click()
    expect(page.get_by_text("Traversal of unit 7 over")).to_be_visible()
    changed(walk, before)
    expect(page.locator(".chart .axis-title.y")).to_have_text("mu of unit 7")
    expect(page).to_have_url(re.compile(r"cell=7(,|%2C)0"))


def test_arrows_lead_through_the_matrix_and_enter_chooses(page: Page, app_url: str):
    opened(page, app_url)
    cells = page.locator(".matrix-cell")
    page.locator(".matrix-cell[aria-pressed=true]").focus()
    page.keyboard.press("Home")
    expect(cells.first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(cells.nth(1)).to_have_attribute("aria-pressed", "true")
    unit = re.search(r"unit (\d+)", cells.nth(1).get_attribute("aria-label") or "")
    assert unit is not None
    expect(page.get_by_text(f"Traversal of unit {unit[1]} over")).to_be_visible()
