"""What the hand feels on a map of 60,000 points: pointer to picture, frames of pan and zoom, bytes, reruns."""

import math
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, Response

from bench.app import LARGE, chromium, large_runs, serving, until_served
from bench.figure import Figure, median, quantile

MOVES = 300
SECONDS = 4
WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")


def run() -> Iterator[Figure]:
    """Measure with the MLP and the conv model."""
    with large_runs() as folder, serving(folder) as url, chromium() as browser:
        until_served(url)
        for model in LARGE:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
            page.add_init_script(WATCH)
            columns = Columns(page)
            page.goto(f"{url}/?model={model}&plane=units")
            page.locator(".map[data-state=ready]").wait_for()
            page.wait_for_function("watch.painted.length > 0")
            time.sleep(2)
            yield Figure(f"{model}: bytes on the wire for the points", columns.bytes / 1e6, "MB", 0.4)
            yield from _pointer(page, model)
            yield from frames(page, model, 50)
            yield from _reruns(page, model)
            yield Figure(f"{model}: columns fetched a second time by 18 reruns", columns.repeated, "columns", 0)
            page.close()


class Columns:
    """The point columns that a page fetches over the wire."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self._fetched: Counter[str] = Counter()
        page.on("response", self._note)

    @property
    def repeated(self) -> int:
        """How many fetches asked for what was there already."""
        return self._fetched.total() - len(self._fetched)

    def _note(self, response: Response) -> None:
        if "columns/" in response.url:
            self.bytes += int(response.headers.get("content-length", 0))
            self._fetched[response.url] += 1


def box(page: Page) -> tuple[float, float, float, float]:
    """Left, top, width and height of the map, CSS px."""
    found = page.locator(".map-canvas").bounding_box()
    assert found is not None
    return found["x"], found["y"], found["width"], found["height"]


class Seen(NamedTuple):
    """What followed each of the pointer's moves, in ms after it."""

    pixels: list[float]
    frames: list[float]


def follow(page: Page) -> Seen:
    """Move over the map in real events, each after the picture of the one before is on screen."""
    x, y, width, height = box(page)
    seen = Seen([], [])
    for step in range(MOVES):
        angle = step / 9
        page.evaluate("watch.reset()")
        page.mouse.move(x + width * (0.5 + 0.3 * math.cos(angle)), y + height * (0.5 + 0.4 * math.sin(1.3 * angle)))
        page.wait_for_function("watch.frame > 0")
        moved, picture, frame = page.evaluate("[watch.moved, watch.picture, watch.frame]")
        seen.pixels.append(picture - moved)
        seen.frames.append(frame - moved)
    return seen


def _pointer(page: Page, model: str) -> Iterator[Figure]:
    seen = follow(page)
    yield Figure(f"{model}: pointer move to changed pixels, median of {MOVES}", median(seen.pixels), "ms", 16)
    yield Figure(f"{model}: pointer move to changed pixels, p95", quantile(seen.pixels, 0.95), "ms", 33)
    yield Figure(f"{model}: pointer move to the next frame on screen, median", median(seen.frames), "ms")
    yield Figure(f"{model}: pointer move to the next frame on screen, p95", quantile(seen.frames, 0.95), "ms")


def frames(page: Page, name: str, goal: float) -> Iterator[Figure]:
    """Frames that show another map, while it is panned by real events and zoomed by one wheel event a frame."""
    x, y, width, height = box(page)
    page.mouse.move(x + width / 2, y + height / 2)
    page.mouse.down()
    started = _start(page)
    step = 0
    while time.perf_counter() - started < SECONDS:
        step += 1
        page.mouse.move(x + width * (0.5 + 0.2 * math.cos(step / 15)), y + height * (0.5 + 0.2 * math.sin(step / 15)))
    rate = _stop(page, started)
    page.mouse.up()
    yield Figure(f"{name}: frames that show another map while panning", rate, "per s", goal, at_least=True)
    page.evaluate("watch.maps = 0")
    page.locator(".map-canvas").evaluate("(canvas, seconds) => watch.wheel(canvas, seconds)", SECONDS)
    rate = page.evaluate("watch.maps") / SECONDS
    yield Figure(f"{name}: frames that show another map while zooming", rate, "per s", goal, at_least=True)
    page.keyboard.press("0")


def _start(page: Page) -> float:
    page.evaluate("watch.maps = 0")
    return time.perf_counter()


def _stop(page: Page, started: float) -> float:
    return page.evaluate("watch.maps") / (time.perf_counter() - started)


def reruns(page: Page) -> list[float]:
    """ms from the browser's message to the server's last answer: upper bounds of the server's time."""
    times: list[float] = []
    for label in ("nll (nats)", "rate (nats)", "Class") * 6:
        page.get_by_role("combobox").nth(1).click()
        option = page.get_by_role("option", name=label)
        option.wait_for()
        page.evaluate("watch.messages = []")
        option.click()
        time.sleep(0.7)
        messages = page.evaluate("watch.messages")
        sent = next(when for kind, when in messages if kind == "sent")
        times.append(max(when for kind, when in messages if kind == "received") - sent)
    return times


def _reruns(page: Page, model: str) -> Iterator[Figure]:
    times = reruns(page)
    yield Figure(f"{model}: rerun for a changed colour, message to last answer, median", median(times), "ms", 80)
    yield Figure(f"{model}: rerun for a changed colour, p95", quantile(times, 0.95), "ms")
