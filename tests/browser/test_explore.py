"""What the hand does on the map."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.eyes import alike, at_rest, box_of, changed, drawn, pixels, settled, until

CONV = "mnist-conv-z10-b1"


@pytest.fixture
def explore(page: Page, app_url: str):
    def opened(query: str = "") -> Page:
        page.goto(f"{app_url}/{query}")
        expect(page.locator(".map[data-state=ready]")).to_be_visible()
        drawn(page.locator(".map-points"))
        drawn(page.locator(".map-reconstruction" if "point=" in query else ".map-decoded"))
        at_rest(page)
        return page

    return opened


def box(page: Page):
    return box_of(page.locator(".map-canvas"))


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Page coordinates of a share of the map."""
    area = box(page)
    return area["x"] + x * area["width"], area["y"] + y * area["height"]


def test_the_map_draws_and_the_picture_follows_the_pointer(explore):
    page = explore()
    picture, seen = page.locator(".map-decoded"), set()
    pinned = pixels(picture)
    for share in (0.3, 0.5, 0.7):
        before = pixels(picture)
        page.mouse.move(*at(page, share, 0.3))
        changed(picture, before)
        seen.add(pixels(picture))
    assert len(seen) == 3
    page.mouse.move(5, 5)
    until(lambda: pixels(picture) == pinned, "leaving the map does not return to the pin")


def test_a_click_pins_and_the_link_restores_it(explore, page: Page):
    explore(f"?model={CONV}")
    picture = page.locator(".map-decoded")
    before = pixels(picture)
    page.mouse.click(*at(page, 0.93, 0.06))
    changed(picture, before)
    settled(page, r"[?&]pin=")
    page.mouse.move(5, 5)
    link, pinned = page.url, picture.get_attribute("data-z")
    shown = pixels(picture)
    page.goto("about:blank")
    page.goto(link)
    until(lambda: picture.count() == 1 and picture.get_attribute("data-z") == pinned, "the pin is not restored")
    assert pixels(picture) == shown


def test_a_click_on_a_point_shows_the_image_its_moments_and_its_reconstruction(explore, page: Page):
    explore(f"?model={CONV}&point=42")
    card = page.locator(".map-card")
    expect(card).to_have_attribute("data-mode", "point")
    expect(page.locator(".map-card-heading")).to_contain_text("42")
    drawn(page.locator(".map-reconstruction"))
    expect(page.locator(".map-missing")).to_contain_text("not on this machine")
    expect(page.locator(".map-moments")).to_have_attribute("aria-label", re.compile("unit 9"))
    page.locator(".map-canvas").focus()
    page.keyboard.press("Escape")
    settled(page, r"^(?!.*point=)")


def test_an_original_stands_beside_its_reconstruction_where_the_data_set_is(page: Page, app_url: str):
    page.goto(f"{app_url}/?model=digits-mlp-z2&point=5")
    drawn(page.locator(".map-original"))
    drawn(page.locator(".map-reconstruction"))
    assert pixels(page.locator(".map-original")) != pixels(page.locator(".map-reconstruction"))
    page.goto(f"{app_url}/interpolate?model=digits-mlp-z2&a=5&b=9")
    for end in ("a", "b"):
        drawn(page.locator(f".anchor-{end} .original canvas"))


def test_no_link_is_made_of_an_address(page: Page, app_url: str):
    page.goto(f"{app_url}/?page=www.example.org&model=https://example.org&stranger@example.org=1")
    expect(page.get_by_text("There is no page")).to_be_visible()
    assert page.locator("a[href*='example.org']").count() == 0


def test_dragging_pans_the_wheel_zooms_and_a_double_click_fits(explore, page: Page):
    explore()
    points = page.locator(".map-points")
    fitted = pixels(points)
    page.mouse.move(*at(page, 0.5, 0.5))
    page.mouse.down()
    page.mouse.move(*at(page, 0.7, 0.6), steps=5)
    page.mouse.up()
    changed(points, fitted)
    settled(page, r"[?&]view=")
    panned = pixels(points)
    page.mouse.wheel(0, -400)
    changed(points, panned)
    link = page.url
    settled(page, rf"^(?!{re.escape(link)}$)")
    zoomed, link = pixels(points), page.url
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    until(lambda: alike(points, zoomed), "the link does not restore the view")
    page.mouse.dblclick(*at(page, 0.02, 0.02))
    until(lambda: pixels(points) == fitted, "a double click does not fit")
    settled(page, r"^(?!.*view=)")


