"""Where a family's rate–distortion curve bends: up to which β a nat of rate is saved cheaply."""

from collections.abc import Iterator, Sequence

import numpy as np

from vae_explorer.advice.case import Case
from vae_explorer.advice.family import Family, Point, points
from vae_explorer.advice.finding import Finding, comparison_of, view_of
from vae_explorer.checkpoints.beta_views import view_id
from vae_explorer.latents.encoded import collapsed
from vae_explorer.texts import signed

KIND = "knee"
DEEP = 0.05
"""How far below the line between its ends, of the curve's own width and height, a knee lies at least."""


def knee(family: Family) -> Iterator[Finding]:
    """What each way from the knee costs; of two β's, what the step between them does."""
    silent = {case.id: int(collapsed(case.latents).sum()) for cases in family.members.values() for case in cases}
    course = points(family, silent)
    if len(course) < 2:
        return
    units = len(next(iter(family.members.values()))[0].latents.mu[0])
    place = knee_of(course)
    steps = [(course[0], course[-1])] if place is None else [(course[0], course[place]), (course[place], course[-1])]
    told = "; ".join(_step(*step, units) for step in steps)
    where = "" if place is None else f"The knee of the family is β {course[place].beta:g}: "
    seeds = "" if all(point.seeds == 1 for point in course) else ", means over seeds"
    sentence = f"{where}{told if where else told[0].upper() + told[1:]}. Measured on {family.source}{seeds}."
    figures = ("nll", "rate", "silent")
    numbers = {f"{name}_at_{point.beta:g}": getattr(point, name) for point in course for name in figures}
    numbers |= {} if place is None else {"knee": course[place].beta}
    yield Finding(KIND, sentence, numbers, comparison_of(family.first_ids), family.ids)


def network_knee(case: Case) -> Iterator[Finding]:
    """The knee of a multi-rate network, over all its β's."""
    if case.curve is None:
        return
    course = [Point(*map(float, figures), silent=0.0, seeds=1) for figures in zip(*case.curve, strict=True)]
    place = knee_of(course)
    if place is None:
        return
    told = "; ".join(_step(*step, units=0) for step in ((course[0], course[place]), (course[place], course[-1])))
    beta = course[place].beta
    sentence = f"The knee of the network's {len(course)} β's is β {beta:g}: {told}. Measured on {case.source}."
    numbers = {"knee": beta, "rate": course[place].rate, "nll": course[place].nll}
    yield Finding(KIND, sentence, numbers, view_of("explore", view_id(case.id, beta)), (case.id,))


def knee_of(course: Sequence[Point]) -> int | None:
    """The place farthest below the line between the ends, both axes scaled to 1 (Satopää et al. 2011); None of none."""
    if len(course) < 3:
        return None
    rate, nll = np.array([point.rate for point in course]), np.array([point.nll for point in course])
    if not (rate[0] > rate[-1] and nll[-1] > nll[0]):
        return None
    below = (rate[0] - rate) / (rate[0] - rate[-1]) - (nll - nll[0]) / (nll[-1] - nll[0])
    place = int(below.argmax())
    return place if below[place] > DEEP else None


def _step(start: Point, end: Point, units: int) -> str:
    paid, saved = end.nll - start.nll, start.rate - end.rate
    way = f"from β {start.beta:g} to {end.beta:g}"
    if paid > 0 and saved > 0:
        told = f"{way} you pay {paid:.1f} nats of nll for {saved:.1f} nats of rate"
    else:
        told = f"{way} nll changes by {signed(paid, 1)} and rate by {signed(-saved, 1)} nats, which is no exchange"
    more = end.silent - start.silent
    if abs(more) < 0.5:
        return told
    verb = ("fall", "wake")[more < 0] + ("s" if round(abs(more)) == 1 else "")
    return f"{told}, and {abs(more):.0f} of {units} units {verb} {'silent' if more > 0 else 'up'}"
