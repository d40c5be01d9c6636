"""Any place of a map decodes, says how far it lies from the data, and can be pinned; the lattice shows them all."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.eyes import at_rest, changed, drawn, pixels, settled, until
from tests.browser.test_explore import CONV, at

UMAP = f"?model={CONV}&plane=umap"
EMPTY = (0.03, 0.04)
"""A corner of the map where there is no image."""


@pytest.fixture
def explore(page: Page, app_url: str) -> Callable[[str], Page]:
    def opened(query: str) -> Page:
        page.goto("about:blank")
        page.goto(f"{app_url}/{query}")
        expect(page.locator(".map[data-state=ready]")).to_be_visible()
        drawn(page.locator(".map-points"))
        at_rest(page)
        return page

    return opened


@pytest.fixture
def sent(page: Page) -> list[dict]:
    """What the page asks the live channel."""
    asked: list[dict] = []

    def read(text: str | bytes) -> None:
        found = json.loads(text)
        if isinstance(found, dict) and "model" in found:
            asked.append(found)

    def listen(socket: WebSocket) -> None:
        if socket.url.endswith("/live"):
            socket.on("framesent", read)

    page.on("websocket", listen)
    return asked


def lattices(page: Page, sent: list[dict]) -> list[dict]:
    """Those of its requests that ask for many pictures."""
    page.wait_for_timeout(20)
    return [asked for asked in sent if len(places(asked)) > 1]


def places(asked: dict) -> list[list[float]]:
    return asked.get("xy") or asked.get("z") or asked["images"]


def decoded_z(page: Page) -> str | None:
    return page.locator(".map-decoded").get_attribute("data-z")


@pytest.mark.parametrize("plane", ["umap", "pca", "units"])
def test_a_place_decodes_and_says_how_far_it_lies_from_the_data(explore, page: Page, plane: str):
    explore(f"?model={CONV}&plane={plane}&point=42")
    distance = page.locator(".map-card-distance")
    expect(page.locator(".map-card")).to_have_attribute("data-mode", "point")
    page.locator(".map-canvas").focus()
    page.keyboard.press("Escape")
    expect(distance).to_contain_text(": within the data.")
    expect(page.locator(".map-single .map-frame")).to_have_attribute("data-guess", "false")
    overlay = page.locator(".map-canvas")
    picture, seen = page.locator(".map-decoded"), pixels(page.locator(".map-decoded"))
    before = pixels(overlay)
    page.mouse.move(*at(page, *EMPTY))
    changed(picture, seen)
    changed(overlay, before)
    said = r"The nearest image is ([\d.]+|over 100) times as far away as is usual among images: \w+ "
    expect(distance).to_contain_text(re.compile(said))
    if plane == "umap":
        expect(distance).to_contain_text("far from the data, so the picture is a guess")
        expect(page.locator(".map-single .map-frame")).to_have_attribute("data-guess", "true")
    expect(page.locator(".map-card-z")).to_have_text(re.compile(r"z = \(.*"))


@pytest.mark.parametrize("plane", ["units", "pca"])
def test_a_point_under_the_pointer_is_decoded_at_its_own_mu(explore, page: Page, sent: list[dict], plane: str):
    explore(f"?model={CONV}&plane={plane}")
    x, y = at(page, 0.5, 0.5)
    page.mouse.move(x, y)
    expect(page.locator(".map-card-heading")).to_have_text(re.compile(r"^Image \d+, class \d$"))
    expect(page.locator(".map-card-distance")).to_contain_text("This z is the code of an image.")
    (index,) = next(one for one in reversed(sent) if "images" in one)["images"]
    shown = decoded_z(page)
    page.mouse.click(x, y)
    expect(page.locator(".map-card")).to_have_attribute("data-mode", "point")
    expect(page.locator(".map-card-heading")).to_contain_text(f"Image {index}")
    expect(page.locator(".map-reconstruction")).to_have_attribute("data-z", str(shown))


def test_the_lattice_of_a_plane_of_units_is_faint_where_there_are_no_data(explore, page: Page):
    explore("?model=mnist-mlp-z2&lattice=1&view=0,0,60")
    opacity = """canvas => {
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
      const alpha = (x, y) => data[4 * (Math.round(y * height) * width + Math.round(x * width)) + 3];
      return [alpha(0.5, 0.5), alpha(0.04, 0.5)];
    }"""
    lattice = page.locator(".map-lattice")
    drawn(lattice)
    middle, edge = lattice.evaluate(opacity)
    assert middle > 200
    assert 0 < edge < 80


def test_an_empty_place_is_pinned_and_the_link_restores_it(explore, page: Page):
    explore(UMAP)
    drawn(page.locator(".map-decoded"))
    first = decoded_z(page)
    page.mouse.move(*at(page, *EMPTY))
    page.mouse.click(*at(page, *EMPTY))
    settled(page, r"[?&]spot=")
    page.mouse.move(5, 5)
    until(lambda: decoded_z(page) != first, "the place is not decoded")
    expect(page.locator(".map-card")).to_have_attribute("data-mode", "pin")
    link, pinned, shown = page.url, decoded_z(page), page.locator(".map-card-distance").inner_text()
    assert "pin=" in link
    explore(link.split("/")[-1])
    until(lambda: decoded_z(page) == pinned, "the link does not restore the pin")
    expect(page.locator(".map-card-distance")).to_have_text(shown, use_inner_text=True)


def test_a_chosen_image_takes_the_spot_away(explore, page: Page):
    explore(f"{UMAP}&spot=11,4")
    page.locator(".map-search-input").fill("42")
    page.keyboard.press("Enter")
    expect(page.locator(".map-card")).to_have_attribute("data-mode", "point")
    settled(page, r"^(?!.*spot=).*point=42")


def test_arrow_keys_move_the_spot(explore, page: Page):
    explore(f"{UMAP}&spot=11,4")
    drawn(page.locator(".map-decoded"))
    before = decoded_z(page)
    page.locator(".map-canvas").focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    settled(page, r"spot=-?\d+(\.\d+)?%2C4(&|$)|spot=-?\d+(\.\d+)?,4(&|$)")
    settled(page, r"^(?!.*spot=11(%2C|,))")
    until(lambda: decoded_z(page) != before, "the moved place is not decoded")
    moved = re.search(r"spot=(-?[\d.]+)", page.url)
    assert moved is not None
    assert float(moved[1]) < 11


def test_a_double_click_puts_the_spot_back(explore, page: Page):
    explore(f"{UMAP}&spot=11,4")
    drawn(page.locator(".map-decoded"))
    spot = decoded_z(page)
    page.mouse.move(*at(page, *EMPTY))
    until(lambda: decoded_z(page) != spot, "the place is not decoded")
    page.mouse.dblclick(*at(page, *EMPTY))
    page.mouse.move(5, 5)
    until(lambda: decoded_z(page) == spot, "the pin stays where the double click was")
    page.wait_for_timeout(600)
    assert re.search(r"spot=11(%2C|,)4(&|$)", page.url)


def test_places_are_encoded_once_more_on_request(explore, page: Page):
    explore(f"{UMAP}&spot=11,4")
    drawn(page.locator(".map-decoded"))
    until(lambda: decoded_z(page) is not None, "nothing is decoded")
    before = decoded_z(page)
    page.locator(".map-toolbar button[data-tool=layers]").click()
    page.locator("input[data-layer=refine]").check()
    settled(page, r"refine=on")
    until(lambda: decoded_z(page) != before, "the place decodes as before")
    settled(page, r"pin=")
    assert re.search(r"spot=11(%2C|,)4(&|$)", page.url)


@pytest.mark.parametrize("plane", ["umap", "pca", "units"])
def test_the_lattice_is_one_request_and_follows_the_view(explore, page: Page, sent: list[dict], plane: str):
    explore(f"?model={CONV}&plane={plane}&lattice=0.8")
    lattice = page.locator(".map-lattice")
    drawn(lattice)
    first, *more = lattices(page, sent)
    assert more == []
    assert 150 < len(places(first)) <= 1024
    assert first["brief"] is True
    before = pixels(lattice)
    page.mouse.move(*at(page, 0.5, 0.5))
    page.mouse.wheel(0, -600)
    changed(lattice, before)
    until(lambda: len(lattices(page, sent)) == 2, "the rested view is not decoded")


def test_the_layers_panel_switches_the_lattice(explore, page: Page, sent: list[dict]):
    explore(UMAP)
    expect(page.locator(".map-lattice")).to_be_hidden()
    page.locator(".map-toolbar button[data-tool=layers]").click()
    slider = page.locator(".map-layers-slider")
    slider.fill("60")
    drawn(page.locator(".map-lattice"))
    settled(page, r"lattice=0\.6")
    slider.fill("0")
    expect(page.locator(".map-lattice")).to_be_hidden()
    settled(page, r"^(?!.*lattice=)")
    assert len(lattices(page, sent)) == 1
