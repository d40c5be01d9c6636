"""A real app in a process of its own, and a real Chromium that may speak to loopback alone.

They end with this package: Playwright keeps an event loop running, beside which asyncio.run cannot work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.axe import axe as axe
from tests.jobs.conftest import end_all
from tests.kinds import KINDS, save_kind
from tests.serving import served

PLACES = {"VAE_EXPLORER_DATA": "", "VAE_EXPLORER_RUNS": "runs", "VAE_EXPLORER_CACHE": "cache"}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
ONE_PROCESS = "--process-per-site"
"""All pages of this machine are drawn by one process, as long as one of them stays open."""
expect.set_options(timeout=20_000)


@pytest.fixture(scope="package")
def app_runs(tmp_path_factory) -> Path:
    """Where the app of all tests has its runs: whoever puts one there takes it away again."""
    return tmp_path_factory.mktemp("nothing") / "runs"


@pytest.fixture(scope="package")
def app_url(app_runs: Path) -> Iterator[str]:
    """`streamlit run app.py`, without any data set, as on a newcomer's machine, but with a model of each kind."""
    empty = app_runs.parent
    for name, kind in KINDS.items():
        save_kind(app_runs / name, kind)
    with served(empty / "log", {name: str(empty / path) for name, path in PLACES.items()}) as app:
        yield app.url
    for job in (app_runs / ".jobs").glob("*/"):
        end_all(job)  # runs outlive their app, and a test that failed its runs


@pytest.fixture(scope="package")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="package")
def browser(playwright_driver: Playwright, chromium: str) -> Iterator[Browser]:
    running = playwright_driver.chromium.launch(executable_path=chromium, args=[*ARGUMENTS, ONE_PROCESS])
    yield running
    running.close()


@pytest.fixture(scope="package")
def context(browser: Browser, app_url: str) -> BrowserContext:
    """One for all tests, whose first page stays: another, or a process of its own for each page, would fetch and
    compile Streamlit's own scripts anew, for more than a second of each test."""
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    made.new_page().goto(f"{app_url}/_stcore/health")
    return made


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of the test's own."""
    with watched(context) as opened:
        yield opened


@contextmanager
def watched(context: BrowserContext) -> Iterator[Page]:
    """A page on which every console error, page error, failed answer and request beyond loopback fails the test."""
    opened, complaints = context.new_page(), list[str]()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    opened.on("request", lambda request: complaints.extend(beyond_loopback(request.url)))
    opened.on("websocket", lambda socket: complaints.extend(beyond_loopback(socket.url)))
    yield opened
    context.clear_cookies()
    for left in context.pages[1:]:  # the first one keeps the process
        left.close()
    assert complaints == []


def beyond_loopback(url: str) -> list[str]:
    parts = urlsplit(url)
    local = parts.scheme in ("data", "blob") or parts.hostname in ("localhost", "127.0.0.1")
    return [] if local else [f"leaves loopback: {url}"]