def test_the_legend_hides_and_isolates(explore, page: Page):
    explore()
    points, chips = page.locator(".map-points"), page.locator(".map-chip")
    everything = pixels(points)
    chips.nth(3).click()
    changed(points, everything)
    settled(page, r"hidden=3(&|$)")
    chips.nth(3).click()
    until(lambda: pixels(points) == everything, "a second click does not show the class again")
    chips.nth(7).dblclick()
    settled(page, r"hidden=0%2C1%2C2%2C3%2C4%2C5%2C6%2C8%2C9|hidden=0,1,2,3,4,5,6,8,9")
    assert [chips.nth(label).get_attribute("aria-pressed") == "true" for label in range(10)].index(True) == 7


def test_box_and_lasso_count_what_they_hold(explore, page: Page):
    explore()
    note = page.locator(".map-card-selection")
    corner, loop = [(0.7, 0.7)], [(0.7, 0.3), (0.7, 0.7), (0.3, 0.7)]
    for tool, path in (("box", corner), ("lasso", loop)):
        page.locator(f".map-toolbar button[data-tool={tool}]").click()
        page.mouse.move(*at(page, 0.3, 0.3))
        page.mouse.down()
        for x, y in path:
            page.mouse.move(*at(page, x, y), steps=4)
        page.mouse.up()
        expect(note).to_contain_text(re.compile(r"[1-9][\d,]* images selected"))
        page.locator(".map-toolbar button[data-tool=clear]").click()
        expect(note).not_to_contain_text("selected")


def test_a_finger_decodes_and_two_fingers_zoom(browser, app_url: str):
    context = browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{app_url}/?model={CONV}")
    picture, points = page.locator(".map-decoded"), page.locator(".map-points")
    drawn(picture)
    drawn(points)
    touch = context.new_cdp_session(page)

    def fingers(kind: str, *places: tuple[float, float]) -> None:
        spots = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    before = pixels(picture)
    fingers("touchStart", at(page, 0.3, 0.3))
    for share in (0.4, 0.5, 0.6):
        fingers("touchMove", at(page, share, 0.35))
    changed(picture, before)
    fingers("touchEnd")
    until(lambda: pixels(picture) == before, "the lifted finger does not return to the pin")
    fitted = pixels(points)
    fingers("touchStart", at(page, 0.4, 0.5), at(page, 0.6, 0.5))
    fingers("touchMove", at(page, 0.2, 0.5), at(page, 0.8, 0.5))
    changed(points, fitted)
    fingers("touchEnd")
    settled(page, r"[?&]view=")
    assert "pin=" not in page.url
    context.close()


def test_arrow_keys_move_z(explore, page: Page):
    explore(f"?model={CONV}")
    page.locator(".map-canvas").focus()
    picture = page.locator(".map-decoded")
    before = pixels(picture)
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    changed(picture, before)
    settled(page, r"[?&]pin=")
    assert page.locator(".map-card").get_attribute("data-mode") == "pin"


def test_pca_and_colours_by_value(explore, page: Page):
    explore(f"?model={CONV}&plane=pca&colour=nll")
    expect(page.locator(".map-legend")).to_have_attribute("data-colour", "value")
    picture, before = page.locator(".map-decoded"), pixels(page.locator(".map-decoded"))
    page.mouse.move(*at(page, 0.6, 0.4))
    changed(picture, before)


def test_a_rerun_fetches_no_points_again(explore, page: Page, app_url: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    explore(f"?model={CONV}")
    columns = [url for url in asked if "/map-columns/" in url]
    assert len(columns) == 3
    page.get_by_role("combobox").nth(1).click()
    page.get_by_role("option", name="nll (nats)").click()
    settled(page, "colour=nll")
    expect(page.locator(".map-legend")).to_have_attribute("data-colour", "value")
    assert [url.split("/map-columns/")[1].split("?")[0] for url in asked if "/map-columns/" in url][3:] == ["nll"]


def test_light_and_dark_both_draw(explore, page: Page):
    page.emulate_media(color_scheme="light")
    explore()
    axes = page.locator(".map-axes")
    light = pixels(axes)
    page.emulate_media(color_scheme="dark")
    page.reload()
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(axes)
    changed(axes, light)


def test_an_unknown_page_is_explore_with_a_note(page: Page, app_url: str):
    page.goto(f"{app_url}/nonsense")
    expect(page.get_by_text("There is no page “nonsense”")).to_be_visible()
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    settled(page, r"/\?model=mnist-mlp-z2$")


def test_two_tabs_do_not_disturb_each_other(explore, page: Page, app_url: str):
    explore()
    other = page.context.new_page()
    other.goto(f"{app_url}/?model=digits-mlp-z2")
    drawn(other.locator(".map-decoded"))
    before = pixels(page.locator(".map-decoded"))
    page.mouse.move(*at(page, 0.4, 0.6))
    changed(page.locator(".map-decoded"), before)
    assert "digits" in other.url
    assert "mnist-mlp-z2" in page.url
