"""What happens once, beside the first seconds of serving: quick sockets, and a model ready before it is asked for."""

import asyncio
import contextlib
import gc
import logging
import socket
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np

from vae_explorer.checkpoints import catalogue, originals
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import desk
from vae_explorer.live import batch
from vae_explorer.live.idle_connections import close_idle_connections, raise_descriptors
from vae_explorer.live.said_once import say_things_once

LOG = logging.getLogger(__name__)
DEAF = 10
"""Seconds after which a connection is given up whose other end takes nothing of what is written to it."""
LEAVING = 2
"""Seconds that the server gives those who are connected when it is told to end."""
INTERNET = (socket.AF_INET, socket.AF_INET6)
PAUSE = 5.0
"""Seconds from the start-up hook to the warm-up. Beside the first page it would cost that page 2 s of a shared
interpreter; a page that wants a picture earlier has it loaded at once by asking."""
MANY = 50
"""Modules that are worth a collection."""
TURN = 0.001
"""Seconds that a thread keeps the interpreter while others want it. A picture takes it ten times over, and of Python's
own 5 ms each time behind the rerun of a page nothing would be left that follows the hand."""


@asynccontextmanager
async def lifespan(app: Any, pause: float = PAUSE) -> AsyncIterator[None]:
    """The app's start-up hook."""
    sys.setswitchinterval(TURN)
    tune_sockets()
    bound_leaving()
    say_things_once()
    closer = asyncio.create_task(close_idle_connections(raise_descriptors()))
    threading.Thread(target=take_up_queue, name="queue", daemon=True).start()
    worker = threading.Thread(target=warm_up, name="warm-up", daemon=True)
    timer = asyncio.get_running_loop().call_later(pause, worker.start)
    try:
        yield
    finally:
        timer.cancel()
        closer.cancel()


def tune_sockets(deaf: int = DEAF) -> int:
    """Have the process's TCP sockets send at once and give up on who is deaf; returns how many there are.

    Sockets accepted later inherit both on Linux.

    Streamlit binds its listening socket itself, with protocol number 0, and asyncio switches Nagle's algorithm off only
    where that number says TCP; so each small message waits some 40 ms for an acknowledgement. Neither Streamlit nor
    uvicorn hands the socket to an app, and it exists before the start-up hook runs, so it is found
    among the live objects.
    """
    found = [item for item in gc.get_objects() if issubclass(type(item), socket.socket)]
    tcp = [item for item in found if item.family in INTERNET and item.type == socket.SOCK_STREAM]
    for item in tcp:
        with contextlib.suppress(OSError):  # closed meanwhile
            item.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux alone
                item.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000 * deaf)
    return len(tcp)


def bound_leaving(seconds: int = LEAVING) -> int:
    """Have the server end when it is told to, though somebody takes nothing; returns how many servers there are.

    Else uvicorn waits until every connection is closed. Streamlit makes its settings, so they too are found.
    """
    found = [item for item in gc.get_objects() if type(item).__module__ == "uvicorn.config" and hasattr(item, "app")]
    for item in found:
        item.timeout_graceful_shutdown = seconds
    return len(found)


def take_up_queue() -> None:
    """Go on with the runs that an app left waiting, though nobody opens the page that looks at them."""
    try:
        desk.pump()
    except (ExplorerError, OSError) as error:
        LOG.warning("The queue of runs could not be taken up: %s", error)


def warm_up(model: str = catalogue.DEFAULT_ID) -> None:
    """Import PyTorch, decode one code of the first model, chart its plane, read its images, then freeze.

    Frozen objects are no longer visited by a full garbage collection, which stops everybody.
    """
    try:
        batch.torch_side()
        checkpoint = catalogue.find(model)
        batch.pictures(checkpoint.id, np.zeros((1, checkpoint.recipe.model.latent_dim), np.float32))
        catalogue.chart(checkpoint, "pca")
        found = originals.originals(checkpoint)
        if found.available:
            originals.image_set(found.dataset, found.split)
    except ExplorerError as error:
        LOG.warning("The default model was not loaded at start: %s", error)
    except Exception as error:
        LOG.warning("The warm-up failed: %r", error)
    _freeze()


def settle() -> None:
    """Freeze what was imported since the warm-up, once it is much; called at the end of every run of a page.

    scikit-learn, which comes with the first clustering or data set, would cost every later collection 57 ms.
    """
    if _Frozen.modules and len(sys.modules) >= _Frozen.modules + MANY:
        _freeze()


class _Frozen:
    modules = 0
    """How many were imported when the heap was last frozen; 0: never, and it is not yet time."""


def _freeze() -> None:
    gc.collect()
    gc.freeze()
    _Frozen.modules = len(sys.modules)
