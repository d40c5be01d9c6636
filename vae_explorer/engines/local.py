"""Processes of this machine, side by side."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from vae_explorer.engines import worker
from vae_explorer.engines.row import Crew

MOST = 100
"""Processes at a time."""


@contextmanager
def crew(address: str) -> Iterator[Crew]:
    """A thread for each process at work, which waits for it."""
    with ThreadPoolExecutor(MOST) as pool:
        yield Crew(lambda task: pool.submit(worker.attempt, *task), os.cpu_count() or 1)
