"""Connections that ask for nothing: closed when no whole request has come for a while, sooner where they are many.

uvicorn gives up a connection that is idle between two requests, but waits for ever for the first one and for the rest
of half a request, so that whoever holds some hundreds of those takes all descriptors of the process.
"""

import asyncio
import contextlib
import gc
import time
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

PATIENCE = 10.0
"""Seconds for a whole head of a request."""
HASTE = 1.0
"""The same, where more than half of all descriptors are connections."""
LOOK = 1.0
DESCRIPTORS = 65_536


def raise_descriptors() -> int:
    """As many open files and sockets as the system lets us have, up to DESCRIPTORS; returns how many."""
    try:
        import resource
    except ImportError:  # Windows
        return DESCRIPTORS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # macOS allows less than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


class IdleConnections:
    """Since when each connection has been waited for, as long as no request is under way on it."""

    def __init__(self, descriptors: int) -> None:
        self._descriptors = descriptors
        self._since: WeakKeyDictionary[Any, tuple[object, float]] = WeakKeyDictionary()

    def close_old(self, connections: Iterable[Any], now: float) -> int:
        """Close those that have been waited for too long, and return how many; `connections` are uvicorn's."""
        waiting = [one for one in connections if _is_waiting(one)]
        patience = HASTE if 2 * len(waiting) > self._descriptors else PATIENCE
        old = [one for one in waiting if now - self._waited_since(one, now) >= patience]
        for one in old:
            one.transport.abort()
        return len(old)

    def _waited_since(self, connection: Any, now: float) -> float:
        """A request that came and went meanwhile begins it anew."""
        known = self._since.get(connection)
        if known is None or known[0] is not connection.cycle:
            known = self._since[connection] = (connection.cycle, now)
        return known[1]


async def close_idle_connections(descriptors: int) -> None:
    """Look at all connections of this process's servers again and again; runs until it is cancelled."""
    idle, states = IdleConnections(descriptors), _server_states()
    while True:
        await asyncio.sleep(LOOK)
        for state in states:
            idle.close_old(list(state.connections), time.monotonic())


def _server_states() -> list[Any]:
    """What uvicorn's servers keep of themselves; none hands itself to its app, so it is found among all objects."""
    return [item for item in gc.get_objects() if type(item).__name__ == "ServerState" and hasattr(item, "connections")]


def _is_waiting(connection: Any) -> bool:
    """Whether a request is yet to come; a websocket has no cycle."""
    cycle = getattr(connection, "cycle", connection)
    return cycle is None or (cycle is not connection and cycle.response_complete)
