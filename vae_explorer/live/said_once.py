"""A log that says a thing once a minute, however often it happens: whoever repeats a fault cannot fill a disk."""

import logging
import time

NAMES = (
    "asyncio",
    "uvicorn.error",
    "streamlit.web.server.starlette.starlette_routes",
    "streamlit.web.server.starlette.starlette_websocket",
)
"""The loggers that speak of what a client did."""
MINUTE = 60.0
MANY = 1000
LENGTH = 200


class SaidOnce(logging.Filter):
    """Lets a message through that was not said during the last minute, with how often it was kept back before."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is to be said."""
        text, now = record.getMessage()[:LENGTH], time.monotonic()
        when, kept = self._said.get(text, (-MINUTE, 0))
        if now - when < MINUTE:
            self._said[text] = (when, kept + 1)
            return False
        if len(self._said) >= MANY:
            self._said.clear()
        self._said[text] = (now, 0)
        if kept:
            record.msg, record.args = f"{record.getMessage()} ({kept:,} times more before)", ()
        return True


def say_things_once() -> None:
    """For the loggers of NAMES; a second call changes nothing."""
    for name in NAMES:
        logger = logging.getLogger(name)
        if not any(isinstance(known, SaidOnce) for known in logger.filters):
            logger.addFilter(SaidOnce())
