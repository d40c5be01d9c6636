"""Pictures on the map, the note at the pointer, contours, search, layers and the selected area."""

import re
import tomllib

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import at_rest, box_of, changed, drawn, pixels, settled, until
from tests.commands import ROOT
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents.neighbours import neighbours

THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
DIGITS, ABSENT = "digits-mlp-z2", "mnist-mlp-z2"


@pytest.fixture
def explore(page: Page, app_url: str):
    def opened(query: str) -> Page:
        page.goto(f"{app_url}/?{query}")
        expect(page.locator(".map[data-state=ready]")).to_be_visible()
        drawn(page.locator(".map-axes"))
        at_rest(page)
        return page

    return opened


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Page coordinates of a share of the map."""
    area = box_of(page.locator(".map-canvas"))
    return area["x"] + x * area["width"], area["y"] + y * area["height"]


def over_a_point(page: Page, x: float = 0.5, y: float = 0.5) -> Locator:
    """Move the pointer around a place of the map until it meets a point."""
    tip = page.locator(".map-tip")
    for step in range(200):
        page.mouse.move(*at(page, x + 0.0004 * (step - 100), y + 0.02 * (step % 5 - 2)))
        if tip.is_visible():
            return tip
    pytest.fail("there is no point around this place")


def search(page: Page, text: str) -> None:
    box = page.get_by_label("Find an image by its number")
    box.fill(text)
    box.press("Enter")


def layers(page: Page) -> Locator:
    page.locator("button[data-tool=layers]").click()
    panel = page.get_by_role("group", name="Layers")
    expect(panel).to_be_visible()
    return panel


def test_a_point_under_the_pointer_shows_its_image_in_a_note_inside_the_plot(explore):
    page = explore(f"model={DIGITS}&view=-2.8,2,8&thumbnails=off")
    tip = over_a_point(page, 0.92, 0.9)
    expect(tip).to_contain_text(re.compile(r"Image \d+, class \d"))
    expect(tip).to_contain_text(re.compile(r"This image: nll [\d.]+ · rate [\d.]+ nats"))
    drawn(tip.locator("canvas"))
    expect(tip.get_by_text("reconstruction")).to_be_hidden()
    note, plot = (place.bounding_box() or {} for place in (tip, page.locator(".map-canvas")))
    assert note["x"] + note["width"] <= plot["x"] + plot["width"]
    assert note["y"] + note["height"] <= plot["y"] + plot["height"]
    page.mouse.down()
    page.mouse.move(*at(page, 0.7, 0.7), steps=4)
    expect(tip).to_be_hidden()
    page.mouse.up()
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_where_the_data_set_is_not_reconstructions_stand_in_once_there_is_room(explore):
    asked: list[str] = []
    page = explore(f"model={ABSENT}&thumbnails=off&names=off")
    page.on("request", lambda request: asked.append(request.url))
    note = page.get_by_text("Reconstructions: the data set is not on this machine")
    expect(note).to_be_hidden()
    page.locator(".map-canvas").focus()
    for _ in range(14):
        page.keyboard.press("+")
    settled(page, r"[?&]view=")
    assert [url for url in asked if "/thumbnails/" in url] == []
    layers(page).get_by_label("Thumbnails").check()
    settled(page, r"^(?!.*thumbnails=)")
    drawn(page.locator(".map-over"))
    expect(note).to_be_visible()
    assert len([url for url in asked if "/thumbnails/0" in url]) == 1
    tip = over_a_point(page)
    drawn(tip.locator("canvas"))
    expect(tip.get_by_text("reconstruction")).to_be_visible()


def test_a_picture_is_chosen_like_its_point_and_hidden_with_its_class(explore):
    page = explore(f"model={DIGITS}&view=0,0,3&names=off")
    over = page.locator(".map-over")
    drawn(over)
    tip = page.locator(".map-tip")
    for step in range(400):
        page.mouse.move(*at(page, 0.05 + 0.045 * (step % 20), 0.05 + 0.045 * (step // 20)))
        if tip.is_visible():
            break
    told = (tip.locator(".map-tip-title").text_content() or "").split(",")[0]
    page.mouse.down()
    page.mouse.up()
    expect(page.locator(".map-card-heading")).to_contain_text(told)
    settled(page, rf"point={told.removeprefix('Image ')}(&|$)")
    page.keyboard.press("Escape")
    settled(page, r"^(?!.*point=)")
    page.mouse.move(5, 5)
    everything = pixels(over)
    page.locator(".map-chip").nth(5).dblclick()
    changed(over, everything)
    page.locator(".map-chip").nth(5).click()
    expect(over).to_be_hidden()


def share_drawn(canvas: Locator) -> float:
    """The share of a canvas's pixels that are not transparent."""
    script = """canvas => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value > 0).length / (canvas.width * canvas.height);
    }"""
    return canvas.evaluate(script)


