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
OPACITY = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const alpha = (x, y) => data[4 * (Math.round(y * height) * width + Math.round(x * width)) + 3];
  return [alpha(0.5, 0.5), alpha(0.04, 0.5)];
}"""


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
def test_a_lattice_and_any_place_of_a_plane_are_decoded(explore, page: Page, sent: list[dict], plane: str):
    explore(f"?model={CONV}&plane={plane}&lattice=0.8")
    drawn(page.locator(".map-lattice"))
    first, *more = lattices(page, sent)
    assert more == []
    assert 150 < len(places(first)) <= 1024
    assert first["brief"] is True
    _the_lattice_follows_the_view(page, sent)
    _a_place_says_how_far_it_lies_from_the_data(page, plane)
    if plane != "umap":
        _a_point_is_decoded_at_its_own_mu(page, sent)


def _a_point_is_decoded_at_its_own_mu(page: Page, sent: list[dict]) -> None:
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
    expect(page.locator(".map-missing")).to_contain_text("not on this machine")
    expect(page.locator(".map-moments")).to_have_attribute("aria-label", re.compile("unit 9"))


def _a_place_says_how_far_it_lies_from_the_data(page: Page, plane: str) -> None:
    distance, frame = page.locator(".map-card-distance"), page.locator(".map-single .map-frame")
    expect(distance).to_contain_text(": within the data.")
    expect(frame).to_have_attribute("data-guess", "false")
    overlay, picture = page.locator(".map-canvas"), page.locator(".map-decoded")
    before, seen = pixels(overlay), pixels(picture)
    page.mouse.move(*at(page, *EMPTY))
    changed(picture, seen)
    changed(overlay, before)
    far = r"The nearest image is ([\d.]+|over 100) times as far away as is usual among images: \w+ "
    expect(distance).to_contain_text(re.compile(far))
    if plane == "umap":
        expect(distance).to_contain_text("far from the data, so the picture is a guess")
        expect(frame).to_have_attribute("data-guess", "true")
    expect(page.locator(".map-card-z")).to_have_text(re.compile(r"z = \(.*"))


def _the_lattice_follows_the_view(page: Page, sent: list[dict]) -> None:
    lattice = page.locator(".map-lattice")
    before = pixels(lattice)
    page.mouse.move(*at(page, 0.5, 0.5))
    page.mouse.wheel(0, -600)
    changed(lattice, before)
    until(lambda: len(lattices(page, sent)) == 2, "the rested view is not decoded")
    settled(page, r"[?&]view=")
    page.locator(".map-canvas").focus()
    page.keyboard.press("0")
    settled(page, r"^(?!.*view=)")
    page.mouse.move(5, 5)


def test_a_spot_follows_hand_and_keys_and_is_kept_in_the_link(explore, page: Page):
    explore(f"{UMAP}&spot=11,4")
    drawn(page.locator(".map-decoded"))
    _a_double_click_puts_the_spot_back(page)
    _arrow_keys_move_the_spot(page)
    _a_click_pins_an_empty_place(page)
    _places_are_encoded_once_more(page)
    link, pinned, shown = page.url, decoded_z(page), page.locator(".map-card-distance").inner_text()
    explore(link.split("/")[-1])
    until(lambda: decoded_z(page) == pinned, "the link does not restore the pin")
    expect(page.locator(".map-card-distance")).to_have_text(shown, use_inner_text=True)
    page.locator(".map-search-input").fill("42")
    page.keyboard.press("Enter")
    expect(page.locator(".map-card")).to_have_attribute("data-mode", "point")
    settled(page, r"^(?!.*spot=).*point=42")


def _a_double_click_puts_the_spot_back(page: Page) -> None:
    spot = decoded_z(page)
    page.mouse.move(*at(page, *EMPTY))
    until(lambda: decoded_z(page) != spot, "the place is not decoded")
    page.mouse.dblclick(*at(page, *EMPTY))
    page.mouse.move(5, 5)
    until(lambda: decoded_z(page) == spot, "the pin stays where the double click was")


def _arrow_keys_move_the_spot(page: Page) -> None:
    """From (11, 4), to the left."""
    before = decoded_z(page)
    page.locator(".map-canvas").focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    settled(page, r"spot=(?!11(%2C|,))-?\d+(\.\d+)?(%2C|,)4(&|$)")
    until(lambda: decoded_z(page) != before, "the moved place is not decoded")
    assert float(said(page, "spot").replace("%2C", ",").split(",")[0]) < 11


def _a_click_pins_an_empty_place(page: Page) -> None:
    first, link = decoded_z(page), page.url
    page.mouse.click(*at(page, *EMPTY))
    settled(page, rf"^(?!{re.escape(link)}$).*[?&]spot=")
    page.mouse.move(5, 5)
    until(lambda: decoded_z(page) != first, "the place is not decoded")
    expect(page.locator(".map-card")).to_have_attribute("data-mode", "pin")


def _places_are_encoded_once_more(page: Page) -> None:
    before, spot, pin = decoded_z(page), said(page, "spot"), said(page, "pin")
    page.locator(".map-toolbar button[data-tool=layers]").click()
    page.locator("input[data-layer=refine]").check()
    settled(page, r"refine=on")
    until(lambda: decoded_z(page) != before, "the place decodes as before")
    until(lambda: said(page, "pin") != pin, "the link keeps the former code")
    assert said(page, "spot") == spot


def said(page: Page, name: str) -> str:
    """What the link says of a parameter."""
    found = re.search(f"{name}=([^&]+)", page.url)
    assert found is not None
    return found[1]


def test_the_layers_panel_switches_the_lattice_which_is_faint_where_there_are_no_data(explore, page, sent):
    explore("?model=mnist-mlp-z2&view=0,0,60")
    lattice = page.locator(".map-lattice")
    expect(lattice).to_be_hidden()
    page.locator(".map-toolbar button[data-tool=layers]").click()
    slider = page.locator(".map-layers-slider")
    slider.fill("100")
    drawn(lattice)
    settled(page, r"lattice=1")
    middle, edge = lattice.evaluate(OPACITY)
    assert middle > 200
    assert 0 < edge < 80
    slider.fill("0")
    expect(lattice).to_be_hidden()
    settled(page, r"^(?!.*lattice=)")
    assert len(lattices(page, sent)) == 1
