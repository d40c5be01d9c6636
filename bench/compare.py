"""What the hand feels on Compare with four models and four maps of 10,000 points, and how soon the page is there."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Locator, Page

from bench.app import chromium, serving, until_served
from bench.figure import Figure, median, quantile

MODELS = ("sprites-vae-b1-s0", "sprites-vae-b4-s0", "sprites-vae-b16-s0", "sprites-ae-s0")
MOVES = 300
WATCH = (Path(__file__).parent / "watch_compare.js").read_text(encoding="utf-8")
CAME = f"watch.changed.size >= {len(MODELS)}"


def run() -> Iterator[Figure]:
    """The page twice, the app new and warm; then a unit that is dragged, and a map that is hovered."""
    with serving() as url, chromium() as browser:
        until_served(url)
        page, first = _opened(browser, url)
        page.close()
        yield Figure("opened with four models, the app new", first, "s")
        page, again = _opened(browser, url)
        yield Figure("opened with four models", again, "s", 4)
        yield from _figures("a unit dragged", _follow(page, page.locator(".slide .slider"), _along, held=True))
        field = page.locator(".field-over").first
        field.scroll_into_view_if_needed()
        yield from _figures("a map hovered", _follow(page, field, _around, held=False))


def _opened(browser: Browser, url: str) -> tuple[Page, float]:
    """A page on which every column has its picture, and the seconds that this took."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page.add_init_script(WATCH)
    page.goto(f"{url}/compare?models={','.join(MODELS)}")
    page.wait_for_function(CAME, timeout=60_000)
    return page, page.evaluate("watch.last") / 1000


def _along(box: FloatRect, step: int) -> tuple[float, float]:
    """To and fro, no step of it too short to be another value."""
    there = abs((0.083 * step) % 2 - 1)
    return box["x"] + box["width"] * (0.1 + 0.8 * there), box["y"] + box["height"] / 2


def _around(box: FloatRect, step: int) -> tuple[float, float]:
    across, up = 0.5 + 0.3 * math.cos(step / 9), 0.5 + 0.4 * math.sin(1.3 * step / 9)
    return box["x"] + box["width"] * across, box["y"] + box["height"] * up


def _follow(
    page: Page, place: Locator, path: Callable[[FloatRect, int], tuple[float, float]], held: bool
) -> list[float]:
    """Real moves, each after all pictures of the one before have come: ms to the last of them."""
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(*path(box, 0))
    if held:
        page.mouse.down()
    seen: list[float] = []
    for step in range(1, MOVES + 1):
        page.evaluate("watch.reset()")
        page.mouse.move(*path(box, step))
        page.wait_for_function(CAME)
        seen.append(page.evaluate("watch.last - watch.moved"))
    page.mouse.up()
    return seen


def _figures(name: str, seen: list[float]) -> Iterator[Figure]:
    yield Figure(f"{name}: pointer move to the last of four pictures, median of {MOVES}", median(seen), "ms", 33)
    yield Figure(f"{name}: pointer move to the last of four pictures, p95", quantile(seen, 0.95), "ms", 60)
