"""A page without a browser: Streamlit's own socket, spoken to in its own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


class StreamlitSession:
    """Runs pages, and knows its id once it has run one."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.id = socket, ""

    def run(self, page: str) -> None:
        """Open a page and wait until it has run."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        self.socket.send(asked.SerializeToString())
        while True:
            said = ForwardMsg.FromString(self.socket.recv(timeout=60, decode=False))
            if said.HasField("new_session"):
                self.id = said.new_session.initialize.session_id
            if said.HasField("script_finished"):
                return


@contextmanager
def streamlit_session(port: int) -> Iterator[StreamlitSession]:
    address = f"ws://localhost:{port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # pyright: ignore[reportArgumentType]
        yield StreamlitSession(socket)
