"""Checkpoint folders, each verified once for as long as it stays as it is."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from vae_explorer import folders, regular_files
from vae_explorer.checkpoints.checkpoint import Checkpoint
from vae_explorer.checkpoints.folder import CONFIG, FILES, NAME
from vae_explorer.checkpoints.verification import Verified, require_known, verified
from vae_explorer.errors import ExplorerError
from vae_explorer.regular_files import Stamp
from vae_explorer.texts import visible

LOG = logging.getLogger(__name__)
MOST_SEEN = 20_000
"""Folders that are remembered, those that are gone among them."""
SHOWN = 80
"""Characters of a name that is none."""
FAILED = "its files cannot be read; the log tells more."


@dataclass(frozen=True)
class Entry:
    """A checkpoint folder: opened, or the one sentence that says why it cannot be used."""

    id: str
    checkpoint: Checkpoint | None
    reason: str = ""


class _Seen(NamedTuple):
    """A folder when it was last looked at."""

    glance: tuple[Stamp | None, ...]
    """Of the folder and its config.json, which a folder that is replaced, moved or deleted has not any more."""
    files: tuple[Stamp | None, ...]
    """Of all its files, which somebody may have written by hand."""
    known: int
    """The stamp of the data sets."""
    found: Verified | str
    """What was verified, or why it cannot be used."""
    entry: Entry


class Inventory:
    """The folders that were seen: of all of them each is glanced at, and one that is asked for is looked at whole."""

    def __init__(self, verify: Callable[[Path], Verified] = verified) -> None:
        self._verify, self._seen, self._lock = verify, dict[str, _Seen](), threading.Lock()

    def entries(self, root: Path, known: int) -> list[Entry]:
        """Every folder under a root, by name; an entry in place of a root that cannot be read.

        known: what changes when the data sets do.
        """
        try:
            paths = [f"{root}/{name}" for name in sorted(folders.names(root))]
        except ExplorerError as error:
            return [Entry(visible(root.name, SHOWN), None, str(error))]
        if len(self._seen) > MOST_SEEN:
            self._seen.clear()
        return [self._glanced(path, known) for path in paths]

    def entry(self, folder: Path, known: int) -> Entry:
        """One folder."""
        path = str(folder)
        seen, files = self._seen.get(path), _files(folder)
        if seen is None or (seen.files, seen.known) != (files, known):
            seen = self._looked(path, known)
        return seen.entry

    def _glanced(self, path: str, known: int) -> Entry:
        seen = self._seen.get(path)
        if seen is None or seen.known != known or seen.glance != _glance(path):
            seen = self._looked(path, known)
        return seen.entry

    def _looked(self, path: str, known: int) -> _Seen:
        """Files that are as they were are not verified another time."""
        folder = Path(path)
        with self._lock:
            before, glance, files = self._seen.get(path), _glance(path), _files(folder)
            found = before.found if before is not None and before.files == files else self._found(folder)
            seen = _Seen(glance, files, known, found, _entry(folder.name, found))
            self._seen[path] = seen
        return seen

    def _found(self, folder: Path) -> Verified | str:
        try:
            return self._verify(folder)
        except ExplorerError as error:
            return str(error)
        except Exception:
            LOG.exception("%s could not be opened", visible(str(folder), SHOWN))
            return FAILED


def _entry(name: str, found: Verified | str) -> Entry:
    if isinstance(found, str):
        return Entry(name if NAME.fullmatch(name) else visible(name, SHOWN), None, found)
    try:
        require_known(found)
    except ExplorerError as error:
        return Entry(name, None, str(error))
    return Entry(name, found.checkpoint)


def _glance(path: str) -> tuple[Stamp | None, ...]:
    return regular_files.stamp(path), regular_files.stamp(f"{path}/{CONFIG}")


def _files(folder: Path) -> tuple[Stamp | None, ...]:
    place = folders.standing(folder)
    return (regular_files.stamp(folder), *(regular_files.stamp(f"{place}/{name}") for name in sorted(FILES)))
