"""What the hand feels on the dial of a multi-rate network: β to picture, and frames in which 10,000 points move."""

import time
from collections.abc import Iterator

from playwright.sync_api import FloatRect, Page

from bench.app import chromium, serving, until_served
from bench.figure import Figure, median, quantile
from bench.hand import WATCH

MODELS = ("mnist-z2-multi", "mnist-conv-64-multi")
MOVES = 200
SECONDS = 4
SHARE = 0.0061
"""Of the slider, from one move to the next: so that none is the other's value."""


def run() -> Iterator[Figure]:
    """With the MLP of two units and the convolutional one of ten."""
    with serving() as url, chromium() as browser:
        until_served(url)
        for model in MODELS:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
            page.add_init_script(WATCH)
            page.goto(f"{url}/?model={model}&plane=units")
            page.locator(".map[data-state=ready]").wait_for()
            page.wait_for_function("watch.painted.length > 0")
            time.sleep(2)
            yield from _dragged(page, model)
            page.close()


def _dragged(page: Page, model: str) -> Iterator[Figure]:
    box = page.locator(".dial .slider").bounding_box()
    assert box is not None
    page.mouse.move(*_place(box, 0))
    page.mouse.down()
    seen = [_followed(page, box, step) for step in range(1, MOVES + 1)]
    rate = _frames(page, box)
    page.mouse.up()
    yield Figure(f"{model}: β to changed pixels, median of {MOVES}", median(seen), "ms", 33)
    yield Figure(f"{model}: β to changed pixels, p95", quantile(seen, 0.95), "ms")
    yield Figure(f"{model}: frames that show another map while β is turned", rate, "per s", 30, at_least=True)


def _followed(page: Page, box: FloatRect, step: int) -> float:
    page.evaluate("watch.reset()")
    page.mouse.move(*_place(box, step))
    page.wait_for_function("watch.picture > 0")
    return page.evaluate("watch.picture - watch.moved")


def _frames(page: Page, box: FloatRect) -> float:
    page.evaluate("watch.maps = 0")
    started, step = time.perf_counter(), 0
    while time.perf_counter() - started < SECONDS:
        step += 1
        page.mouse.move(*_place(box, step))
    return page.evaluate("watch.maps") / (time.perf_counter() - started)


def _place(box: FloatRect, step: int) -> tuple[float, float]:
    """To and fro over most of the slider."""
    there = abs((SHARE * step) % 2 - 1)
    return box["x"] + box["width"] * (0.05 + 0.9 * there), box["y"] + box["height"] / 2
