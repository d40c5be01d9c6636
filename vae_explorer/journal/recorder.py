"""Keeping a journal: what is written when, while a run trains; it takes little time and never stops the training."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vae_explorer import folders
from vae_explorer.config import ModelConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import ExplorerError
from vae_explorer.journal import snapshots, trace, wishes
from vae_explorer.journal.album import MOST, MOST_BYTES, Album
from vae_explorer.journal.capture import Sight
from vae_explorer.regular_files import Stamp
from vae_explorer.training.trainer import Trainer
from vae_explorer.training.validation import Validation

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What a journal may take of time and disk, and how soon it is written."""

    share: float = 0.04
    """Of the time of training, what the journal may take."""
    soon: float = 0.5
    """Seconds of training to the second snapshot, which shows a first movement and is taken whatever it costs."""
    pause: float = 0.2
    """Seconds of training from one line to the next, where epochs do not ask for them sooner."""
    glance: float = 0.3
    """Seconds from one look for a wish to the next."""
    lines: int = 4000
    """Of the trace; of more, neighbours become one."""
    trace_bytes: int = 6_000_000
    snapshots: int = MOST
    snapshot_bytes: int = MOST_BYTES
    """Of all snapshots together."""


LIMITS = Limits()


class Journal:
    """The journal of one run, in a folder of its own."""

    def __init__(self, folder: Path, limits: Limits = LIMITS) -> None:
        self._folder, self._limits = folder, limits
        self._begun = self._broken = False
        self._wish: Stamp | None = None
        self._glance = 0.0
        self._validation: Validation | None = None
        self.spent = 0.0
        """Seconds that it has taken so far, which are not among those of training."""

    def begin(self, config: ModelConfig, test: ImageSet) -> None:
        """Say what the model is and which images watch it."""
        self._sight = Sight(config, test)

    def look(self, trainer: Trainer, validation: Validation | None = None) -> None:
        """Look at training that stands at a stop, and write down what is due; then heed what is wished.

        validation: at the end of an epoch, its figures on images that are not trained on. A journal that cannot be
        written is given up with a note.
        """
        started = time.perf_counter()
        self._validation = validation
        self._try(self._write if self._begun else self._open, trainer)
        if not trainer.finished and started >= self._glance:
            self._glance = started + self._limits.glance
            self._heed(trainer)
        self.spent += time.perf_counter() - started

    def _try(self, act: Callable[[Trainer], None], trainer: Trainer) -> None:
        if self._broken:
            return
        try:
            act(trainer)
        except (ExplorerError, OSError) as error:
            self._broken = True
            LOG.warning("note: training goes on without its journal: %s", error)

    def _open(self, trainer: Trainer) -> None:
        """Take up what was written up to here, and nothing beyond it, which is to be trained again."""
        folders.tidy(self._folder)
        snapshots.write_fixed(self._folder, self._sight.fixed)
        kept = [line for line in trace.read(self._folder) if line.step <= trainer.step] if trainer.step else []
        self._lines, self._bytes = len(kept), trace.write(self._folder, kept)
        self._album = Album(self._folder, trainer.step, self._limits.snapshots, self._limits.snapshot_bytes)
        self._since, self._cost = trainer.seconds, 0.0
        self._last = self._taken = trainer.step, trainer.seconds
        self._begun = True
        self._write(trainer)

    def _write(self, trainer: Trainer) -> None:
        if self._line_is_due(trainer):
            self._write_line(trainer)
        if self._snapshot_is_due(trainer):
            self._take_snapshot(trainer)

    def _line_is_due(self, trainer: Trainer) -> bool:
        """After the first step, at the end of an epoch and a few times a second; in a long run more rarely."""
        step, seconds = self._last
        enough = trainer.step - step >= 1 + 2 * trainer.step // self._limits.lines
        rested = trainer.seconds - seconds >= self._limits.pause or trainer.step % trainer.steps == 0
        return trainer.finished or step == 0 or self._validation is not None or (enough and rested)

    def _write_line(self, trainer: Trainer) -> None:
        window = trainer.window()
        if window is None:
            return
        window = window._replace(validation=self._validation)
        self._last = window.step, window.seconds
        self._lines, self._bytes = self._lines + 1, self._bytes + trace.append(self._folder, window)
        if self._lines > self._limits.lines or self._bytes > self._limits.trace_bytes:
            kept = trace.thinned(trace.read(self._folder))
            self._lines, self._bytes = len(kept), trace.write(self._folder, kept)

    def _snapshot_is_due(self, trainer: Trainer) -> bool:
        """At the start, soon after, at the end, and in between whenever the share of time allows another."""
        if trainer.step in self._album:
            return False
        elapsed = trainer.seconds - self._since
        soon = len(self._album) == 1 and elapsed >= self._limits.soon
        spaced = trainer.step - self._taken[0] > trainer.step / self._limits.snapshots
        rested = spaced and trainer.seconds - self._taken[1] >= self._limits.pause
        affordable = len(self._album) > 1 and rested and self.spent + self._cost <= self._limits.share * elapsed
        first = not len(self._album) and not self._cost
        return first or trainer.finished or soon or affordable

    def _take_snapshot(self, trainer: Trainer) -> None:
        started = time.perf_counter()
        place = trainer.step, trainer.epoch, trainer.seconds, trainer.beta
        snapshot = self._sight.snapshot(trainer.model, *place, self._album.map)
        if snapshot is not None:
            self._album.add(snapshot)
        self._taken = trainer.step, trainer.seconds
        self._cost = time.perf_counter() - started

    def _heed(self, trainer: Trainer) -> None:
        """Set the beta that is wished for; the line before ends where it was changed."""
        stamp = wishes.stamp(self._folder)
        if stamp == self._wish:
            return
        self._wish = stamp
        try:
            wish = wishes.read(self._folder)
            if wish is not None and wish.beta != trainer.beta:
                self._try(self._write_line, trainer)
                trainer.beta = wish.beta
        except ExplorerError as error:
            LOG.warning("note: what was wished for is left out: %s", error)
