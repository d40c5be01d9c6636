"""Matched units: which latent unit of one model says what a unit of another says, on the same images.

Two models of one data set number their units by chance and give them signs by chance; before units are compared they
are matched by the strength of their correlation, all at once (Hungarian assignment, Kuhn 1955; as in Duan et al. 2020).
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from vae_explorer.errors import require
from vae_explorer.standard import standardised


class Correlation(StrEnum):
    """How strongly two units go together."""

    PEARSON = "pearson"
    SPEARMAN = "spearman"


class Match(NamedTuple):
    """A unit of one model and the unit of another that was matched to it."""

    unit: int
    other: int
    correlation: float
    """From −1 to 1; its size is the match's strength, its sign whether one runs against the other."""

    @property
    def sign(self) -> int:
        """1, or −1 where the two run against each other."""
        return -1 if self.correlation < 0 else 1


class Alignment(NamedTuple):
    """The units of one model, and those of another that say the same."""

    matches: tuple[Match, ...]
    """Strongest first."""
    unmatched: tuple[int, ...]
    """Units of the first model without one: collapsed, or more than the other has."""
    other_unmatched: tuple[int, ...]

    def of(self, unit: int) -> Match | None:
        """The match of a unit of the first model."""
        return next((match for match in self.matches if match.unit == unit), None)

    def swapped(self) -> "Alignment":
        """The same, seen from the other model."""
        turned = tuple(Match(other, unit, correlation) for unit, other, correlation in self.matches)
        return Alignment(turned, self.other_unmatched, self.unmatched)


def alignment(
    mu: np.ndarray,
    other: np.ndarray,
    alive: np.ndarray | None = None,
    other_alive: np.ndarray | None = None,
    kind: Correlation = Correlation.PEARSON,
) -> Alignment:
    """The matching of units that makes the sum of |correlation| largest.

    Args:
        mu, other: codes of the same images in the same order, [N, D] and [N, E].
        alive, other_alive: which units say something, bool [D] and [E]; those whose codes vary, unless given.
        kind: Pearson's correlation of the codes, or Spearman's of their ranks.

    Raises:
        InvalidSetting: when the codes are not of the same images, or not finite.
    """
    from scipy.optimize import linear_sum_assignment

    require(mu.ndim == other.ndim == 2 and len(mu) == len(other), _misfit(mu, other))
    require(bool(np.isfinite(mu).all() and np.isfinite(other).all()), "Codes to be matched must be finite.")
    rows = np.flatnonzero(_varying(mu) if alive is None else alive & _varying(mu))
    columns = np.flatnonzero(_varying(other) if other_alive is None else other_alive & _varying(other))
    found = correlations(mu[:, rows], other[:, columns], kind)
    pairs = zip(*linear_sum_assignment(-np.abs(found)), strict=True)
    matches = [Match(int(rows[i]), int(columns[j]), float(found[i, j])) for i, j in pairs]
    matches.sort(key=lambda match: -abs(match.correlation))
    taken, other_taken = {match.unit for match in matches}, {match.other for match in matches}
    return Alignment(tuple(matches), _rest(mu, taken), _rest(other, other_taken))


def correlations(mu: np.ndarray, other: np.ndarray, kind: Correlation = Correlation.PEARSON) -> np.ndarray:
    """Of every unit with every unit of another model on the same images, [D, E]; 0 with a constant unit."""
    if kind is Correlation.SPEARMAN:
        mu, other = _ranks(mu), _ranks(other)
    return standardised(mu).T @ standardised(other) / len(mu)


def _misfit(mu: np.ndarray, other: np.ndarray) -> str:
    counts = f"{len(mu):,} and {len(other):,}"
    return f"Units are matched on the same images; these codes are of {counts} images: encode both models on one split."


def _varying(mu: np.ndarray) -> np.ndarray:
    return np.ptp(mu, axis=0) > 0


def _rest(mu: np.ndarray, taken: set[int]) -> tuple[int, ...]:
    return tuple(unit for unit in range(mu.shape[1]) if unit not in taken)


def _ranks(mu: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    return rankdata(mu, axis=0)
