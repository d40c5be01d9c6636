"""Functions of the share of training that is done, 0 to 1: the learning rate's factor and the weight's."""

import math
from collections.abc import Callable

RISE = 0.1
"""Share of training in which `one-cycle` climbs to the full learning rate."""
WARM_UP = 0.25
"""Share of training in which `warm-up` brings beta to its full value, and `capacity` its C."""
CYCLES = 4
COOL_DOWN = 0.8
"""Share of training in which `cool-down` brings beta down to its value, from HEAT times that."""
HEAT = 4.0
OPEN_FROM = 0.8
"""Share of a multi-rate network's range at which `cool-down` lets it begin: β = 7 of 0.25 to 16."""


def ramp(done: float) -> float:
    """From 0 to 1 over the first WARM_UP of training (Sønderby et al. 2016)."""
    return min(1.0, done / WARM_UP)


def cyclical(done: float) -> float:
    """CYCLES times from 0 to 1, each half rise and half plateau (Fu et al. 2019)."""
    return min(1.0, 2 * (done * CYCLES % 1.0)) if done < 1 else 1.0


def cool_down(done: float) -> float:
    """From HEAT to 1 by equal ratios over the first COOL_DOWN of training.

    Few units, held apart by a large beta, come first and find their directions; others join as it falls. The opposite
    of a capacity that grows (Burgess et al. 2018), to the same end.
    """
    return HEAT ** max(0.0, 1 - done / COOL_DOWN)


def opening(done: float) -> float:
    """Where a range of βs begins, as a share of its logarithm: only its upper part at first, as `cool_down` has it."""
    return OPEN_FROM * max(0.0, 1 - done / COOL_DOWN)


def cosine(done: float) -> float:
    """From 1 to 0 along half a cosine (Loshchilov & Hutter 2017)."""
    return 0.5 * (1 + math.cos(math.pi * done))


def one_cycle(done: float) -> float:
    """A short climb from a tenth of the rate, then a cosine to 0: takes larger rates (Smith & Topin 2019)."""
    return 0.1 + 0.9 * done / RISE if done < RISE else cosine((done - RISE) / (1 - RISE))


SCHEDULES: dict[str, Callable[[float], float]] = {
    "one-cycle": one_cycle,
    "cosine": cosine,
    "constant": lambda done: 1.0,
}
"""Factor on the learning rate."""

ANNEALINGS: dict[str, Callable[[float], float]] = {
    "none": lambda done: 1.0,
    "warm-up": ramp,
    "cyclical": cyclical,
    "cool-down": cool_down,
}
"""Factor on beta."""

OPENINGS: dict[str, Callable[[float], float]] = {"none": lambda done: 0.0, "cool-down": opening}
"""Of the annealings that a multi-rate network can be trained with: where its range begins."""
