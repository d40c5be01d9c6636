"""The zip of a model, as `archives` makes it, as a run again; nothing in it is trusted."""

import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import IO

from vae_explorer import checkpoints, folders, npz
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import CheckpointError, StorageError, require
from vae_explorer.jobs import run_names
from vae_explorer.jobs.archives import MAX_BYTES, MB
from vae_explorer.pictures import zips
from vae_explorer.pictures.pile import BOUNDS

KNOWN = checkpoints.FILES | {checkpoints.UNIT_NAMES}
"""Files that are taken; a journal, which the time machine alone needs, is left out."""


def holds_model(archive: zipfile.ZipFile) -> bool:
    """Whether there is a checkpoint's config.json in a folder of it."""
    return len(_tops(archive)) == 1


def unzipped(file: IO[bytes], most: int = MAX_BYTES) -> str:
    """Put the model where runs lie; gives its name, with a number where that is another model's already.

    Raises:
        InvalidSetting: for an archive of more than one model or of none, or of too many bytes.
        StorageError: when it is no archive, or the run cannot be written.
        CheckpointError: when its files are not those of one checkpoint; nothing is left of them.
    """
    with zips.opened(file, BOUNDS) as archive:
        tops = _tops(archive)
        require(len(tops) == 1, f"An archive of one model is expected; this one holds {len(tops) or 'none'}.")
        (top,) = tops
        require(
            checkpoints.NAME.fullmatch(top) is not None, "The folder in the archive has no name that a run may have."
        )
        contents = _contents(archive, top, most)
    name = run_names.unclaimed(top)
    folder = catalogue.roots()[1] / name
    folders.write_folder(folder, contents)
    try:
        checkpoints.open_checkpoint(folder)
    except CheckpointError:
        folders.remove(folder)
        raise
    return name


def _tops(archive: zipfile.ZipFile) -> set[str]:
    """The folders that hold a config.json."""
    paths = [PurePosixPath(name) for name in archive.namelist()]
    return {path.parts[0] for path in paths if len(path.parts) == 2 and path.name == checkpoints.CONFIG}


def _contents(archive: zipfile.ZipFile, top: str, most: int) -> Mapping[str, bytes]:
    entries = {name: archive.NameToInfo.get(f"{top}/{name}") for name in sorted(KNOWN)}
    found = {name: entry for name, entry in entries.items() if entry is not None}
    total = sum(entry.file_size for entry in found.values())
    require(total <= most, f"The model is larger than the {most // MB:,} MB that are taken; copy its folder.")
    packed = all(entry.compress_type in npz.PACKING for entry in found.values())
    require(packed, "The archive is packed in an unusual way; make an ordinary zip of the model's folder.")
    try:
        return {name: _read(archive, entry) for name, entry in found.items()}
    except npz.UNREADABLE as error:
        raise StorageError("The archive is damaged or encrypted, and cannot be read.") from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        return file.read(entry.file_size)  # never more, whatever it says of its size
