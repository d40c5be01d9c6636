"""Wishes: what a person wants changed while a run trains; one file, the last wish holds."""

import json
import math
from pathlib import Path
from typing import NamedTuple

from vae_explorer import folders, regular_files, strict_json
from vae_explorer.bounds import is_count, is_number
from vae_explorer.errors import MissingFile, StorageError
from vae_explorer.regular_files import Stamp

WISH = "wish.json"
MAX_BYTES = 1 << 12
MOST_WISHES = 10**9


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
        wish = Wish(**strict_json.mapping(regular_files.read(journal / WISH, MAX_BYTES)))
    except MissingFile:
        return None
    except (StorageError, ValueError, TypeError) as error:
        raise StorageError(f"{WISH} cannot be read; change beta again.") from error
    if not is_count(wish.number, 0, MOST_WISHES) or not is_number(wish.beta, -math.inf, math.inf):
        raise StorageError(f"{WISH} does not hold a number for beta; change beta again.")
    return wish


def write(journal: Path, wish: Wish) -> None:
    """Wish for something; whoever trains sees it within a second.

    Raises:
        StorageError: when it cannot be written.
    """
    folders.write_file(journal / WISH, json.dumps(wish._asdict()).encode())


def forget(journal: Path) -> None:
    """Take the wish back, if there is one.

    Raises:
        StorageError: when it cannot be deleted.
    """
    folders.remove_file(journal / WISH)


def stamp(journal: Path) -> Stamp | None:
    """What changes with every wish; None while there is none."""
    return regular_files.stamp(journal / WISH)
