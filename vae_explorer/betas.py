"""Beta while it trains: what it starts from, and the steps at which a person changed it."""

from bisect import bisect_right
from dataclasses import replace

from vae_explorer.config import TrainConfig
from vae_explorer.errors import require
from vae_explorer.losses import LOSSES

Betas = tuple[tuple[int, float], ...]
"""Changes in the order of their steps: so many optimizer steps were made before, and the new value."""
MOST = 1000
"""Changes in one run: each is kept with the run, which repeats itself only with all of them."""


def beta_at(first: float, betas: Betas, step: int) -> float:
    """The value that the optimizer step after so many others is made with."""
    before = bisect_right(betas, step, key=lambda change: change[0])
    return betas[before - 1][1] if before else first


def changed(train: TrainConfig, betas: Betas, step: int, beta: float) -> Betas:
    """The changes with one more; what was changed at this step or later gives way, what changes nothing is left out.

    Raises:
        InvalidSetting: when the objective has no beta, for a value out of bounds, and after 1,000 changes.
    """
    require_beta(train, beta)
    kept = tuple(change for change in betas if change[0] < step)
    if beta_at(train.beta, kept, step) == beta:
        return kept
    require(len(kept) < MOST, f"beta was changed {MOST:,} times in this run; start another one.")
    return (*kept, (step, float(beta)))


def require_beta(train: TrainConfig, beta: float) -> None:
    """Refuse a beta that these settings cannot be given.

    Raises:
        InvalidSetting: when the objective has none, or for a value out of bounds.
    """
    require(LOSSES[train.objective].weighted, f"The objective {train.objective} has no beta to change.")
    replace(train, beta=beta)


def checked(train: TrainConfig, betas: Betas) -> Betas:
    """Changes as they may stand in a file.

    Raises:
        InvalidSetting: for steps that do not rise, and for what `changed` would refuse.
    """
    steps = [step for step, _ in betas]
    counts = all(isinstance(step, int) and step >= 0 for step in steps)
    require(counts and steps == sorted(set(steps)), "Changes of beta must stand in the order of their steps.")
    require(len(betas) <= MOST, f"A run has at most {MOST:,} changes of beta.")
    for _, beta in betas:
        require_beta(train, beta)
    return betas