def colours_on(canvas: Locator) -> set[str]:
    """Every colour that covers some pixel of a canvas whole, as "#rrggbb"."""
    script = """canvas => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const whole = new Uint32Array(data.buffer).filter((word) => word >>> 24 === 255);
      return [...new Set(whole.map((word) => ((word & 255) << 16) | (word & 0xff00) | ((word >>> 16) & 255)))];
    }"""
    return {f"#{value:06x}" for value in canvas.evaluate(script)}


def test_names_and_contours_are_layers_of_the_panel(page, explore):
    page.emulate_media(color_scheme="dark")
    explore(f"model={DIGITS}&thumbnails=off")
    over, axes = page.locator(".map-over"), page.locator(".map-axes")
    until(lambda: _ink("dark") <= colours_on(over), "no text on a halo in the dark")
    dark = pixels(axes)
    page.emulate_media(color_scheme="light")
    until(lambda: _ink("light") <= colours_on(over), "no text on a halo in the light")
    changed(axes, dark)
    _names_stand_on_their_classes(page, over)
    panel = layers(page)
    panel.get_by_label("Class names").uncheck()
    expect(over).to_be_hidden()
    settled(page, "names=off")
    panel.get_by_label("Density contours").check()
    drawn(over)
    settled(page, "contours=on")
    before = pixels(over)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("button[data-tool=layers]")).to_be_focused()
    page.locator(".map-chip").nth(0).click()
    changed(over, before)


def _ink(theme: str) -> set[str]:
    return {THEMES[theme]["textColor"], THEMES[theme]["backgroundColor"]}


def _names_stand_on_their_classes(page: Page, over: Locator) -> None:
    """Not on hidden ones; all classes are shown, and are so again in the end."""
    ten, chip = share_drawn(over), page.locator(".map-chip").nth(5)
    assert 0.001 < ten < 0.05, "a name is a few letters"
    chip.dblclick()
    until(lambda: 0 < share_drawn(over) < 0.3 * ten, "hidden classes keep their names")
    chip.click()
    expect(over).to_be_hidden()
    chip.dblclick()
    drawn(over)


