"""Under a base path and behind nginx, in a real Chromium: everything works, or the page says what is to be set."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.conftest import ARGUMENTS, PLACES
from tests.browser.eyes import drawn
from tests.browser.proxies import HOST, UPGRADE, nginx, on_a_port, plain, ports, readme_blocks
from tests.serving import served

MODEL = "model=digits-mlp-z2"
WORKING = ("TLS, as in README", "a path, as in README", "a path that is taken off", "another Host")


class Ways(NamedTuple):
    """The addresses of the app, by what stands in front of it."""

    working: dict[str, str]
    lacking: dict[str, tuple[str, str]]
    """And what is said there."""


@pytest.fixture(scope="module")
def ways(app_url: str, tmp_path_factory) -> Iterator[Ways]:
    folder = tmp_path_factory.mktemp("proxies")
    places = {name: str(folder / path) for name, path in PLACES.items()}
    tls, stripped, rewritten, foreign, no_proto, closed, based = ports(7)
    named, below = readme_blocks()
    allowed = ("--server.corsAllowedOrigins", f"http://127.0.0.1:{rewritten}")
    with served(folder / "log", places, *allowed, base="/explorer") as app:
        bare, under = urlsplit(app_url).netloc, urlsplit(app.url).netloc
        servers = {
            tls: on_a_port(named, tls, bare),
            no_proto: on_a_port(named.replace("X-Forwarded-Proto", "X-Other"), no_proto, bare),
            stripped: plain(stripped, f"{bare}/", HOST, UPGRADE, below="/some/where/"),
            based: on_a_port(below, based, under),
            rewritten: plain(rewritten, under, UPGRADE),
            foreign: plain(foreign, bare, UPGRADE),
            closed: plain(closed, bare, HOST),
        }
        addresses = (
            f"https://localhost:{tls}",
            f"http://127.0.0.1:{based}/explorer",
            f"http://127.0.0.1:{stripped}/some/where",
            f"http://127.0.0.1:{rewritten}/explorer",
        )
        lacking = {
            "another Host": (f"http://127.0.0.1:{foreign}", f'add "http://127.0.0.1:{foreign}" to server.corsAllowed'),
            "no X-Forwarded-Proto": (f"https://localhost:{no_proto}", "pass on Host and X-Forwarded-Proto, or add"),
            "no Upgrade": (f"http://127.0.0.1:{closed}", "let the proxy in front pass on Upgrade and Connection."),
        }
        with nginx(folder, servers):
            yield Ways(dict(zip(WORKING, addresses, strict=True)), lacking)


@pytest.fixture(scope="module")
def trusting(playwright_driver: Playwright, chromium: str) -> Iterator[BrowserContext]:
    """A browser that takes a certificate that nobody signed, without asking for each of its requests again.

    A context that ignores the error restarts every request that meets it, and gives up now and then
    (ERR_TOO_MANY_RETRIES).
    """
    running = playwright_driver.chromium.launch(
        executable_path=chromium, args=[*ARGUMENTS, "--ignore-certificate-errors"]
    )
    yield running.new_context(viewport={"width": 1280, "height": 900})
    running.close()


@pytest.mark.parametrize("way", WORKING)
def test_all_of_it_works(way: str, ways: Ways, trusting: BrowserContext):
    url, page, complaints = ways.working[way], trusting.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{url}/traversals?{MODEL}")
    drawn(page.locator(".cells .pixels").first)
    page.get_by_role("link", name="Explore").click()
    page.wait_for_url(f"{url}/?{MODEL}*")
    drawn(page.locator(".map-canvas").first)
    page.close()
    assert complaints == []


def test_what_is_missing_is_said_in_one_sentence(ways: Ways, trusting: BrowserContext):
    opened: dict[str, Page] = {}
    for name, (url, _) in ways.lacking.items():
        opened[name] = trusting.new_page()
        opened[name].goto(f"{url}/compare")
    for name, (_, said) in ways.lacking.items():
        expect(opened[name].get_by_role("alert").filter(has_text=said)).to_be_visible()
        opened[name].close()
