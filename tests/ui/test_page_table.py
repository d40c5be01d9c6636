"""A page is one script and one row: navigation, addresses and routes follow."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tests.ui.test_pages import fine, query
from vae_explorer.live.pages import page_document, page_routes
from vae_explorer.live.redirects import UnknownPages
from vae_explorer.ui.page_table import PAGES, SCRIPTS, Page
from vae_explorer.ui.params import PARAMS


def test_every_parameter_stands_on_a_page_and_pages_name_no_others():
    assert {name for row in PAGES.values() for name in row.parameters} == set(PARAMS)


def test_every_script_but_the_navigation_is_a_page():
    assert {row.script for row in PAGES.values()} == set(SCRIPTS.glob("*.py")) - {
        SCRIPTS / "__init__.py",
        SCRIPTS / "main.py",
    }


@pytest.fixture
def toy(tmp_path, monkeypatch) -> Page:
    script = tmp_path / "toy.py"
    script.write_text('import streamlit as st\nst.markdown("This is a toy.")\n', encoding="utf-8")
    row = Page("Toy", "toys", script, ("steps", "model"), "A toy to look at.")
    monkeypatch.setitem(PAGES, "toy", row)
    return row


def test_a_new_page_opens_and_its_address_shows_its_parameters(toy, open_page):
    at = open_page("toy", {"steps": "5", "span": "3"})
    assert fine(at)
    assert [text.value for text in at.markdown] == ["A toy to look at.", "This is a toy."]
    assert query(at) == {"steps": "5", "model": "mnist-mlp-z2"}


def test_a_new_page_has_an_address(toy, tmp_path):
    index = tmp_path / "index.html"
    index.write_text("<head></head>", encoding="utf-8")
    for base in ("", "/base"):
        unknown = Middleware(UnknownPages, pages=PAGES, base=base)
        served = Starlette(routes=page_routes(page_document(index), PAGES, base), middleware=[unknown])
        assert get(served, f"{base}/toy")[1].startswith("<head><script>")
        assert get(served, f"{base}/explore")[0] == "./"
        assert get(served, f"{base}/toy/")[0] == "../toy"
        assert get(served, f"{base}/joy")[0] == "./?page=joy"
    assert get(served, "/base")[0] == "base/"
    assert get(served, "/elsewhere")[0] == "/base/"


def get(app: Starlette, path: str) -> tuple[str, str]:
    """Where the answer to a browser leads, and its text."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    headers = [(b"accept", b"text/html")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    asyncio.run(app(scope, receive, send))
    return dict(sent[0]["headers"]).get(b"location", b"").decode(), sent[1]["body"].decode()
