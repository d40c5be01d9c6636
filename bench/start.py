"""From `streamlit run app.py` to the first map in Chromium, and a second tab."""

import time
from collections.abc import Iterator

from playwright.sync_api import Browser

from bench.app import chromium, serving, until_served
from bench.figure import Figure, median

RUNS = 5
REST = 8
"""Seconds between the tabs: a person's pace, and past the warm-up."""


def run() -> Iterator[Figure]:
    """Measure several cold servers; the browser is open already."""
    first: list[float] = []
    second: list[float] = []
    for _ in range(RUNS):
        with chromium() as browser:
            started = time.perf_counter()
            with serving() as url:
                until_served(url)
                first.append(_map_drawn(browser, url) - started)
                time.sleep(REST)
                opened = time.perf_counter()
                second.append(_map_drawn(browser, url) - opened)
    yield Figure(f"command to first map drawn, median of {RUNS}", median(first), "s", 4)
    yield Figure("command to first map drawn, worst", max(first), "s")
    yield Figure(f"second tab to map drawn, median of {RUNS}", median(second), "s", 2)


def _map_drawn(browser: Browser, url: str) -> float:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(url, wait_until="commit")
    page.locator(".map[data-state=ready]").wait_for()
    return time.perf_counter()
