"""UnitCard: what one latent unit moves when it is changed, and what is lost without it."""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from vae_explorer import coding
from vae_explorer.metrics.factor_reader import total_effect
from vae_explorer.unit_cards.subject import SEED, Subject, recode

SLOPES = 64
"""Images whose derivatives are averaged."""
STEP = 0.001
"""Of z, to both sides."""
LEGIBLE = 0.1
"""A factor of which the codes tell less cannot be followed."""


class FactorEffect(NamedTuple):
    """What a unit has to do with one factor."""

    name: str
    legible: float
    """The share of the factor's variance that can be read off the codes at all, 0 to 1."""
    moved: float | None
    """How far a change of the unit alone moves the factor, 0 to 1; None where it is not legible."""
    lost: float | None
    """How much less of the factor is read without the unit; None where it is not legible."""


@dataclass(frozen=True)
class UnitCard:
    """Measured on a sample of the encoded split; what needs the images is None where they are not here."""

    unit: int
    n: int
    seed: int
    slope: list[list[float]]
    """|∂x_hat / ∂z| of every pixel, the mean over images and channels; [H, W]."""
    moved: list[float | None]
    """How far a change of this unit alone moves each unit of the decoded picture when it is encoded again, 0 to 1; [D].

    None for units that are collapsed."""
    factors: tuple[FactorEffect, ...]
    nll: float | None
    """At mu, nats per image."""
    nll_without: float | None
    """With the unit at home, nats per image."""
    absent: str
    """Why there is no nll; empty where there is."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self) | {"factors": [effect._asdict() for effect in self.factors]}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "UnitCard":
        """What `to_dict` gave.

        Raises:
            TypeError, KeyError: for anything else.
        """
        factors = tuple(FactorEffect(**effect) for effect in values["factors"])
        return cls(**{**values, "factors": factors})


def unit_card(subject: Subject, unit: int) -> UnitCard:
    """Everything that has to be measured of a unit, with one decoding and encoding of the sample."""
    changed = recode(subject.model, _from_another(subject.mu, unit), subject.y)
    return UnitCard(
        unit=unit,
        n=len(subject.mu),
        seed=SEED,
        slope=_slope(subject, unit),
        moved=_moved(subject, changed),
        factors=_factors(subject, unit, changed),
        nll=None if subject.nll is None else float(subject.nll.mean()),
        nll_without=_nll_without(subject, unit),
        absent=subject.absent,
    )


def _from_another(mu: np.ndarray, unit: int) -> np.ndarray:
    """The codes [S, D] with one unit taken from another image each."""
    changed = mu.copy()
    changed[:, unit] = np.roll(mu[np.random.default_rng(SEED).permutation(len(mu)), unit], 1)
    return changed


def _moved(subject: Subject, changed: np.ndarray) -> list[float | None]:
    pairs = zip(subject.alive, subject.recoded.T, changed.T, strict=True)
    return [total_effect(before[:, None], after[:, None]) if alive else None for alive, before, after in pairs]


def _slope(subject: Subject, unit: int) -> list[list[float]]:
    """By central differences, whose errors are far below what a picture shows."""
    mu, y = subject.mu[:SLOPES], None if subject.y is None else subject.y[:SLOPES]
    step = np.zeros(mu.shape[1], np.float32)
    step[unit] = STEP
    rise = coding.decode(subject.model, mu + step, y) - coding.decode(subject.model, mu - step, y)
    return np.round(np.abs(rise / (2 * STEP)).mean(axis=(0, 1), dtype=float), 5).tolist()


def _factors(subject: Subject, unit: int, changed: np.ndarray) -> tuple[FactorEffect, ...]:
    reader, codes = subject.reader, subject.reader.judged_on
    without = reader.quality(_at_home(codes.mu, unit, subject))
    before, after = reader.read(subject.recoded), reader.read(changed)
    return tuple(
        FactorEffect(factor.name, float(whole), total_effect(b, a), float(whole - less))
        if whole >= LEGIBLE
        else FactorEffect(factor.name, float(whole), None, None)
        for factor, whole, less, b, a in zip(reader.factors, subject.quality, without, before, after, strict=True)
    )


def _nll_without(subject: Subject, unit: int) -> float | None:
    if subject.images is None:
        return None
    z = _at_home(subject.mu, unit, subject)
    return float(coding.nll_of_codes(subject.model, subject.images, z, subject.y).mean())


def _at_home(mu: np.ndarray, unit: int, subject: Subject) -> np.ndarray:
    """The codes with one unit at the mean of its prior, where it says nothing."""
    z = mu.copy()
    z[:, unit] = subject.home[unit]
    return z
