"""Planes: how the convolutions of a draft are strided, and where planes are pooled or enlarged beside them."""

from collections.abc import Sequence
from typing import NamedTuple

from vae_explorer.errors import CheckpointError
from vae_explorer.importers.blueprint import Piece
from vae_explorer.importers.strides import (
    ENLARGEMENTS,
    MOST,
    POOLS,
    RESIZES,
    Choice,
    Convolution,
    End,
    Planes,
    fitting,
)

ACT = Piece("act", {})
"""A non-linearity, whichever it is."""
MAYBE, ROOM, EITHER = Piece("maybe-resized", {}), Piece("room-to-resize", {}), Piece("act-or-resized", {})
"""Where planes may be resized: names do not tell, they leave room for it, or for it or a non-linearity."""
MOST_CONVOLUTIONS = 64


class Part(NamedTuple):
    """How the layers of a half are read."""

    decoder: bool
    plain: bool = False
    """Whether convolutions that may be transposed or not are not."""
    resized: bool = False
    """Whether planes may be resized beside convolutions."""

    @property
    def resizes(self) -> Sequence[str]:
        """By names of strides.RESIZES."""
        return tuple(ENLARGEMENTS if self.decoder else POOLS) if self.resized else ()


def with_strides(pieces: list[Piece], start: Planes, end: End, strides: str, part: Part) -> dict[str, list[Piece]]:
    """A draft by each choice of strides, and of what resizes planes, that leads from the start to the end.

    Raises:
        CheckpointError: when none does, or too many.
    """
    convolutions = _convolutions(pieces, part)
    words = [one.word for one in convolutions]
    if not words:
        return {"": pieces}
    require_meeting(len(words) <= MOST_CONVOLUTIONS, f"{len(words)} convolutions are more than are read here")
    found = fitting(convolutions, start, end, strides)
    require_meeting(bool(found), f"no strides known here lead through {', '.join(words)}")
    require_meeting(len(found) <= MOST, f"too many strides lead through {', '.join(words)}")
    return {choice.name: _filled(pieces, choice, part) for choice in found}


def _convolutions(pieces: Sequence[Piece], part: Part) -> list[Convolution]:
    """Each with what may resize planes behind it, in a decoder before it."""
    found: list[Convolution] = []
    room: list[str] = []
    for piece in reversed(pieces) if not part.decoder else pieces:
        if piece.word.startswith("conv"):
            found.append(Convolution(piece.word, part.resizes if room else (), ROOM.word in room))
            room = []
        elif piece.word in (MAYBE.word, ROOM.word):
            room.append(piece.word)
    return found if part.decoder else found[::-1]


def _filled(pieces: Sequence[Piece], choice: Choice, part: Part) -> list[Piece]:
    """With strides, and with what resizes planes where the choice has it."""
    full: list[Piece] = []
    seen = 0
    for piece in pieces:
        step = choice.steps[min(seen, len(choice.steps) - 1) if part.decoder else max(seen - 1, 0)]
        if piece.word.startswith("conv"):
            full.append(piece._replace(word=choice.steps[seen].word))
            seen += 1
        elif piece.word in (MAYBE.word, ROOM.word):
            full += [Piece(RESIZES[step.resize], {})] if step.resize else []
        elif piece.word == EITHER.word:
            full += [] if step.resize else [ACT]
        else:
            full.append(piece)
    return [*full, Piece(choice.crop, {})] if choice.crop else full


def require_meeting(condition: bool, why: str) -> None:
    """Refuse layers that do not meet.

    Raises:
        CheckpointError: with the reason.
    """
    if not condition:
        raise CheckpointError(f"These weights do not make a network: {why}.")
