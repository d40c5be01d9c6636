"""What is being looked at: plain values in the session, mirrored in the URL; a copied link opens the same view."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import streamlit as st

from vae_explorer.ui.page_table import PAGES, home
from vae_explorer.ui.params import PARAMS, Value
from vae_explorer.ui.words import literal

_URLS = "_urls"
REMEMBERED = 32
_NOTES = "_notes"
_SEEN = "_seen"


def get(name: str) -> Any:
    """The value of a row of PARAMS; its default where nothing was chosen."""
    return st.session_state.get(name, PARAMS[name].default)


def put(name: str, value: Any) -> bool:
    """Keep a value that came from a widget, a component or the URL; a bad one becomes a note instead."""
    try:
        st.session_state[name] = PARAMS[name].check(value)
    except ValueError as error:
        note(f"{PARAMS[name].title}: not changed, {error}.")
        return False
    return True


def reset(*names: str) -> None:
    """Back to the defaults."""
    for name in names:
        st.session_state[name] = PARAMS[name].default


def changed(what: str, now: Any) -> bool:
    """Whether something is another than when it was last asked about; never the first time, nor after a link."""
    seen = st.session_state.setdefault(_SEEN, {})
    before, seen[what] = seen.get(what, now), now
    return before != now


def note(sentence: str) -> None:
    """Say something once, in one line, without moving the page."""
    st.session_state.setdefault(_NOTES, []).append(sentence)


def asker() -> str:
    """Names this session to those who work for several."""
    return st.session_state.setdefault("_asker", uuid4().hex)


def show_notes() -> None:
    """Show what was noted during this run."""
    for sentence in st.session_state.pop(_NOTES, []):
        st.toast(literal(sentence), icon=":material/info:", duration="long")


def read_url() -> None:
    """Take over the URL that a person opened; what it cannot mean becomes a note.

    Not news: no query (a page link), and what we wrote before, which a rerun may still bring after it was overtaken.
    """
    query = st.query_params.to_dict()
    if not query or query in st.session_state.get(_URLS, []):
        return
    _remember(query)
    st.session_state[_SEEN] = {}
    for name, text in query.items():
        _read(name, text)


def _remember(query: dict[str, str]) -> None:
    known = [other for other in st.session_state.get(_URLS, []) if other != query]
    st.session_state[_URLS] = [*known, query][-REMEMBERED:]


def _read(name: str, text: str) -> None:
    if name == "page":
        note(f"There is no page “{text[:40]}”; this is {PAGES[home()].title}.")
        return
    if name not in PARAMS:
        note(f"The link's “{name[:40]}” means nothing here and was dropped.")
        return
    try:
        st.session_state[name] = PARAMS[name].read(text)
    except ValueError:
        note(f"{PARAMS[name].title}: the link’s “{text[:40]}” cannot be read; the default is shown.")


def query(page: str) -> str:
    """What this page shows as a URL's query; defaults are left out, so that links stay short."""
    written = {name: _written(name) for name in PAGES[page].parameters if _differs(name)}
    if written:
        _remember(written)
    return f"?{urlencode(written)}" if written else ""


def _differs(name: str) -> bool:
    derived = name == "pin" and get("point") is not None
    return not derived and (name == "model" or get(name) != PARAMS[name].default)


def _written(name: str) -> str:
    value: Value = get(name)
    return PARAMS[name].write(value)
