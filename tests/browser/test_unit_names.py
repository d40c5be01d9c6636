"""A name given to a unit is text wherever it is shown, moves nothing, and is there after a reload."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

MODEL = "mixed"
NAME = "<b>x</b> position &amp; more than fits"
WORDS = f"unit 1 ({NAME})"


@pytest.fixture
def field(page: Page, app_url: str) -> Iterator[Locator]:
    """The field of unit 1, whose name is taken away again: the app is that of all tests."""
    page.goto(f"{app_url}/disentangle?model={MODEL}&cell=1,0")
    found = page.get_by_label("Name of unit 1", exact=True)
    expect(page.locator(".matrix-cell").first).to_be_visible()
    expect(found).to_be_visible()
    expect(page.locator(".chart .axis-title.y")).to_have_text("mu of unit 1")
    yield found
    page.goto(f"{app_url}/disentangle?model={MODEL}&cell=1,0")
    found.fill("")
    found.press("Enter")
    expect(page.locator(".chart .axis-title.y")).to_have_text("mu of unit 1")


def height(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["height"]


def test_a_name_with_markup_is_text_moves_nothing_and_outlives_a_reload(page: Page, field: Locator, app_url: str):
    matrix, title = page.locator(".matrix"), page.locator(".st-key-unit-title")
    before = height(matrix), height(title)
    field.fill(NAME)
    field.press("Enter")
    for _ in range(2):
        expect(page.locator(".chart .axis-title.y")).to_have_text(f"mu of {WORDS}")
        expect(page.locator(".matrix-name").filter(has_text="position")).to_have_text(NAME)
        expect(page.locator(".matrix-cell[aria-pressed=true]")).to_have_attribute("title", re.compile(re.escape(WORDS)))
        expect(title).to_contain_text(WORDS)
        expect(page.locator(".matrix b, .chart b, .st-key-unit-title b")).to_have_count(0)
        assert (height(matrix), height(title)) == before
        page.reload()
    expect(field).to_have_value(NAME)
    page.goto(f"{app_url}/traversals?model={MODEL}")
    expect(page.locator("li.unit[data-unit='1'] .name")).to_have_text(NAME)
    page.goto(f"{app_url}/explore?model={MODEL}&plane=units&units=1,0")
    expect(page.locator(".axis-title.x")).to_contain_text(WORDS)
    expect(page.locator(".axis-title.x")).to_have_attribute("title", re.compile(re.escape(WORDS)))
