"""Seeds that disagree more than β's do."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from vae_explorer.advice.case import Case, Score
from vae_explorer.advice.family import Family
from vae_explorer.advice.finding import Finding, comparison_of

KIND = "seed-spread"
TOLD = 4
"""Figures with their numbers; more are counted."""


class Spread(NamedTuple):
    """One figure of two neighbouring β's."""

    heading: str
    seeds: float
    """From the least to the most of one β's seeds, the larger of both."""
    betas: float
    """Between the means."""
    source: str
    """Which images it was measured on."""


def seed_spread(family: Family) -> Iterator[Finding]:
    """Each step of β over which a figure's seeds lie farther apart than its β's: it does not decide between them."""
    for (low, below), (high, above) in pairwise(family.members.items()):
        spreads = list(_spreads(below, above))
        wide = [spread for spread in spreads if spread.seeds > spread.betas]
        if wide:
            way = f"From β {low:g} to {high:g}"
            seeds = f"{len(below)} and {len(above)} seeds"
            yield _finding(f"{way}, {seeds}", wide, len(spreads), below, above)


def _finding(way: str, wide: Sequence[Spread], among: int, below: Sequence[Case], above: Sequence[Case]) -> Finding:
    told = [f"{one.heading} ({one.seeds:.3g} against {one.betas:.3g})" for one in wide[:TOLD]]
    more = f" and {len(wide) - TOLD} more" if len(wide) > TOLD else ""
    sentence = (
        f"{way} differ more among themselves than the β's differ on average, in {len(wide)} of {among} figures: "
        f"{', '.join(told)}{more}. These figures do not decide between the two β's; train more seeds. Measured on "
        f"{' and '.join(sorted({one.source for one in wide}))}."
    )
    numbers = {f"{one.heading}, {part}": getattr(one, part) for one in wide for part in ("seeds", "betas")}
    shown = [case.id for case in (*below[:2], *above[:2])]
    return Finding(KIND, sentence, numbers, comparison_of(shown), tuple(case.id for case in (*below, *above)))


def _spreads(below: Sequence[Case], above: Sequence[Case]) -> Iterator[Spread]:
    if min(len(below), len(above)) < 2:
        return
    figures = [[_figures(case) for case in cases] for cases in (below, above)]
    for heading, (_, source) in figures[0][0].items():
        if all(heading in case for cases in figures for case in cases):
            groups = [np.array([case[heading].value for case in cases]) for cases in figures]
            apart = abs(float(groups[0].mean() - groups[1].mean()))
            yield Spread(heading, max(float(np.ptp(group)) for group in groups), apart, source)


def _figures(case: Case) -> dict[str, Score]:
    return {"nll": Score(case.measured.nll, case.source), "rate": Score(case.rate, case.source), **case.scores}
