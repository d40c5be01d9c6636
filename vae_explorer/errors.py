"""The kinds of error that a person may see: one sentence each, what was expected, what came, what to do."""

from collections.abc import Iterable


class ExplorerError(Exception):
    """A problem with one clear sentence for the person who met it."""

    exit_code = 2
    """What a command that ends with it gives its shell."""


class InvalidSetting(ExplorerError):
    """A setting outside its allowed values; refused before anything is built or written."""


def require(condition: bool, sentence: str) -> None:
    """Refuse a bad argument at the door, so that nothing is built or written from it.

    Raises:
        InvalidSetting: with the sentence, when the condition does not hold.
    """
    if not condition:
        raise InvalidSetting(sentence)


LISTED = 100
"""Names in one sentence."""


class UnknownName(ExplorerError):
    """A name that stands in no table; the message lists the known ones."""

    def __init__(self, noun: str, name: str, known: Iterable[str]) -> None:
        self.noun, self.name, every = noun, name, list(known)
        more = f" and {len(every) - LISTED:,} more" if len(every) > LISTED else ""
        listed = ", ".join(every[:LISTED]) or "none yet"
        super().__init__(f"There is no {noun} “{name[:60]}”; known are {listed}{more}.")


class DataUnavailable(ExplorerError):
    """A data set that is not on this machine and could not be fetched."""


class MissingExtra(ExplorerError):
    """A package that only some models need, and that is not installed; the message has the line that installs it."""


class CheckpointError(ExplorerError):
    """A checkpoint folder that is missing, truncated, corrupt or of another format."""


class StorageError(ExplorerError):
    """A file or folder that cannot be written, or that is damaged and no checkpoint; those are CheckpointErrors."""


class ReadOnly(StorageError):
    """What would write, asked of an app that may not: what can do without it goes on as on a full disk."""

    def __init__(self) -> None:
        super().__init__(
            "This app is read-only: nothing is trained, kept, renamed, deleted or uploaded here; "
            "start one of your own without VAE_EXPLORER_READ_ONLY to do so."
        )


class MissingFile(StorageError):
    """A file that is not there, or no longer."""


class TrainingStopped(ExplorerError):
    """Training could not be finished; the last whole epoch is kept."""


class Diverged(TrainingStopped):
    """Training that has left the range in which its figures mean anything; the last good epoch is kept."""

    exit_code = 3

    def __init__(self, sentence: str, epoch: int) -> None:
        self.epoch = epoch
        super().__init__(sentence)


class NothingToShow(ExplorerError):
    """A page that needs a choice or a model first; the message is the hint."""


class BadRequest(ExplorerError):
    """A live request that breaks the protocol's bounds; the socket stays open."""
