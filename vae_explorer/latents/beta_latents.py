"""A split seen through a multi-rate network at every stop of its range, in levels, and between the stops."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vae_explorer.latents.encoded import Latents

LEVELS = {"mu": 1 << 12, "logvar": 1 << 10, "nll": 1 << 12, "rate": 1 << 12}
"""Of 4,096 levels of mu, one is less than a pixel on a map of 2,560; in means over images they do not show."""


class Stack(NamedTuple):
    """One value of every image, or one of every unit of it, at each of K βs."""

    levels: np.ndarray
    """uint16 [K, N] or [K, N, D]."""
    low: float
    """The value of level 0."""
    step: float
    """From one level to the next, of all units: so a collapsed one, which hardly moves, takes hardly any room."""

    def at(self, stop: int) -> np.ndarray:
        """float32 [N] or [N, D]."""
        return (self.low + self.step * self.levels[stop]).astype(np.float32)

    def between(self, stop: int, share: float) -> np.ndarray:
        """On the way from a stop to the next; share is 0 at the first."""
        return self.at(stop) if share == 0 else (1 - share) * self.at(stop) + np.float32(share) * self.at(stop + 1)


class BetaLatents(NamedTuple):
    """What Latents holds, at every stop; the images are those of the checkpoint's latents."""

    betas: np.ndarray
    """float64 [K], rising."""
    mu: Stack
    logvar: Stack
    nll: Stack
    rate: Stack
    kl_per_dim: np.ndarray
    """float32 [K, D], nats, means over images."""


class BetaCurve(NamedTuple):
    """Rate and distortion of one network at each of its βs; float64 [K], nats per image."""

    beta: np.ndarray
    rate: np.ndarray
    nll: np.ndarray


def stacked(betas: Sequence[float], seen: Sequence[Latents]) -> BetaLatents:
    """Latents of the same images at rising βs, as one."""
    densities = [latents.densities() for latents in seen]
    return BetaLatents(
        np.array(betas, dtype=float),
        _stack("mu", [latents.mu for latents in seen]),
        _stack("logvar", [one.logvar for one in densities]),
        _stack("nll", [latents.nll for latents in seen]),
        _stack("rate", [one.rate for one in densities]),
        np.stack([one.kl_per_dim for one in densities]).astype(np.float32),
    )


def seen_at(found: BetaLatents, beta: float, images: Latents) -> Latents:
    """The latents at a β in the range: measured at a stop, and on the straight line between two beside it.

    images: the checkpoint's own latents, of the same images.
    """
    place = float(np.interp(np.log(beta), np.log(found.betas), np.arange(len(found.betas))))
    near = round(place)
    place = near if abs(place - near) < 1e-4 else place  # a stop is written with a few digits
    stop = min(int(place), len(found.betas) - 1)
    share = place - stop
    mu, logvar, nll, rate = (stack.between(stop, share) for stack in (found.mu, found.logvar, found.nll, found.rate))
    kl = (
        found.kl_per_dim[stop]
        if share == 0
        else (1 - share) * found.kl_per_dim[stop] + share * found.kl_per_dim[stop + 1]
    )
    return images._replace(mu=mu, logvar=logvar, nll=nll, rate=rate, kl_per_dim=kl.astype(np.float32))


def curve(found: BetaLatents) -> BetaCurve:
    """Means over the images at every stop."""
    stops = range(len(found.betas))
    means = [[float(stack.at(stop).mean(dtype=float)) for stop in stops] for stack in (found.rate, found.nll)]
    return BetaCurve(found.betas, np.array(means[0]), np.array(means[1]))


def _stack(name: str, values: Sequence[np.ndarray]) -> Stack:
    every = np.stack(values)
    low, high = float(every.min()), float(every.max())
    step = (high - low) / (LEVELS[name] - 1) or 1.0
    return Stack(np.rint((every - low) / step).astype("<u2"), low, step)
