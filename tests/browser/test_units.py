"""The card of a unit under the hand: chosen, named, followed into another model, taken along."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.eyes import at_rest, changed, drawn, pixels
from tests.browser.held import HeldPage

CONV = "mnist-conv-z10-b1"
WALK = ".st-key-mosaic-row-card-traversal .pixels"
MEASURED = 60_000
"""Milliseconds that a first card may take on a busy machine."""
HEADINGS = ("What it means", "What it moves", "Where it acts", "Goes together with", "The same unit in other models")


def test_another_unit_is_drawn_before_its_card_has_come_with_its_own_figures(page: Page, app_url: str):
    held = HeldPage(page)
    page.goto(f"{app_url}/unit?model={CONV}&unit=4")
    for heading in HEADINGS:
        expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=MEASURED)
    expect(page.locator(".chart .main-svg").first).to_be_visible()
    _unit_6_is_chosen_by_its_name(page)
    unit = _a_unit_beside_it_is_drawn_ahead(page, held)
    page.locator("[class*=st-key-to-model] button").last.click()
    expect(page).not_to_have_url(re.compile(f"unit={unit}"))
    expect(page).not_to_have_url(re.compile(f"model={CONV}(&|$)"))


def _a_unit_beside_it_is_drawn_ahead(page: Page, held: HeldPage) -> str:
    """Its number."""
    walk = page.locator(WALK)
    at_rest(page)
    link = page.locator(".links button").first
    unit = (link.text_content() or "").removeprefix("unit ")
    before, held.held = pixels(walk), True
    link.click()
    changed(walk, before)
    ahead = pixels(walk)
    expect(page.get_by_text(f"Traversal of unit {unit} over")).to_be_visible()
    expect(page.get_by_text("Unit 6 alone is set to that of another image")).to_be_visible()
    held.let_go()
    held.held = False
    expect(page.get_by_text(f"Unit {unit} alone is set to that of another image")).to_be_visible(timeout=MEASURED)
    expect(page).to_have_url(re.compile(f"unit={unit}"))
    assert pixels(walk) == ahead
    return unit


def _unit_6_is_chosen_by_its_name(page: Page) -> None:
    walk = page.locator(WALK)
    drawn(walk)
    at_rest(page)
    before = pixels(walk)
    page.get_by_role("combobox", name="Unit", exact=True).click()
    page.get_by_role("option", name=re.compile("^unit 6 ")).click()
    expect(page.get_by_text("Unit 6 alone is set to that of another image")).to_be_visible(timeout=MEASURED)
    changed(walk, before)
    expect(page).to_have_url(re.compile("unit=6"))


def test_all_cards_can_be_taken_along(page: Page, app_url: str, tmp_path: Path):
    page.goto(f"{app_url}/unit?model=digits-mlp-z2")
    for label, file in (("JSON", "digits-mlp-z2-units.json"), ("HTML", "digits-mlp-z2-units.html")):
        with page.expect_download(timeout=MEASURED) as waited:
            page.get_by_role("button", name=label).click()
        assert waited.value.suggested_filename == file
        waited.value.save_as(tmp_path / file)
    assert len(json.loads((tmp_path / "digits-mlp-z2-units.json").read_text())["units"]) == 2
    page.set_content((tmp_path / "digits-mlp-z2-units.html").read_text())
    expect(page.get_by_role("heading", level=2)).to_have_count(2)
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
