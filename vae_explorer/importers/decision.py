"""Decision: every question that a file leaves open, answered by a person or by measurement; or asked."""

from collections.abc import Mapping
from shlex import quote
from typing import NamedTuple

import numpy as np

from vae_explorer.errors import InvalidSetting
from vae_explorer.importers.blueprint import ACTIVATION, SECOND_HEAD
from vae_explorer.importers.identification import SURE, Pictures, identify_pictures
from vae_explorer.importers.interpretation import Answers
from vae_explorer.importers.second_head import Meaning
from vae_explorer.importers.subject import Subject


class Ambiguous(InvalidSetting):
    """Two readings that cannot be told apart by measurement: a person chooses one of them."""

    def __init__(self, told: str, readings: tuple[Answers, Answers]) -> None:
        self.told, self.readings = told, readings
        super().__init__(f"{told}; say {' or '.join(map(_flags, readings))}.")


class Decision(NamedTuple):
    """How weights are read, and what that rests on."""

    answers: Answers
    """To every question."""
    error: float
    """Mean squared error per pixel of the images, decoded at mu."""
    margin: float
    """Of the pictures, as in identification.Pictures."""
    runner_up: Answers
    """The answers of the next reading that differ; empty where there was no other."""
    alike: tuple[str, ...]
    """Activations whose pictures cannot be told from the decided one's."""
    images: int
    """How many that was measured on."""
    head: Meaning | None
    """What was measured of the second head; None where it was no question."""


def decide(subject: Subject, images: np.ndarray) -> Decision:
    """Answers to all questions, measured on images [N, C, H, W] in [0, 1].

    Raises:
        CheckpointError: when no reading reconstructs such images, or there are too many.
        Ambiguous: when two readings do it about as well; the sentence names both, and how to choose.
    """
    pictures = identify_pictures(subject, images)
    differing = _differing(pictures.runner_up or {}, pictures.answers)
    if pictures.margin < SURE or (pictures.vague and differing):
        raise _asked(pictures, differing)
    asked = SECOND_HEAD in subject.open
    head = subject.second_head(pictures.answers, images) if asked else None
    answers = pictures.answers if head is None else {**pictures.answers, SECOND_HEAD: _meaning(head, subject.usual)}
    alike = tuple(dict.fromkeys(one[ACTIVATION] for one in pictures.alike if ACTIVATION in one))
    alike = tuple(one for one in alike if one != answers.get(ACTIVATION))
    return Decision(answers, pictures.error, pictures.margin, differing, alike, pictures.images, head)


def _meaning(head: Meaning, usual: Mapping[str, str]) -> str:
    """The measured one; where that is not sure, what the layout's names say."""
    said = usual.get(SECOND_HEAD)
    if head.sure and said in (None, head.meaning):
        return head.meaning
    if said is not None and not head.sure:
        return said
    other = said or head.runner_up
    readings = {SECOND_HEAD: head.meaning}, {SECOND_HEAD: other}
    if not head.sure:
        told = f"training came to rest under neither, though nearer to it as {head.meaning} than as {other}"
    else:
        told = f"the weights came to rest as if it were {head.meaning}, but its name says {other}"
    raise Ambiguous(f"What the second head means cannot be told: {told} (margin {head.margin:.0%})", readings)


def _asked(pictures: Pictures, differing: Answers) -> Ambiguous:
    """Of weights that reconstruct little, the readings as a whole: nothing of them is certain."""
    own = {name: pictures.answers[name] for name in differing}
    errors = (
        f"{_told(own)} errs by {pictures.error:.4f} per pixel, "
        f"{_told(differing)} by {pictures.runner_up_error or 0:.4f} (margin {pictures.margin:.0%})"
    )
    if not pictures.vague:
        return Ambiguous(f"Two readings of these weights reconstruct alike: {errors}", (own, differing))
    little = f"These weights leave {pictures.share:.0%} of what images differ by unexplained: too much to be certain"
    return Ambiguous(f"{little}: {errors}", (pictures.answers, pictures.runner_up or {}))


def _differing(answers: Answers, others: Answers) -> dict[str, str]:
    return {name: answer for name, answer in answers.items() if others.get(name) != answer}


def _told(answers: Answers) -> str:
    return " and ".join(f"{name.replace('-', ' ')} {answer}" for name, answer in answers.items())


def _flags(answers: Answers) -> str:
    return " ".join(f"--{name}={quote(answer)}" for name, answer in answers.items())
