"""Wishes: what a person wants changed while a run trains; one file, the last wish holds."""

import json
from pathlib import Path
from typing import NamedTuple

from vae_explorer import folders
from vae_explorer.errors import StorageError

WISH = "wish.json"
MAX_BYTES = 1 << 12


class Wish(NamedTuple):
    """Another beta."""

    beta: float
    number: int
    """Counted from 1; 0: nobody has wished anything yet."""


def read(journal: Path) -> Wish | None:
    """The last wish; None when there is none.

    Raises:
        StorageError: when it cannot be read.
    """
    try:
        with (journal / WISH).open("rb") as file:
            values = json.loads(file.read(MAX_BYTES))
        wish = Wish(**values)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise StorageError(f"{WISH} cannot be read; change beta again.") from error
    if not isinstance(wish.number, int) or not isinstance(wish.beta, int | float):
        raise StorageError(f"{WISH} does not hold a number for beta; change beta again.")
    return wish


def write(journal: Path, wish: Wish) -> None:
    """Wish for something; whoever trains sees it within a second.

    Raises:
        StorageError: when it cannot be written.
    """
    folders.write_file(journal / WISH, json.dumps(wish._asdict()).encode())


def forget(journal: Path) -> None:
    """Take the wish back, if there is one."""
    (journal / WISH).unlink(missing_ok=True)


def stamp(journal: Path) -> tuple[int, int] | None:
    """What changes with every wish; None while there is none."""
    try:
        found = (journal / WISH).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
