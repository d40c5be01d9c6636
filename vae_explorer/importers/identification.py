"""What weights do not say, found by measurement: every reading reconstructs the same images, and one does it best."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch

from vae_explorer.errors import CheckpointError
from vae_explorer.importers.blueprint import QUESTIONS, SECOND_HEAD
from vae_explorer.importers.interpretation import Answers, readings
from vae_explorer.importers.subject import Subject

IMAGES = 64
FEWEST = 4
"""Readings that go on however far they are behind."""
CLOSE = 1.5
"""Times the best one's error: readings that are tried on all images, where few do not tell."""
SURE = 0.4
"""Margin of a winner that needs no question."""
ALIKE = 0.01
"""Readings whose pictures differ by less than this part of the error are one reading for the eye."""
HOPELESS, VAGUE = 0.9, 0.6
"""Of the images' variance: a reconstruction that errs by more has not seen such images, or tells too little of how it
came about to choose by it."""


class Screen(NamedTuple):
    """A few images that readings are tried on; the best go on to more."""

    images: int
    kept: int
    far: float
    """Times the best one's error, beyond which others are out."""


SCREENS = (Screen(1, 64, 8.0), Screen(8, 12, 2.0))


class Measured(NamedTuple):
    """One reading, and what it made of the images."""

    answers: Answers
    error: float
    """Mean squared error per pixel of images in [0, 1], decoded at mu."""
    pictures: torch.Tensor


class Pictures(NamedTuple):
    """The reading that reconstructs best."""

    answers: Answers
    error: float
    runner_up: Answers | None
    """The reading that comes nearest to it; None where there is no other."""
    runner_up_error: float | None
    margin: float
    """How much of the squared difference between the two readings' pictures is error of the runner-up: about 1 where
    the winner is right and the other is not, 0 where they err alike."""
    alike: tuple[Answers, ...]
    """Readings whose pictures cannot be told from the winner's."""
    share: float
    """Of the images' variance, what it errs by."""
    images: int
    """How many it was measured on."""

    @property
    def vague(self) -> bool:
        """Whether it reconstructs too little to be chosen by that."""
        return self.share > VAGUE


def identify_pictures(subject: Subject, images: np.ndarray) -> Pictures:
    """The answers that images [N, C, H, W] in [0, 1] give on all but the second head.

    Raises:
        CheckpointError: when no reading reconstructs such images, or there are too many.
    """
    x = torch.from_numpy(np.ascontiguousarray(images, np.float32))
    tried = readings(subject, without=(SECOND_HEAD,))
    found = _ranked(subject, _screened(subject, tried, x), x[:IMAGES])
    pictures = _compared(found, subject.usual, x[:IMAGES])
    if pictures.margin >= SURE or len(x) <= IMAGES:
        return pictures
    again = [one.answers for one in found if one.error <= CLOSE * pictures.error]
    return _compared(_ranked(subject, again, x), subject.usual, x)


def _compared(found: Sequence[Measured], usual: Answers, x: torch.Tensor) -> Pictures:
    """The best of the readings, beside the one that comes nearest to it."""
    winner, alike = _preferred(found, usual)
    share = winner.error / max(float(x.var(dim=0, unbiased=False).mean()), 1e-12)
    if share >= HOPELESS:
        raise CheckpointError(
            f"No reading of these weights reconstructs such images: the best errs by {winner.error:.3f} per pixel, "
            "no better than their mean; name the data set it was trained on, or read them in another way."
        )
    rest = [one for one in found if one is not winner and one not in alike]
    margins = [(_margin(winner, one), one) for one in rest]
    margin, other = min(margins, key=lambda pair: pair[0], default=(1.0, None))
    told = (other.answers, other.error) if other else (None, None)
    others = tuple(one.answers for one in alike)
    return Pictures(winner.answers, winner.error, *told, margin, others, share, len(x))


def _screened(subject: Subject, tried: Sequence[Answers], x: torch.Tensor) -> Sequence[Answers]:
    """Those worth all images."""
    for screen in SCREENS:
        if len(tried) > FEWEST:
            tried = _near(_ranked(subject, tried, x[: screen.images]), screen)
    return tried


def _near(found: Sequence[Measured], screen: Screen) -> list[Answers]:
    near = [one for place, one in enumerate(found) if place < FEWEST or one.error <= screen.far * found[0].error]
    return [one.answers for one in near[: screen.kept]]


@torch.inference_mode()
def _ranked(subject: Subject, tried: Sequence[Answers], x: torch.Tensor) -> list[Measured]:
    """The readings by rising error; those that are not finite are left out."""
    made = zip(tried, subject.reconstructions(tried, x), strict=True)
    found = [Measured(answers, float((pictures - x).square().mean()), pictures) for answers, pictures in made]
    return sorted((one for one in found if np.isfinite(one.error)), key=lambda one: one.error)


def _difference(one: Measured, other: Measured) -> float:
    return float((one.pictures - other.pictures).square().mean())


def _margin(winner: Measured, other: Measured) -> float:
    apart = _difference(winner, other)
    return (other.error - winner.error) / apart if apart else 0.0


def _preferred(found: Sequence[Measured], usual: Answers) -> tuple[Measured, list[Measured]]:
    """The reading among those of the best one's pictures that does most as its source does, and the others."""
    if not found:
        raise CheckpointError("No reading of these weights gives pictures of finite numbers; save them again.")
    same = [one for one in found if _difference(found[0], one) <= ALIKE * found[0].error]
    chosen = max(same, key=lambda one: (_agreement(one.answers, usual), -_rarity(one.answers), -one.error))
    return chosen, [one for one in same if one is not chosen]


def _agreement(answers: Answers, usual: Mapping[str, str]) -> int:
    return sum(answers.get(name) == answer for name, answer in usual.items())


def _rarity(answers: Answers) -> int:
    """How far down the lists of answers a reading stands; the usual ones are first."""
    return sum(QUESTIONS[name].index(answer) for name, answer in answers.items() if answer in QUESTIONS[name])
