"""A server that starts anew under open pages: the first act is answered, and whatever was chosen before stands."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from unittest.mock import ANY
from urllib.parse import parse_qsl, urlencode

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.conftest import PLACES
from tests.browser.eyes import at_rest, box_of, until
from tests.browser.test_library import click_row, filter_rows
from tests.pictures.made import pets, zipped
from tests.serving import free_port, served

DIGITS, OTHER = "digits-mlp-z2", "mnist-mlp-z2"
UNMEASURED = '{"dataset":"mnist"}'
"""A form that asks for what is not on this machine, and so for no measured time either."""


class Case(NamedTuple):
    """A page, what is chosen on it by hand, the first act after the restart, and what the address says at last."""

    opened: str
    choose: Callable[[Page], object]
    act: Callable[[Page], object]
    address: Mapping[str, str]
    shown: Callable[[Page], object] = lambda page: None


def address(page: Page) -> dict[str, str]:
    return dict(parse_qsl(page.evaluate("location.search.slice(1)")))


def pick(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(label)).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=re.compile(re.escape(option), re.IGNORECASE)).first.click()


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.keyboard.press("Enter")


def slide_to(page: Page, slider: str, key: str) -> None:
    page.locator(slider).first.focus()
    page.keyboard.press(key)


def look_at_digits(page: Page) -> None:
    pick(page, "Model", DIGITS)
    expect(page).to_have_url(re.compile(DIGITS))
    pick(page, "Colour by", "class")
    expect(page.locator(".map-legend")).to_have_attribute("data-colour", "category")
    page.locator(".map-chip").nth(1).click()


def draw_box(page: Page) -> None:
    page.locator(".map-toolbar button[data-tool=box]").click()
    area = box_of(page.locator(".map-canvas"))
    for share, then in ((0.2, page.mouse.down), (0.8, page.mouse.up)):
        page.mouse.move(area["x"] + share * area["width"], area["y"] + share * area["height"])
        then()


def is_selected(page: Page) -> None:
    """On the map and below it, without the images of the class that is hidden."""
    said = page.locator(".map-card-selection")
    expect(said).to_contain_text("By class: 0 (")
    n = re.findall(r"[\d,]+", said.inner_text())[0]
    expect(page.get_by_role("heading", name=f"Selection: {n} images")).to_be_visible()
    assert " 1 (" not in said.inner_text()


def ask(page: Page) -> None:
    page.get_by_text("More", exact=True).click()
    fill(page, "Epochs", "3")
    expect(page).to_have_url(re.compile("epochs"))
    page.get_by_label("Name", exact=True).fill("half a na")


def is_asked(page: Page) -> None:
    expect(page.get_by_label("Epochs", exact=True)).to_have_value("3")
    expect(page.get_by_label("Name", exact=True)).to_have_value("half a na")


def choose_filtered(page: Page) -> None:
    filter_rows(page, "shipped digits", 1)
    click_row(page, 0)
    expect(page.get_by_text("1 model selected.")).to_be_visible()


def choose_and_drop(page: Page) -> None:
    choose_filtered(page)
    chooser = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    chooser.set_input_files(FilePayload(name="pets.zip", mimeType="application/zip", buffer=zipped(pets()).getvalue()))
    expect(page.get_by_text("24 pictures as they would be kept")).to_be_visible()


def open_chosen(page: Page) -> None:
    """The file is gone with the session, which is said."""
    expect(page.get_by_text("drop it again")).to_be_visible()
    page.get_by_text("Open in Explore").click()


CASES = {
    "explore": Case(
        f"?model={OTHER}&colour=nll",
        look_at_digits,
        draw_box,
        {"model": DIGITS, "hidden": "1", "area": ANY},
        is_selected,
    ),
    "traversals": Case(
        f"traversals?model={DIGITS}",
        lambda page: slide_to(page, "li.unit input.slider", "Home"),
        lambda page: page.get_by_role("link", name="Explore").click(),
        {"model": DIGITS, "pin": ANY},
    ),
    "train": Case(
        f"train?{urlencode({'form': UNMEASURED})}",
        ask,
        lambda page: fill(page, "Seed", "4"),
        {"form": '{"dataset":"mnist","epochs":3,"seed":4}'},
        is_asked,
    ),
    "library": Case("library", choose_and_drop, open_chosen, {"model": DIGITS}),
}


def choose(page: Page, case: Case) -> None:
    at_rest(page)
    before = address(page)
    case.choose(page)
    until(lambda: address(page) != before or case.opened == "library", "nothing was chosen")
    at_rest(page)


@pytest.fixture(scope="module")
def pages(context: BrowserContext, tmp_path_factory) -> Iterator[Mapping[str, Page]]:
    """All of them at once, connected to a server that started anew."""
    folder, port, opened = tmp_path_factory.mktemp("restarted"), free_port(), dict[str, Page]()
    places = {name: str(folder / path) for name, path in PLACES.items()}
    with served(folder / "log", places, port=port) as app:
        for name, case in CASES.items():
            opened[name] = context.new_page()
            opened[name].goto(f"{app.url}/{case.opened}")
            choose(opened[name], case)
    with served(folder / "log", places, port=port):
        for page in opened.values():
            expect(page.locator("[data-test-connection-state=CONNECTED]")).to_be_visible()
        yield opened
    for page in opened.values():
        page.close()


@pytest.mark.parametrize("name", CASES)
def test_the_first_act_is_answered_and_all_choices_stand(pages: Mapping[str, Page], name: str):
    page, case = pages[name], CASES[name]
    page.bring_to_front()
    case.act(page)
    until(lambda: address(page) == case.address, f"the address is not as {case.address}")
    case.shown(page)
    assert page.get_by_test_id("stToast").count() == 0
