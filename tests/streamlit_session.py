"""A page without a browser: Streamlit's own socket, spoken to in its own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


class StreamlitSession:
    """Runs pages, and knows its id once it has run one."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.id = socket, ""

    def run(self, page: str, *said: WidgetState, query: str = "") -> list[Delta]:
        """Open a page, with what is said of its widgets, wait until it has run, and give what it shows."""
        asked, shown = BackMsg(), []
        asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
        asked.rerun_script.widget_states.widgets.extend(said)
        self.socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(self.socket.recv(timeout=60, decode=False))
            if told.HasField("new_session"):
                self.id = told.new_session.initialize.session_id
            if told.HasField("delta"):
                shown.append(told.delta)
            if told.HasField("script_finished") and told.script_finished != EARLY:
                return shown


@contextmanager
def streamlit_session(port: int, *former: str) -> Iterator[StreamlitSession]:
    """Of a browser that has just come, or that had a session before: an empty word, then that one's id."""
    address = f"ws://localhost:{port}/_stcore/stream"
    words = ["streamlit", *former]
    with connect(address, subprotocols=words, max_size=None) as socket:  # pyright: ignore[reportArgumentType]
        yield StreamlitSession(socket)
