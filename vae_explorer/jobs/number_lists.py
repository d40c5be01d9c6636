"""The β values and seeds of a sweep as people write them on a page."""

import re
from typing import TypeVar

from vae_explorer.errors import InvalidSetting, require

N = TypeVar("N", int, float)
MOST_BETAS, MOST_SEEDS = 8, 5


def betas(text: str) -> tuple[float, ...]:
    """The β values of a text like `0.5, 1, 2`, rising.

    Raises:
        InvalidSetting: when it holds none, too many, or what is no number.
    """
    return _numbers(text, float, "The β values", "numbers", MOST_BETAS)


def seeds(text: str) -> tuple[int, ...]:
    """The seeds of a text like `0, 1`, rising.

    Raises:
        InvalidSetting: when it holds none, too many, or what is no whole number.
    """
    return _numbers(text, int, "The seeds", "whole numbers", MOST_SEEDS)


def _numbers(text: str, kind: type[N], what: str, kinds: str, most: int) -> tuple[N, ...]:
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    try:
        found = sorted({kind(part) for part in parts})
    except ValueError as error:
        sentence = f"{what} are {kinds} with commas or spaces between, as in 1, 2, 4; not “{text[:40]}”."
        raise InvalidSetting(sentence) from error
    require(1 <= len(found) <= most, f"{what} of a sweep are 1 to {most} {kinds}, not {len(found)}.")
    return tuple(found)
