"""What an attempt says, line by line as it comes."""

from pathlib import Path

from vae_explorer import regular_files

MOST = 1 << 20
"""Bytes that are read at a time."""


class LogLines:
    """The lines of a log that were not told yet; of one that was cut short meanwhile, those after that."""

    def __init__(self, path: Path) -> None:
        self._path, self._offset = path, 0

    def new(self) -> list[str]:
        """The whole lines that have come."""
        stamp = regular_files.stamp(self._path)
        if stamp is not None and stamp.size < self._offset:
            self._offset = stamp.size
        found = regular_files.after(self._path, self._offset, MOST)
        whole = found[: found.rfind(b"\n") + 1]
        self._offset += len(whole)
        return whole.decode(errors="replace").splitlines()
