"""The room of pages: nothing moves on load, pictures grow with the window, narrow screens hold all, text is legible."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.eyes import at_rest, until
from vae_explorer.ui.page_table import PAGES, home

VIEWS = {
    "traversals": "?model=mnist-conv-z10-b1",
    "compare": "?models=mnist-conv-z10-b1,mnist-conv-z10-b4",
    "unit": "?model=digits-mlp-z2",
}
MAIN = {
    "explore": ".map-canvas",
    "traversals": ".cells .pixels",
    "interpolate": ".stage .pixels",
    "compare": ".column .pixels",
    "disentangle": ".matrix-cell",
    "unit": "[class*=st-key-mosaic-row-card-] .pixels",
    "train": "[data-testid=stRadio]",
    "library": "[data-testid=stDataFrame]",
    "glossary": "[data-testid=stMarkdown]",
}
"""The main picture of each page."""
GROWING = ("explore", "traversals", "interpolate")
"""Pages of one picture, which takes the room that the window has, with the model's figures below it."""
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
SMALL = """() => {
  const found = {};
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      const own = [...node.childNodes].filter((child) => child.nodeType === 3);
      const text = own.map((child) => child.textContent.trim());
      const size = parseFloat(getComputedStyle(node).fontSize);
      if (text.join("") && node.getClientRects().length && size < 12) found[text.join(" ").slice(0, 60)] = size;
    }
  };
  walk(document.body);
  return found;
}"""
SIZES = ((1280, 720), (2560, 1440), (390, 844))
WINDOW, WIDE, PHONE = (ViewportSize(width=width, height=height) for width, height in SIZES)


def opened(page: Page, app_url: str, name: str) -> None:
    page.goto(f"{app_url}/{'' if name == home() else name}{VIEWS.get(name, '')}")
    at_rest(page, 60_000)
    expect(page.locator(MAIN[name]).first).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def side(page: Page, name: str) -> float:
    box = page.locator(MAIN[name]).first.bounding_box()
    assert box is not None
    return min(box["width"], box["height"])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_uses_the_room_it_has_and_nothing_moves(name: str, page: Page, app_url: str):
    page.add_init_script(SHIFTS)
    page.set_viewport_size(WINDOW)
    opened(page, app_url, name)
    if name in GROWING:
        expect(page.get_by_text("nats per image · ").last).to_be_in_viewport(ratio=1)
    assert page.evaluate("window.shifted") <= 0.1
    assert page.evaluate(SMALL) == {}
    before = side(page, name)
    page.set_viewport_size(WIDE)
    if name in GROWING:
        until(lambda: side(page, name) > 1.7 * before, "the picture does not grow with the window")
    page.set_viewport_size(PHONE)
    reach = "main => main.scrollWidth - main.clientWidth"
    until(lambda: page.get_by_test_id("stMain").evaluate(reach) <= 0, "the page is wider than a narrow screen")
    assert page.evaluate(SMALL) == {}


def test_all_rows_of_units_stand_on_a_large_screen_without_scrolling(page: Page, app_url: str):
    page.set_viewport_size(WIDE)
    opened(page, app_url, "traversals")
    rows = page.locator(".units")
    expect(rows.locator(".unit")).to_have_count(10)
    expect(rows.locator(".unit").last).to_be_in_viewport(ratio=1)
    assert rows.evaluate("list => list.scrollHeight - list.clientHeight") <= 0
