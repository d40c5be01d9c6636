"""A model as one zip: what lies in its folder, and what its journal remembers.

Unzipped where runs lie, it is a run again, with its journal where one belongs.
"""

import contextlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from vae_explorer import checkpoints, folders, regular_files
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import CheckpointError, StorageError, require
from vae_explorer.jobs import records
from vae_explorer.jobs.storage import file_size
from vae_explorer.journal.snapshots import FILE, FIXED, FOLDER
from vae_explorer.journal.trace import TRACE

MB = 1_000_000
MAX_BYTES = 256 * MB
"""Of all files together; they are held in memory, once each and once more in the archive."""
MODE = 0o644
"""Of the files once they are unzipped."""
TRIES = 20
"""A short epoch replaces the folder many times a second."""


def size(name: str) -> int:
    """Bytes that the archive would hold at this moment; 0 when there is no checkpoint to hold.

    Raises:
        InvalidSetting: for a name that no checkpoint may have, or a link where a folder belongs.
    """
    place = _place(name)
    files = [*_checkpoint(place), *_journal(name)]
    return sum(map(file_size, files)) if regular_files.is_file(place / checkpoints.CONFIG) else 0


def zipped(name: str, most: int = MAX_BYTES) -> bytes:
    """The files of a checkpoint as they stand, all of one moment, and those of its journal.

    Links are not followed, and what is no part of a checkpoint or a journal stays out.

    Raises:
        InvalidSetting: for a name that no checkpoint may have, a link where a folder belongs, or too many bytes.
        CheckpointError: when there is no checkpoint, or it cannot be read.
    """
    require(size(name) <= most, f"{name} is larger than the {most // MB} MB that are zipped; copy it.")
    whole = {f"{name}/{path.name}": data for path, data in _whole(name).items()}
    journal = records.journal(name)
    for path, data in _read(_journal(name)).items():
        whole[f"{journal.relative_to(records.root()).as_posix()}/{path.relative_to(journal).as_posix()}"] = data
    return _archive(whole)


def _place(name: str) -> Path:
    """Where the files stand: of two models of one name the shipped one is known, as in the catalogue."""
    run = records.run_folder(name)
    shipped = catalogue.roots()[0] / name
    return shipped if regular_files.is_folder(shipped) else folders.standing(run)


def _whole(name: str) -> dict[Path, bytes]:
    """The checkpoint's files, read again when the folder was replaced meanwhile."""
    for _ in range(TRIES):
        place = _place(name)
        before = _number(place)
        found = _read(_checkpoint(place))
        if before and before == _number(place) and place / checkpoints.CONFIG in found:
            return found
    raise CheckpointError(f"{name} has no checkpoint that can be read; try again in a moment.")


def _number(place: Path) -> int:
    """Names the very folder that stands there; 0 when there is none, or a link."""
    found = regular_files.stamp(place) if regular_files.is_folder(place) else None
    return 0 if found is None else found.number


def _checkpoint(place: Path) -> list[Path]:
    return [place / name for name in sorted({*checkpoints.FILES, checkpoints.UNIT_NAMES})]


def _journal(name: str) -> list[Path]:
    place = records.journal(name)
    snapshots = place / FOLDER
    if not _number(place):
        return []
    kept = [snapshots / name for name in regular_files.names(snapshots) if FILE.fullmatch(name)]
    return [place / FIXED, place / TRACE, *kept]


def _read(paths: Iterable[Path]) -> dict[Path, bytes]:
    """The content of those that are files, and there."""
    found = {}
    for path in paths:
        with contextlib.suppress(StorageError):
            found[path] = regular_files.read(path, MAX_BYTES)
    return found


def _archive(contents: Mapping[str, bytes]) -> bytes:
    """Stored, not packed: weights do not shrink, and arrays are packed already."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = MODE << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
