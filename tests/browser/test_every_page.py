"""Every page, each opened once: in windows of every size, and for who hears it or sees little of it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.axe import in_both_themes
from tests.browser.conftest import watched
from tests.browser.eyes import at_rest, until
from vae_explorer.ui.page_table import PAGES, home

VIEWS = {
    "explore": "?model=digits-mlp-z2&point=42&area=-0.8,-0.8,0.8,-0.8,0.8,0.8&hidden=3",
    "traversals": "?model=mnist-conv-z10-b4",
    "interpolate": "?model=digits-mlp-z2",
    "compare": "?models=mnist-conv-z10-b1,mnist-conv-z10-b4",
    "unit": "?model=digits-mlp-z2",
}
"""Where there is much to see."""
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


STREAMLITS = "stFileUploaderDropzone"
"""What Streamlit draws and nobody here can mend: a place for files that says of itself both what it is and is not."""
OPEN = {"explore": ".map-tool[data-tool=layers]", "train": "[data-testid=stExpander] summary"}
"""What is opened on a page, for what it holds."""
FIELD = re.compile(r"- '?((?:combobox|spinbutton|textbox|searchbox|slider|checkbox|radio|switch)\b(?: \"[^\"]*\")?)")


class Opened(NamedTuple):
    """A page of the table that has come whole."""

    name: str
    page: Page


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, context: BrowserContext, app_url: str) -> Iterator[Opened]:
    """One for all tests, which leave it as large as they found it."""
    name = request.param
    with watched(context) as page:
        page.add_init_script(SHIFTS)
        page.set_viewport_size(WINDOW)
        page.goto(f"{app_url}/{'' if name == home() else name}{VIEWS.get(name, '')}")
        at_rest(page, 60_000)
        expect(page.locator(MAIN[name]).first).to_be_visible()
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        yield Opened(name, page)


def side(opened: Opened) -> float:
    box = opened.page.locator(MAIN[opened.name]).first.bounding_box()
    assert box is not None
    return min(box["width"], box["height"])


def test_a_page_uses_the_room_it_has_and_nothing_moves(opened: Opened):
    name, page = opened
    if name in GROWING:
        expect(page.get_by_text("nats per image · ").last).to_be_in_viewport(ratio=1)
    assert page.evaluate("window.shifted") <= 0.1
    assert page.evaluate(SMALL) == {}
    before = side(opened)
    page.set_viewport_size(WIDE)
    if name in GROWING:
        until(lambda: side(opened) > 1.7 * before, "the picture does not grow with the window")
    if name == "traversals":
        _all_rows_of_units_stand_on_it(page)
    page.set_viewport_size(PHONE)
    reach = "main => main.scrollWidth - main.clientWidth"
    until(lambda: page.get_by_test_id("stMain").evaluate(reach) <= 0, "the page is wider than a narrow screen")
    assert page.evaluate(SMALL) == {}
    page.set_viewport_size(WINDOW)


def _all_rows_of_units_stand_on_it(page: Page) -> None:
    """Without scrolling."""
    rows = page.locator(".units")
    expect(rows.locator(".unit")).to_have_count(10)
    expect(rows.locator(".unit").last).to_be_in_viewport(ratio=1)
    assert rows.evaluate("list => list.scrollHeight - list.clientHeight") <= 0


def test_nothing_on_a_page_keeps_a_reader_out(opened: Opened, axe: str):
    name, page = opened
    for canvas in page.locator(".map, .pixels").all():
        expect(canvas).not_to_have_attribute("data-state", "loading")
    if name in OPEN:
        page.locator(OPEN[name]).first.click()
    expect(page).to_have_title(f"{PAGES[name].title} · VAE Explorer")
    expect(page.locator("h1")).to_have_text([PAGES[name].title])
    said = page.locator("body").aria_snapshot()
    named_twice = {field: count for field, count in Counter(FIELD.findall(said)).items() if count > 1}
    assert named_twice == {}
    assert re.findall(r'button(?: "[\w ]* icon")?(?=:?$)', said, re.MULTILINE) == []  # an icon alone is no name
    found = in_both_themes(page, axe)
    own = {theme: [one for one in said if STREAMLITS not in one] for theme, said in found.items()}
    assert own == {"dark": [], "light": []}
