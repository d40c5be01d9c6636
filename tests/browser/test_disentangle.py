"""The matrix of factors and units under the hand and by the keyboard."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import in_both_themes
from tests.browser.eyes import changed, drawn, pixels
from tests.browser.held import HeldPage
from tests.conftest import save_moving
from tests.serving import served
from vae_explorer import checkpoints
from vae_explorer.datasets.images import ImageSet
from vae_explorer.scorer.found import missing

CONV = "mnist-conv-z10-b1"
WATCH = """(caption) => {
  window.shown = [];
  const watched = { childList: true, subtree: true, characterData: true };
  new MutationObserver(() => shown.push(caption.textContent)).observe(caption, watched);
}"""
"""Every other caption that the traversal gets from now on."""


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


CHOICES: dict[str, Callable[[Locator], None]] = {
    "click": lambda cell: cell.click(),
    "Enter": lambda cell: cell.press("Enter"),
    "Space": lambda cell: cell.press("Space"),
}


@pytest.mark.parametrize("way", CHOICES)
def test_the_traversal_comes_before_the_page_runs_again_and_once(page: Page, app_url: str, way: str):
    held = HeldPage(page)
    opened(page, app_url)
    walk = page.locator(".st-key-mosaic-row-unit-walk .pixels")
    drawn(walk)
    expect(page.locator(".chart .axis-title.y")).to_have_text("mu of unit 3")
    before, asked, held.held = pixels(walk), held.asked, True
    CHOICES[way](page.get_by_role("button", name=re.compile("class, unit 7: ")))
    changed(walk, before)
    ahead = pixels(walk)
    expect(page.get_by_text("Traversal of unit 7 over")).to_be_visible()
    expect(page.locator(".chart .axis-title.y")).to_have_text("mu of unit 3")
    held.let_go()
    expect(page.locator(".chart .axis-title.y")).to_have_text("mu of unit 7")
    assert (pixels(walk), held.asked) == (ahead, asked + 1)


def test_of_quick_choices_the_last_is_shown_whatever_the_page_says_meanwhile(page: Page, app_url: str):
    held = HeldPage(page)
    opened(page, app_url)
    held.held = True
    drawn(page.locator(".st-key-mosaic-row-unit-walk .pixels"))
    for unit in (7, 5, 2):
        page.get_by_role("button", name=re.compile(f"class, unit {unit}: ")).click()
        expect(page.get_by_text(f"Traversal of unit {unit} over")).to_be_visible()
    page.locator(".st-key-mosaic-row-unit-walk .caption").evaluate(WATCH)
    for unit in (7, 5, 2):
        held.let_go()
        expect(page.locator(".chart .axis-title.y")).to_have_text(f"mu of unit {unit}")
    assert page.evaluate("shown") == []
    expect(page.locator(".matrix-cell[aria-pressed=true]")).to_have_attribute("aria-label", re.compile("unit 2: "))


@pytest.fixture
def scored_url(tmp_path, digits: ImageSet) -> Iterator[str]:
    """An app of its own with one tiny model of digits; asked for before the page, which is closed before the app."""
    save_moving(tmp_path / "runs" / "tiny", digits)
    places = {"VAE_EXPLORER_DATA": "", "VAE_EXPLORER_RUNS": "runs", "VAE_EXPLORER_CACHE": "cache"}
    with served(tmp_path / "log", {name: str(tmp_path / path) for name, path in places.items()}) as app:
        yield f"{app.url}/disentangle?model=tiny"


def test_scores_are_measured_at_the_button_and_every_way_of_counting_is_told(
    scored_url: str, page: Page, tmp_path, axe: str
):
    page.goto(scored_url)
    page.get_by_role("button", name="Measure scores").click()
    stop = page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_visible()
    mig = page.locator(".scores tbody tr").filter(has=page.get_by_text("MIG", exact=True))
    expect(mig.locator(".scores-dot").nth(2)).to_be_visible(timeout=120_000)
    expect(stop).to_have_count(0, timeout=120_000)
    assert missing(checkpoints.open_checkpoint(tmp_path / "runs" / "tiny")) == ()
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
