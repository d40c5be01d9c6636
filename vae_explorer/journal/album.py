"""The album: a run's snapshots on disk, evenly spread over its training and never too many."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vae_explorer import folders
from vae_explorer.errors import StorageError
from vae_explorer.journal import snapshots
from vae_explorer.journal.snapshots import Snapshot

MOST, MOST_BYTES = 60, 1 << 25
"""Snapshots in a journal, and what they may take together."""


class Album:
    """The snapshots up to a step; of a run that begins, none."""

    def __init__(self, journal: Path, step: int, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._journal, self._most, self._most_bytes = journal, most, most_bytes
        folders.tidy(journal / snapshots.FOLDER)
        found = snapshots.steps(journal)
        self._bytes = {known: snapshots.size(journal, known) for known in found if 0 < step >= known}
        for known in found:
            if known not in self._bytes:
                snapshots.remove(journal, known)
        self.map = self._last_map()

    def __contains__(self, step: int) -> bool:
        return step in self._bytes

    def __len__(self) -> int:
        return len(self._bytes)

    def add(self, snapshot: Snapshot) -> None:
        """Keep one more, and let go of others when there are too many.

        Raises:
            StorageError: when it cannot be written.
        """
        self._bytes[snapshot.step] = snapshots.write(self._journal, snapshot)
        self.map = snapshot.xy
        while len(self) > 2 and (len(self) > self._most or sum(self._bytes.values()) > self._most_bytes):
            spared = spare(sorted(self._bytes))
            snapshots.remove(self._journal, spared)
            del self._bytes[spared]

    def _last_map(self) -> np.ndarray | None:
        """What the next map is turned to."""
        try:
            return snapshots.read(self._journal, max(self._bytes)).xy if self._bytes else None
        except StorageError:
            return None


def spare(steps: Sequence[int]) -> int:
    """The step, of three or more that rise, that leaves the smallest gap when it goes; never the first or the last."""
    gaps = [later - earlier for earlier, later in zip(steps, steps[2:], strict=False)]
    return steps[1 + gaps.index(min(gaps))]
