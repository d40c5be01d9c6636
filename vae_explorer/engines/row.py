"""Engine: a row of ENGINES, the workers that it opens, and what is handed to them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from vae_explorer.errors import ExplorerError


class WorkerLost(ExplorerError):
    """A worker that ended without an answer: it was killed, or its machine is gone."""


class Task(NamedTuple):
    """An attempt as it is handed to a worker: words and numbers alone."""

    folder: str
    """Of the job, by the path that it has on all machines."""
    attempt: int
    words: list[str]
    """After `python -m vae_explorer`."""
    environment: dict[str, str]
    versions: dict[str, str]
    """Of whoever asks."""


class Pending(Protocol):
    """An attempt in the hands of a worker."""

    def done(self) -> bool:
        """Whether it is over, however it ended."""
        ...

    def result(self) -> str:
        """Why it was refused, in one sentence; empty when it was made, whatever came of it.

        Raises:
            WorkerLost: when the worker is gone.
        """
        ...


class Crew(NamedTuple):
    """Workers that answer."""

    submit: Callable[[Task], Pending]
    slots: int
    """Attempts at a time, unless fewer are asked for."""


class Engine(NamedTuple):
    """Where the runs of a sweep train."""

    title: str
    crew: Callable[[str], AbstractContextManager[Crew]]
    """Opens the workers at an address, or the usual ones where that is empty; an ExplorerError where none answer."""
    package: str = ""
    """That must be installed, and by which requirement file."""
    extra: str = ""
    address: str = ""
    """How an address is written; empty where it takes none."""


class Choice(NamedTuple):
    """An engine that was chosen."""

    name: str
    engine: Engine
    address: str
