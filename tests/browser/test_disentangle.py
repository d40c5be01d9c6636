"""The matrix of factors and units under the hand and by the keyboard."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import in_both_themes
from tests.browser.eyes import changed, drawn, pixels
from tests.browser.held import HeldPage
from tests.conftest import save_moving
from vae_explorer import checkpoints
from vae_explorer.datasets.images import ImageSet
from vae_explorer.scorer.found import missing

CONV, CHOSEN = "mnist-conv-z10-b1", ".matrix-cell[aria-pressed=true]"
WATCH = """(caption) => {
  window.shown = [];
  const watched = { childList: true, subtree: true, characterData: true };
  new MutationObserver(() => shown.push(caption.textContent)).observe(caption, watched);
}"""
"""Every other caption that the traversal gets from now on."""


CHOICES: dict[int, Callable[[Locator], None]] = {
    7: lambda cell: cell.click(),
    5: lambda cell: cell.press("Enter"),
    6: lambda cell: cell.press("Space"),
}
"""Units, and how the cell of each is chosen."""


def test_a_choice_shows_its_unit_before_the_page_runs_again_and_once_and_of_quick_ones_the_last(
    page: Page, app_url: str
):
    held = HeldPage(page)
    page.goto(f"{app_url}/disentangle?model={CONV}&cell=3,0")
    walk, axis = page.locator(".st-key-mosaic-row-unit-walk .pixels"), page.locator(".chart .axis-title.y")
    expect(page.locator(".matrix-cell")).to_have_count(10)
    expect(page.locator(CHOSEN)).to_have_attribute("aria-label", re.compile("class, unit 3: 0"))
    expect(page.get_by_text("Traversal of unit 3 over")).to_be_visible()
    expect(axis).to_have_text("mu of unit 3")
    drawn(walk)
    was = 3
    held.held = True
    for unit, choose in CHOICES.items():
        before, asked = pixels(walk), held.asked
        choose(page.get_by_role("button", name=re.compile(f"class, unit {unit}: ")))
        changed(walk, before)
        ahead = pixels(walk)
        expect(page.get_by_text(f"Traversal of unit {unit} over")).to_be_visible()
        expect(axis).to_have_text(f"mu of unit {was}")
        held.let_go()
        expect(axis).to_have_text(f"mu of unit {unit}")
        expect(page).to_have_url(re.compile(rf"cell={unit}(,|%2C)0"))
        assert (pixels(walk), held.asked) == (ahead, asked + 1)
        was = unit
    quick = (7, 5, 2)
    for unit in quick:
        page.get_by_role("button", name=re.compile(f"class, unit {unit}: ")).click()
        expect(page.get_by_text(f"Traversal of unit {unit} over")).to_be_visible()
    page.locator(".st-key-mosaic-row-unit-walk .caption").evaluate(WATCH)
    for unit in quick:
        held.let_go()
        expect(axis).to_have_text(f"mu of unit {unit}")
    assert page.evaluate("shown") == []
    expect(page.locator(CHOSEN)).to_have_attribute("aria-label", re.compile("unit 2: "))

    cells = page.locator(".matrix-cell")
    page.locator(CHOSEN).focus()
    page.keyboard.press("Home")
    expect(cells.first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()


@pytest.fixture
def scored(app_runs: Path, digits: ImageSet) -> Iterator[Path]:
    """A model of digits whose units move, among those of the app of all tests, and gone at the end."""
    save_moving(app_runs / "scored", digits)
    yield app_runs / "scored"
    shutil.rmtree(app_runs / "scored")


def test_scores_are_measured_at_the_button_and_every_way_of_counting_is_told(
    page: Page, app_url: str, scored: Path, axe: str
):
    page.goto(f"{app_url}/disentangle?model=scored")
    page.get_by_role("button", name="Measure scores").click()
    stop = page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_visible()
    mig = page.locator(".scores tbody tr").filter(has=page.get_by_text("MIG", exact=True))
    expect(mig.locator(".scores-dot").nth(2)).to_be_visible(timeout=120_000)
    expect(stop).to_have_count(0, timeout=120_000)
    assert missing(checkpoints.open_checkpoint(scored)) == ()
    dots = mig.locator(".scores-dot")
    dots.first.focus()
    expect(page.locator(".scores-tip")).to_have_text(dots.first.get_attribute("aria-label") or "none")
    page.keyboard.press("ArrowRight")
    expect(dots.nth(1)).to_be_focused()
    expect(page.locator(".scores-tip")).to_contain_text(re.compile(r"^0\.\d{3}: .+ \(ceiling \d\.\d{3}\)"))
    mig.locator(".scores-own").hover()
    expect(page.locator(".scores-tip")).to_be_visible()
    page.locator(".scores thead").hover()
    expect(page.locator(".scores-tip")).to_be_hidden()
    assert in_both_themes(page, axe) == {"dark": [], "light": []}
