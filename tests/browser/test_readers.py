"""Who hears a page, or sees little of it: names, headings and contrast on every page, in both themes."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import in_both_themes
from tests.browser.eyes import at_rest
from vae_explorer.ui.page_table import PAGES, home

VIEWS = {
    "explore": "?model=digits-mlp-z2&point=42&area=-0.8,-0.8,0.8,-0.8,0.8,0.8&hidden=3",
    "traversals": "?model=mnist-conv-z10-b4",
    "interpolate": "?model=digits-mlp-z2",
    "compare": "?models=mnist-conv-z10-b1,mnist-conv-z10-b4",
}
"""Where there is much to see."""
STREAMLITS = "stFileUploaderDropzone"
"""What Streamlit draws and nobody here can mend: a place for files that says of itself both what it is and is not."""
OPEN = {"explore": ".map-tool[data-tool=layers]", "train": "[data-testid=stExpander] summary"}
"""What is opened on a page, for what it holds."""
FIELD = re.compile(r"- '?((?:combobox|spinbutton|textbox|searchbox|slider|checkbox|radio|switch)\b(?: \"[^\"]*\")?)")


def opened(page: Page, app_url: str, name: str) -> None:
    page.goto(f"{app_url}/{'' if name == home() else name}{VIEWS.get(name, '')}")
    at_rest(page)
    for canvas in page.locator(".map, .pixels").all():
        expect(canvas).not_to_have_attribute("data-state", "loading")
    if name in OPEN:
        page.locator(OPEN[name]).first.click()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_on_a_page_keeps_a_reader_out(name: str, page: Page, app_url: str, axe: str):
    opened(page, app_url, name)
    expect(page).to_have_title(f"{PAGES[name].title} · VAE Explorer")
    expect(page.locator("h1")).to_have_text([PAGES[name].title])
    said = page.locator("body").aria_snapshot()
    named_twice = {field: count for field, count in Counter(FIELD.findall(said)).items() if count > 1}
    assert named_twice == {}
    assert re.findall(r'button(?: "[\w ]* icon")?(?=:?$)', said, re.MULTILINE) == []  # an icon alone is no name
    found = in_both_themes(page, axe)
    own = {theme: [one for one in said if STREAMLITS not in one] for theme, said in found.items()}
    assert own == {"dark": [], "light": []}
