"""What a word means, by pointer, keyboard and finger; and the line for newcomers, put away for good."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import box_of, drawn, until
from vae_explorer.glossary import GLOSSARY
from vae_explorer.ui.page_table import PAGES

CONV = "mnist-conv-z10-b1"


def opened(page: Page, app_url: str, plane: str = "") -> None:
    page.goto(f"{app_url}/?model={CONV}{plane}")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(page.locator(".map-decoded"))


def test_a_word_says_what_it_means_to_pointer_keyboard_and_finger(page: Page, app_url: str):
    opened(page, app_url, "&plane=units")
    _words_of_the_card(page)
    _words_of_the_axes(page)
    figures = page.get_by_test_id("stCaptionContainer").filter(has_text="nats per image")
    figures.get_by_test_id("stTooltipHoverTarget").hover()
    expect(page.get_by_test_id("stTooltipContent")).to_contain_text(GLOSSARY["rate"].sentence)
    page.mouse.move(5, 5)
    expect(page.get_by_test_id("stTooltipContent")).to_be_hidden()
    _a_word_under_a_finger_switches_nothing(page)


def _words_of_the_card(page: Page) -> None:
    expect(page.get_by_role("heading", name="At the centre of the prior")).to_be_visible()
    word, note = page.locator(".map-card-heading .term"), page.get_by_role("tooltip")
    word.hover()
    expect(note).to_have_text(f"Prior{GLOSSARY['prior'].sentence}{GLOSSARY['prior'].formula}")
    expect(word).to_have_attribute("aria-describedby", "term-note")
    page.mouse.move(5, 5)
    expect(note).to_be_hidden()
    code = page.locator(".map-card-z .term")
    code.focus()
    expect(note).to_contain_text(GLOSSARY["z"].sentence)
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    code.dispatch_event("pointerenter")
    expect(note).to_contain_text(GLOSSARY["z"].sentence)
    page.locator(".map-canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(note).to_be_hidden()  # with its word


def _words_of_the_axes(page: Page) -> None:
    note = page.get_by_role("tooltip")
    page.locator(".map .axis-title.x .term", has_text="nats").hover()
    expect(note).to_contain_text(GLOSSARY["nats"].sentence)
    page.locator(".map .axis-title.y .term", has_text="unit").hover()
    expect(note).to_contain_text(GLOSSARY["latent-unit"].sentence)


def _a_word_under_a_finger_switches_nothing(page: Page) -> None:
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def tap(place: Locator) -> None:
        place.scroll_into_view_if_needed()
        box = box_of(place)
        finger = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    tap(page.get_by_role("button", name="Layers"))
    tap(page.locator(".map-layers .term", has_text="Density contours"))
    expect(page.get_by_role("tooltip")).to_contain_text(GLOSSARY["contours"].sentence)
    expect(page.locator("[data-layer=contours]")).not_to_be_checked()


def test_the_axes_of_a_chart_say_what_they_show(page: Page, app_url: str):
    page.goto(f"{app_url}/compare?models={CONV},mnist-conv-z10-b4")
    title = page.locator(".chart .axis-title.y").first
    expect(title).to_have_css("position", "absolute")
    word = title.locator(".term", has_text="nll")
    expect(word).to_have_css("border-bottom-style", "dotted")
    word.hover()
    expect(page.get_by_role("tooltip")).to_contain_text(GLOSSARY["nll"].sentence)


def test_the_line_for_newcomers_is_put_away_for_good(page: Page, app_url: str):
    opened(page, app_url)
    line = page.get_by_text(PAGES["explore"].welcome)
    expect(line).to_be_visible()
    page.get_by_role("button", name="Got it").click()
    expect(line).to_be_hidden()
    until(lambda: "vae-explorer-known=explore" in page.evaluate("document.cookie"), "the browser does not remember")
    opened(page, app_url)
    expect(line).to_be_hidden()
    page.get_by_role("link", name="Traversals").click()
    expect(page.get_by_text(PAGES["traversals"].welcome)).to_be_visible()
