"""Models side by side under one hand: what it does in one column, all of them follow."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import at_rest, box_of, changed, drawn, pixels, settled, shows, until

FIRST, SECOND = "mnist-conv-z10-b1", "mnist-conv-z10-b4"
LINK = f"compare?models={FIRST},{SECOND},mnist-mlp-z2"
N = 3


def opened(page: Page, app_url: str, link: str = LINK) -> None:
    page.goto(f"{app_url}/{link}")
    expect(page.locator(".column")).to_have_count(N)
    for canvas in (*each(page, ".field-points"), *each(page, ".hand canvas")):
        drawn(canvas)
    at_rest(page)


def each(page: Page, selector: str) -> list[Locator]:
    """One in every column."""
    found = page.locator(selector)
    expect(found).to_have_count(N)
    return [found.nth(index) for index in range(N)]


def seen(canvases: list[Locator]) -> list[str]:
    return [pixels(canvas) for canvas in canvases]


def all_changed(canvases: list[Locator], before: list[str]) -> None:
    for canvas, old in zip(canvases, before, strict=True):
        changed(canvas, old)


def test_what_the_hand_and_keys_do_in_one_column_reaches_every_column(page: Page, app_url: str):
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1920, "height": 900})
    opened(page, app_url)
    hands, marks, points = (each(page, selector) for selector in (".hand canvas", ".field-over", ".field-points"))
    _fits(page)
    _slider_is_in_the_middle(page)
    _hover(page, hands, marks)
    _drag_the_unit(page, hands)
    _lasso(page, marks, points)
    _walk_by_keys(page, marks)
    wide = seen(points)
    page.set_viewport_size({"width": 1280, "height": 900})
    all_changed(points, wide)
    _fits(page)
    _lasso(page, marks, points)
    _choose_under_the_hand(page, marks[0], hands)


def _fits(page: Page) -> None:
    assert page.locator(".columns").evaluate("grid => grid.scrollWidth - grid.clientWidth") == 0


def _slider_is_in_the_middle(page: Page) -> None:
    """Of every strip, as nobody has moved it."""
    for index in range(N):
        strip, line = (box_of(page.locator(name).nth(index)) for name in (".matched .strip", ".matched .here"))
        assert abs(line["x"] + line["width"] / 2 - strip["x"] - strip["width"] / 2) < 2


def _hover(page: Page, hands: list[Locator], marks: list[Locator]) -> None:
    at_rest, marked = seen(hands), seen(marks)
    marks[2].scroll_into_view_if_needed()
    box = box_of(marks[2])
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    said = page.locator(".hand-words")
    expect(said).to_contain_text(f"a place of β = 4 ({SECOND})")
    expect(said).to_contain_text(re.compile(r"held-out R² \d+ % \(β = 1\)"))
    all_changed(hands, at_rest)
    all_changed(marks, marked)
    before = seen(hands)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    expect(said).to_contain_text(re.compile(r"image \d+ \(\d\)"))
    all_changed(hands, before)
    expect(page.locator(".comparison-status")).to_be_empty()
    page.mouse.move(2, 2)
    expect(said).to_contain_text("the chosen image")
    for canvas, old in zip(hands, at_rest, strict=True):
        shows(canvas, old, "the picture at rest does not come back")


def _drag_the_unit(page: Page, hands: list[Locator]) -> None:
    before, lines = seen(hands), page.locator(".matched .here")
    places = [lines.nth(index).get_attribute("style") for index in range(N)]
    box = box_of(page.locator(".slide .slider"))
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.85 * box["width"], box["y"] + box["height"] / 2, steps=6)
    all_changed(hands, before)
    assert all(lines.nth(index).get_attribute("style") != place for index, place in enumerate(places))
    page.mouse.up()
    moved = seen(hands)
    strip = box_of(page.locator(".matched .strip").nth(1))
    page.mouse.click(strip["x"] + 0.1 * strip["width"], strip["y"] + strip["height"] / 2)
    all_changed(hands, moved)
    expect(page.locator(".slide .value")).to_contain_text("−")


def _lasso(page: Page, marks: list[Locator], points: list[Locator]) -> None:
    marks[0].scroll_into_view_if_needed()
    box = box_of(marks[0])
    before, selected = seen(points), page.locator(".selected")
    corners = [(0.35, 0.35), (0.65, 0.35), (0.65, 0.65), (0.35, 0.65)]
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()
    expect(selected).to_contain_text(re.compile(r"^[\d,]+ images selected$"))
    all_changed(points, before)
    page.keyboard.press("Escape")
    expect(selected).to_contain_text("Draw around points")
    for canvas, old in zip(points, before, strict=True):
        shows(canvas, old, "Escape does not clear the selection")


def _walk_by_keys(page: Page, marks: list[Locator]) -> None:
    before = seen(marks)
    marks[0].focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    all_changed(marks, before)
    page.keyboard.press("Enter")
    settled(page, r"point=\d+")
    assert all(now != earlier for now, earlier in zip(seen(marks), before, strict=True))


def _choose_under_the_hand(page: Page, mark: Locator, hands: list[Locator]) -> None:
    """An image under the hand is what each model reconstructs when it is chosen."""
    own, before, link = each(page, ".reconstruction canvas"), seen(hands), page.url
    mark.scroll_into_view_if_needed()
    box = box_of(mark)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    all_changed(hands, before)
    page.mouse.down()
    page.mouse.up()
    settled(page, rf"^(?!{re.escape(link)}$).*point=\d+")
    page.mouse.move(2, 2)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for hand, picture in zip(hands, own, strict=True):
        until(lambda hand=hand, own=picture: pixels(hand) == pixels(own), "it is not the image's own picture")
    assert seen(hands) == seen(own)


def test_what_is_chosen_holds_for_all_columns_and_is_kept_in_the_link(page: Page, app_url: str):
    opened(page, app_url)
    titles = page.locator(".column .axis-title.y").all_inner_texts()
    assert len(set(titles)) == N, "each map names its own units"
    _choose_an_image_and_a_unit(page)
    _choose_the_difference(page)
    _choose_a_seed(page)
    _hide_a_class(page)
    kept = (".reconstruction canvas", ".difference canvas", ".field-points")
    shown, link = [seen(each(page, canvas)) for canvas in kept], page.url
    assert re.search("models=.*b1.*b4", link)
    page.goto("about:blank")
    page.goto(link)
    for selector, before in zip(kept, shown, strict=True):
        for canvas, old in zip(each(page, selector), before, strict=True):
            shows(canvas, old, "the link does not restore what was compared")


def _choose_an_image_and_a_unit(page: Page) -> None:
    pictures, strip = each(page, ".reconstruction canvas"), page.locator(".strip canvas").first
    before = seen(pictures)
    expect(page.locator(".difference-frame .frame-note").first).to_have_text("no original here")
    page.get_by_role("button", name=re.compile("Choose image")).nth(3).click()
    all_changed(pictures, before)
    settled(page, r"point=\d+")
    walked = pixels(strip)
    page.locator(".column").first.locator(".bar-button").nth(1).click()
    changed(strip, walked)
    settled(page, r"unit=\d+")


def _choose_the_difference(page: Page) -> None:
    page.get_by_role("combobox", name="Difference").select_option("first")
    settled(page, "difference=first")
    for canvas in each(page, ".difference canvas")[1:]:
        drawn(canvas)
    expect(page.locator(".difference-frame .frame-name").first).to_have_text("RMS 0.000")


def _choose_a_seed(page: Page) -> None:
    samples = page.locator(".picture-row").filter(has_text="Samples from the prior").locator("canvas")
    expect(samples).to_have_count(N)
    drawn(samples.first)
    before = pixels(samples.first)
    page.get_by_label("Seed of eps", exact=True).fill("7")
    page.keyboard.press("Enter")
    changed(samples.first, before)
    settled(page, "seed=7")


def _hide_a_class(page: Page) -> None:
    """By the one legend of all maps."""
    points, chips = each(page, ".field-points"), page.locator(".map-chip:visible")
    before = seen(points)
    expect(chips).to_have_count(10)
    chips.nth(1).click()
    all_changed(points, before)
    settled(page, "hidden=1")


def test_the_difference_to_the_image_is_measured_where_the_image_is(page: Page, app_url: str):
    opened(page, app_url, "compare?models=sprites-vae-b1-s0,sprites-vae-b16-s0,sprites-ae-s0")
    for canvas in each(page, ".difference canvas"):
        drawn(canvas)
    names = page.locator(".difference-frame .frame-name")
    for index in range(N):
        expect(names.nth(index)).to_have_text(re.compile(r"RMS 0\.\d{3}"))
