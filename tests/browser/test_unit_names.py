"""A name given to a unit is text wherever it is shown, moves nothing, and is there after a reload."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from vae_explorer.checkpoints.folder import UNIT_NAMES

MODEL = "mixed"
NAME = "<b>x</b> position &amp; more than fits"
WORDS = f"unit 1 ({NAME})"


@pytest.fixture
def unnamed(app_runs: Path) -> Iterator[None]:
    """The name is taken away again: the app is that of all tests."""
    yield
    (app_runs / MODEL / UNIT_NAMES).unlink()


def height(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.usefixtures("unnamed")
def test_a_name_with_markup_is_text_moves_nothing_and_outlives_a_reload(page: Page, app_url: str):
    page.goto(f"{app_url}/disentangle?model={MODEL}&cell=1,0")
    field, axis = page.get_by_label("Name of unit 1", exact=True), page.locator(".chart .axis-title.y")
    matrix, title = page.locator(".matrix"), page.locator(".st-key-unit-title")
    expect(page.locator(".matrix-cell").first).to_be_visible()
    expect(axis).to_have_text("mu of unit 1")
    before = height(matrix), height(title)
    field.fill(NAME)
    field.press("Enter")
    is_text(page)
    assert (height(matrix), height(title)) == before
    page.reload()
    is_text(page)
    assert (height(matrix), height(title)) == before
    expect(field).to_have_value(NAME)
    page.get_by_role("link", name="Traversals").click()
    expect(page.locator("li.unit[data-unit='1'] .name")).to_have_text(NAME)
    page.goto(f"{app_url}/explore?model={MODEL}&plane=units&units=1,0")
    expect(page.locator(".axis-title.x")).to_contain_text(WORDS)
    expect(page.locator(".axis-title.x")).to_have_attribute("title", re.compile(re.escape(WORDS)))


def is_text(page: Page) -> None:
    """Wherever Disentangle shows it."""
    expect(page.locator(".chart .axis-title.y")).to_have_text(f"mu of {WORDS}")
    expect(page.locator(".matrix-name").filter(has_text="position")).to_have_text(NAME)
    expect(page.locator(".matrix-cell[aria-pressed=true]")).to_have_attribute("title", re.compile(re.escape(WORDS)))
    expect(page.locator(".st-key-unit-title")).to_contain_text(WORDS)
    expect(page.locator(".matrix b, .chart b, .st-key-unit-title b")).to_have_count(0)
