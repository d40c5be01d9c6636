"""Numbers within bounds: what a file, a form or an address says is looked at before anything is made of it."""

import math

from vae_explorer.errors import require

MAX_SEED = 2**32 - 1
"""The most that PyTorch, NumPy and scikit-learn all tell apart: PyTorch takes larger ones by their last 32 bits."""


def is_count(value: object, low: float, high: float) -> bool:
    """Whether a value is a whole number from `low` to `high`; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_number(value: object, low: float, high: float) -> bool:
    """Whether a value is a finite number from `low` to `high`; True and False are none, nor is what no float holds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value) and low <= value <= high
    except OverflowError:
        return False


def require_seed(seed: object) -> None:
    """Refuse what is no seed, wherever one is taken.

    Raises:
        InvalidSetting: for anything but a whole number from 0 to MAX_SEED.
    """
    require(is_count(seed, 0, MAX_SEED), f"seed must be a whole number from 0 to {MAX_SEED}, not {seed}.")
