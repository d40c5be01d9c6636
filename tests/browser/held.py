"""A page that cannot reach the server's Streamlit for a while; the live channel stays open."""

import re
from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page, WebSocket, WebSocketRoute

from tests.browser.eyes import until


class HeldPage:
    """A page whose words to the server can be held back, and the number of times that pictures were asked for."""

    def __init__(self, page: Page):
        self.page, self.held, self.asked = page, False, 0
        self._waiting: list[Callable[[], None]] = []
        page.route_web_socket(re.compile("/_stcore/stream"), self._through)
        page.on("websocket", self._listen)

    def let_go(self) -> None:
        """One of its words, the first, once there is one."""
        until(lambda: self.page.evaluate("true") and bool(self._waiting), "the page says nothing")
        self._waiting.pop(0)()

    def _through(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda said: self._say(partial(server.send, said)))

    def _say(self, say: Callable[[], None]) -> None:
        if self.held:
            self._waiting.append(say)
        else:
            say()

    def _listen(self, socket: WebSocket) -> None:
        if socket.url.endswith("/live"):
            socket.on("framesent", lambda _: setattr(self, "asked", self.asked + 1))
