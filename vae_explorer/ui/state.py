"""The session, every key of it but those of widgets: what is being looked at, mirrored in the URL, and what is not.

All values are plain. A copied link opens the same view.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import uuid4

import streamlit as st

from vae_explorer.ui.page_table import PAGES, home
from vae_explorer.ui.params import PARAMS, Value
from vae_explorer.ui.words import literal

REMEMBERED = 32
T = TypeVar("T")


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A plain value of the session that no link shows; its default until it is put."""

    key: str
    default: T

    def get(self) -> T:
        """The value; not to be changed in place."""
        return st.session_state.get(self.key, self.default)

    def put(self, value: T) -> None:
        """Keep a value."""
        st.session_state[self.key] = value

    def take(self) -> T:
        """The value, for the last time."""
        return st.session_state.pop(self.key, self.default)


_URLS: Entry[tuple[dict[str, str], ...]] = Entry("_urls", ())
_NOTES: Entry[tuple[str, ...]] = Entry("_notes", ())
_SEEN: Entry[Mapping[str, Any]] = Entry("_seen", {})
_ASKER = Entry("_asker", "")
AWAITED: Entry[Mapping[str, str]] = Entry("_awaited", {})
"""The key of each kind of map that is waited for."""
OFFERED_MAP: Entry[tuple[str, str]] = Entry("_offered-map", ("", "units"))
"""A model with its version, and the map that it opens with where nobody chose one."""
UNITS_MEANT = frozenset(("units", "view", "area"))
"""A link that says any of these and names no map is of two units."""
OFFERED_MODEL = Entry("_offered-model", "")
"""The model that a page opened with because nobody had chosen one."""
MAP_CHOSEN = Entry("_map-chosen", False)
"""Whether the map was chosen, by hand or by a link."""
COMPARISON: Entry[tuple[str, ...]] = Entry("_comparison", ())
"""The models that Compare started with; others were chosen by hand."""
DOT = Entry("_dot", "")
"""The model whose dot in a chart was clicked just now."""
KNOWN_PAGES: Entry[tuple[str, ...]] = Entry("_known-pages", ())
"""Pages whose welcome was put away in this session."""
ROWS_CHOSEN: Entry[tuple[str, ...]] = Entry("_rows-chosen", ())
"""The models chosen in the table."""
ROWS_BEFORE: Entry[tuple[str, tuple[int, ...]]] = Entry("_rows-before", ("", ()))
"""The key of the table that is shown, and the rows that were chosen in it at first."""
READING: Entry[Mapping[str, str]] = Entry("_reading", {})
"""How a person reads weights of which measurement could not tell, chosen just now."""
REFUSED: Entry[tuple[str, str]] = Entry("_refused", ("", ""))
"""The key of the button or field whose act was refused last, and why."""
DELETION = Entry("_deletion", "")
"""The run whose deletion is to be confirmed."""
CHANGED = Entry("_changed", False)
"""Whether a run was changed just now, which the rest of the page, and the address, do not show yet."""
CHANGES = Entry("_changes", 0)
"""How often runs were changed."""


def get(name: str) -> Any:
    """The value of a row of PARAMS; its default where nothing was chosen."""
    return st.session_state.get(name, PARAMS[name].default)


def chosen(name: str) -> bool:
    """Whether a row of PARAMS was given a value, be it its default."""
    return name in st.session_state


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


def forget(*names: str) -> None:
    """As if they had never been given a value."""
    for name in names:
        st.session_state.pop(name, None)


def watch(run: str) -> None:
    """Keep watching a run, of which something was chosen just now that the address is to show."""
    put("run", run)
    CHANGED.put(True)


def changed(what: str, now: Any) -> bool:
    """Whether something is another than when it was last asked about; never the first time, nor after a link."""
    seen = _SEEN.get()
    _SEEN.put({**seen, what: now})
    return seen.get(what, now) != now


def former(what: str, now: str) -> str:
    """What something was when it was last asked about, if that was another; empty the first time, and after a link."""
    before = _SEEN.get().get(what, now)
    return before if changed(what, now) else ""


def note(sentence: str) -> None:
    """Say something once, in one line, without moving the page."""
    _NOTES.put((*_NOTES.get(), sentence))


def asker() -> str:
    """Names this session to those who work for several."""
    _ASKER.put(_ASKER.get() or uuid4().hex)
    return _ASKER.get()


def show_notes() -> None:
    """Show what was noted during this run."""
    for sentence in _NOTES.take():
        st.toast(literal(sentence), icon=":material/info:", duration="long")


def read_url() -> None:
    """Take over the URL that a person opened; what it cannot mean becomes a note.

    Not news: no query (a page link), and what we wrote before, which a rerun may still bring after it was overtaken.
    """
    query = st.query_params.to_dict()
    news = query and query not in _URLS.get()
    if query:
        _remember(query)  # what comes with every rerun is not forgotten
    if news:
        follow(query)


def follow(query: Mapping[str, str]) -> None:
    """Take over what a link says, as if it had been opened; what is missing in it stays."""
    _SEEN.put({})
    for name, text in query.items():
        _read(name, text)
    _read_map(query)


def _remember(query: dict[str, str]) -> None:
    known = [other for other in _URLS.get() if other != query]
    _URLS.put((*known, query)[-REMEMBERED:])


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
        return
    row = PARAMS[name]
    if row.most and text.count(",") >= row.most:
        note(f"{row.title}: the link names {text.count(',') + 1}; the first {row.most} are shown.")


def _read_map(query: Mapping[str, str]) -> None:
    """A link that names a map has chosen it; one that names units, or places on a map, and no map is of two units."""
    if "plane" not in query and not UNITS_MEANT.isdisjoint(query):
        reset("plane")
        MAP_CHOSEN.put(True)
    if query.get("plane") == get("plane"):
        MAP_CHOSEN.put(True)


def query(page: str) -> str:
    """What this page shows as a URL's query; defaults are left out, so that links stay short."""
    written = {name: _written(name) for name in PAGES[page].parameters if _differs(name)}
    if written:
        _remember(written)
    return f"?{urlencode(written)}" if written else ""


def _differs(name: str) -> bool:
    if name == "model" or (name == "plane" and get(name) != OFFERED_MAP.get()[1]):
        return True
    own = {"pin": get("point") is None, "plane": MAP_CHOSEN.get() or any(map(get, (*UNITS_MEANT, "spot")))}
    return own.get(name, True) and get(name) != PARAMS[name].default


def _written(name: str) -> str:
    value: Value = get(name)
    return PARAMS[name].write(value)
