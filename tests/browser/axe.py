"""What axe-core finds on a page, our components' shadow trees included."""

from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Page

from tests.browser.eyes import until
from tests.conftest import missing

SCRIPT = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


class Known(NamedTuple):
    """What Streamlit draws and neither its configuration nor our code can mend."""

    rule: str
    selector: str
    reason: str


KNOWN = (
    Known(
        "color-contrast",
        "[data-testid=stSliderThumbValue]",
        "A slider's number has the theme's primary colour, on which buttons and chosen models have white words: no "
        "colour stands out 4.5 to 1 from them and from a dark page. White words keep it; the number has 4.0 to 1.",
    ),
)

FIND = """async (known) => {
  const { violations } = await axe.run(document, { elementRef: true, resultTypes: ["violations"] });
  const said = ({ any, all, none }) => [...any, ...all, ...none].map(({ message }) => message).join("; ");
  return violations.flatMap(({ id, nodes }) => nodes
    .filter(({ element }) => !known.some(([rule, selector]) => rule === id && element.closest(selector)))
    .map((node) => `${id}: ${node.html.slice(0, 200)} (${said(node).slice(0, 300)})`));
}"""
STILL = """() => !document.getAnimations().some(({ playState, effect }) =>
  playState === "running" && effect.getComputedTiming().endTime < Infinity)"""

THEMES: tuple[tuple[Literal["dark", "light"], str], ...] = (("dark", "< 64"), ("light", "> 192"))
"""Each with how bright its background is."""


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return SCRIPT.read_text(encoding="utf-8") if SCRIPT.exists() else missing("axe-core is not here; run npm ci")


def violations(page: Page, axe: str) -> list[str]:
    """One sentence each, in the theme that is shown, once no colour is on its way any more."""
    until(lambda: page.evaluate(STILL), "a colour stays on its way")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    return page.evaluate(FIND, [(known.rule, known.selector) for known in KNOWN])


def in_both_themes(page: Page, axe: str) -> dict[str, list[str]]:
    """Those of the light and of the dark theme; the page is left in the light one."""
    found = {}
    for theme, shown in THEMES:
        page.emulate_media(color_scheme=theme)
        colour = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
        turned = f"{colour}.match(/\\d+/)[0] {shown}"
        until(lambda turned=turned: page.evaluate(turned), f"the theme does not turn {theme}")
        found[theme] = violations(page, axe)
    return found
