"""What a new session and a browser that had another one say to each other, in Streamlit's own words."""

from collections.abc import Sequence

import streamlit as st
from google.protobuf.message import DecodeError
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

RARELY = 7 * 86_400.0
"""Seconds; a browser's clock knows no more than 24 days."""


def ask_again() -> None:
    """Have the browser ask for the page when its connection comes back: it does so where a part runs by the clock."""
    st.fragment(lambda: None, run_every=RARELY)()


class Returned:
    """A browser that shows an address, while its words bring the one that it opened."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._stale: str | None = None
        self._asked = False

    def asks(self, frame: bytes) -> bool:
        """Whether the page is asked for."""
        return _asked(frame) is not None

    def heard(self, frame: bytes) -> Sequence[bytes]:
        """The same, at the address that is shown; the first time the page before the act, which is of its parts."""
        asked = _asked(frame)
        if asked is None:
            return [frame]
        self._keep_address(asked)
        before = [] if self._asked else _page_alone(asked)
        self._asked = True
        return [BackMsg(rerun_script=one).SerializeToString() for one in (*before, asked)]

    def stands(self, frame: bytes) -> bool:
        """Whether the page has run to its end, be it one of errors."""
        said, early = ForwardMsg.FromString(frame), ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
        return said.WhichOneof("type") == "script_finished" and said.script_finished != early

    def _keep_address(self, asked: ClientState) -> None:
        """Until Back is pressed or a link, the browser brings the query that it brought first."""
        if asked.query_string and not asked.is_history_navigation:
            self._stale = asked.query_string if self._stale is None else self._stale
            asked.query_string = self._query if asked.query_string == self._stale else asked.query_string


def returned(former: str, query: str) -> Returned | None:
    """Of a browser that had the session of this id; None where that goes on."""
    return None if runtime.get_instance().is_active_session(former) else Returned(query)


def _asked(frame: bytes) -> ClientState | None:
    try:
        said = BackMsg.FromString(frame)
    except DecodeError:
        return None
    return said.rerun_script if said.WhichOneof("type") == "rerun_script" else None


def _page_alone(asked: ClientState) -> list[ClientState]:
    """What shows the page without an act; nothing where there is none."""
    page, kept = ClientState(), [one for one in asked.widget_states.widgets if not _is_act(one)]
    page.CopyFrom(asked)
    page.ClearField("fragment_id")
    page.ClearField("widget_states")
    page.widget_states.widgets.extend(kept)
    return [page] if asked.fragment_id or len(kept) < len(asked.widget_states.widgets) else []


def _is_act(one: WidgetState) -> bool:
    return "trigger" in str(one.WhichOneof("value"))
