"""The line for newcomers: on every page once, away for good when it is put away, whatever a cookie says besides."""

import pytest
import streamlit as st

from tests.ui.test_pages import fine
from vae_explorer.ui import welcome
from vae_explorer.ui.page_table import PAGES


def said(at, page: str) -> bool:
    return PAGES[page].welcome in [block.value for block in at.markdown]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_is_seen_until_that_is_put_away(open_page, page):
    at = open_page(page)
    assert fine(at)
    assert said(at, page)
    at.button(key="welcome-off").click().run()
    assert not said(at, page)
    other = next(name for name in PAGES if name != page)
    at.switch_page(str(PAGES[other].script)).run()
    assert said(at, other)
    assert not said(at.switch_page(str(PAGES[page].script)).run(), page)


@pytest.mark.parametrize(
    ("cookie", "known"),
    [
        ("explore.train", ("explore", "train")),
        ("train.<b>.explore.nothing", ("explore", "train")),
        ("", ()),
        ("..", ()),
    ],
)
def test_a_cookie_names_the_pages_that_are_known(monkeypatch, cookie, known):
    monkeypatch.setattr(type(st.context), "cookies", {welcome.COOKIE: cookie})
    assert welcome.known_pages() == known
    assert welcome.cookie() == (f"{welcome.COOKIE}={'.'.join(known)}" if known else "")