def test_search_brings_an_image_into_sight_or_shows_a_class_alone(explore):
    page = explore(f"model={DIGITS}&view=50,50,1")
    heading, message = page.locator(".map-card-heading"), page.locator(".map-search-message")
    search(page, "42")
    expect(heading).to_have_text(re.compile("^Image 42, class"))
    settled(page, r"point=42(&|$)")
    settled(page, r"^(?!.*view=50)")
    search(page, "99999")
    expect(page.get_by_text("There is no image 99999; there are 360, from 0 to 359.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(message).to_have_text("")
    assert "point=42" in page.url
    search(page, "8")
    page.get_by_role("button", name="Class 8", exact=True).click()
    chips = page.locator(".map-chip[aria-pressed=true]")
    expect(chips).to_have_count(1)
    search(page, "8")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(heading).to_have_text(re.compile("^Image 8, class"))
    expect(message).to_have_text("")
    search(page, "class 7")
    expect(chips).to_have_count(1)
    expect(chips).to_have_attribute("title", re.compile("^Class 7, "))
    settled(page, "hidden=0")


def test_clusters_have_a_legend_that_says_when_its_colours_repeat(explore):
    page = explore(f"model={DIGITS}&colour=kmeans-20")
    expect(page.locator(".map-chip")).to_have_count(20)
    assert box_of(page.locator(".map-legend"))["height"] <= 60
    search(page, "class 7")
    expect(page.get_by_text("The legend shows no class; colour by class to look for one.")).to_be_visible()
    search(page, "cluster t")
    expect(page.locator(".map-chip[aria-pressed=true]")).to_have_attribute("title", re.compile("^Cluster T, "))
    said = page.evaluate("""async () => {
      const { name } = performance.getEntriesByType("resource").find((one) => one.name.endsWith("/legend/legend.js"));
      const { Legend } = await import(name);
      const legend = new Legend(() => {});
      const categories = { title: "Cluster", names: ["A"], colours: ["#000"] };
      return ["", "Colours repeat after A."].map((note) => {
        legend.update({ ...categories, note }, "category", [3], new Set());
        return legend.root.textContent;
      });
    }""")
    assert said == ["A3", "A3Colours repeat after A."]


def test_box_and_lasso_count_what_they_hold_and_the_link_brings_the_area_back(explore):
    page = explore(f"model={DIGITS}")
    selection, clear = page.locator(".map-card-selection"), page.locator("button[data-tool=clear]")
    for tool, corners in (("box", [(0.65, 0.65)]), ("lasso", [(0.65, 0.35), (0.65, 0.65), (0.35, 0.65)])):
        expect(selection).not_to_contain_text("selected")
        page.locator(f"button[data-tool={tool}]").click()
        page.mouse.move(*at(page, 0.35, 0.35))
        page.mouse.down()
        for x, y in corners:
            page.mouse.move(*at(page, x, y), steps=30)
        page.mouse.up()
        expect(selection).to_contain_text(re.compile(r"[1-9]\d* images selected"))
        settled(page, r"[?&]area=")
        text, link = selection.text_content(), page.url
        assert link.split("area=")[1].split("&")[0].replace("%2C", ",").count(",") <= 127
        clear.click()
        expect(selection).not_to_contain_text("selected")
        settled(page, r"^(?!.*area=)")
    page.goto(link)
    expect(selection).to_have_text(text or "")


def inked(page: Page, places: np.ndarray) -> list[bool]:
    """Whether something is drawn on the overlay within 3 px of each place, CSS px from the plot's top left."""
    script = """(canvas, places) => places.map(([x, y]) => {
      const { data } = canvas.getContext("2d").getImageData(Math.round(x) - 3, Math.round(y) - 3, 7, 7);
      return data.some((value, i) => i % 4 === 3 && value > 100);
    })"""
    return page.locator(".map-canvas").evaluate(script, places.tolist())


def test_neighbours_are_drawn_from_the_chosen_image(explore):
    checkpoint = catalogue.find(DIGITS)
    latents = catalogue.LATENTS.get(checkpoint)
    found = neighbours(latents, 5, 10, "euclidean").indices
    (x, y), span = latents.mu[5].tolist(), 0.4
    page = explore(f"model={DIGITS}&point=5&view={x:.4f},{y:.4f},{span}")
    drawn(page.locator(".map-reconstruction"))
    box = box_of(page.locator(".map-canvas"))
    middle = np.array([box["width"], box["height"]]) / 2
    ends = middle + (latents.mu[found] - latents.mu[5]) * [1000 / span, -1000 / span]
    seen = ends[((ends > 10) & (ends < 2 * middle - 10)).all(axis=1)]
    far = seen[np.linalg.norm(seen - middle, axis=1) > 40]
    assert len(far) >= 2
    halfway = (far + middle) / 2
    until(lambda: all(inked(page, halfway)), "no line leads to each neighbour")
    page.locator(".map-canvas").focus()
    page.keyboard.press("Escape")
    settled(page, r"^(?!.*point=)")
    until(lambda: not any(inked(page, halfway)), "the lines to the neighbours stay")
    assert "point=" not in page.url
