"""How a run came to its end, where that is not its last epoch, in one sentence."""

import re
import signal
from collections.abc import Callable
from typing import NamedTuple

from vae_explorer import memory

MOST = 500
"""Characters of a sentence."""


class Ended(NamedTuple):
    """What is known of a run that failed."""

    code: int
    said: str
    """The end of its log."""
    batch_size: int
    kept: bool
    """Whether there is an epoch from which it can go on."""


def sentence(ended: Ended) -> str:
    """What went wrong and what to do: the first row whose words were said, or the trainer's own last error."""
    for pattern, told in KNOWN:
        if pattern.search(ended.said):
            return told(ended)
    if ended.code < 0:
        return _killed(ended)
    errors = [line.removeprefix("error: ") for line in ended.said.splitlines() if line.startswith("error: ")]
    return errors[-1][:MOST] if errors else f"Training ended with exit code {ended.code}; its log tells more."


def chosen(kept: int, ended: int, epochs: int, patience: int) -> str:
    """Which epoch was chosen, and whether training ended before its last; kept: the epoch of the model."""
    best = f"epoch {kept}, the best on validation images, is kept" if kept < ended else f"epoch {kept} is kept"
    if ended == epochs:
        return f"Of {epochs} epochs, {best}."
    waited = "the last one was not" if patience == 1 else f"none of the last {patience} was"
    return f"Ended early after epoch {ended} of {epochs}: {waited} better; {best}."


def _full(ended: Ended) -> str:
    return f"The disk is full{_kept(ended)}. Make room, then resume."


def _memory(ended: Ended) -> str:
    return f"Memory ran out at batch size {ended.batch_size:,}{_kept(ended)}. {_smaller(ended)}"


def _killed(ended: Ended) -> str:
    number = -ended.code
    name = next((known.name for known in signal.Signals if known == number), "unknown")
    told = f"Training was killed by signal {number} ({name}){_kept(ended)}."
    return f"{told} If memory ran out: {_smaller(ended)}" if number == signal.SIGKILL else told


def _smaller(ended: Ended) -> str:
    half = ended.batch_size // 2
    return f"Start again with batch size {half:,}." if half else "Start again with a smaller model."


def _kept(ended: Ended) -> str:
    return "; the last whole epoch is kept" if ended.kept else "; there is no whole epoch to keep"


KNOWN: tuple[tuple[re.Pattern[str], Callable[[Ended], str]], ...] = (
    (re.compile("No space left on device|File too large|Disk quota exceeded"), _full),
    (memory.RAN_OUT, _memory),
)
