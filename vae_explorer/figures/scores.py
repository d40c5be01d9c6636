"""Any score of models against β."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from vae_explorer.figures.look import FAINT, OPENS, Attributes, Figure, axis, deviation_bar, figure, plain_text
from vae_explorer.spread import Spread, spread

APART = 0.06
"""Of the span of the axis, between two ticks."""


class Scored(NamedTuple):
    """One model's score."""

    id: str
    label: str
    series: str
    """Models that differ in β and seed alone share one."""
    beta: float
    value: float
    colour: str
    marked: bool


def score_by_beta(title: str, scored: Sequence[Scored]) -> Figure:
    """A score over β: every seed a dot, and a line through the mean of each β, with error bars of its seeds."""
    series = sorted(scored, key=lambda one: (one.series, one.beta))
    grouped = [_by_beta(members) for _, members in groupby(series, key=lambda one: one.series)]
    means = [
        *map(_mean, grouped),
        *(_deviations(found) for found in grouped if any(one.n > 1 for one in found.values())),
    ]
    kind = "log" if all(one.beta > 0 for one in scored) else "linear"
    ticks = _ticks(sorted({one.beta for one in scored}), kind == "log")
    x = axis("β", type=kind, tickvals=ticks, ticktext=[f"{beta:.3g}" for beta in ticks], tickangle=0)
    return figure([*means, *map(_scored, scored)], x, axis(title), showlegend=False, hovermode="closest", meta=OPENS)


def _ticks(betas: list[float], log: bool) -> list[float]:
    """Those of rising βs that are far enough from the one before to be written."""
    places = [math.log(beta) if log else beta for beta in betas]
    kept: list[int] = []
    for i, place in enumerate(places):
        if not kept or place - places[kept[-1]] >= APART * (places[-1] - places[0]):
            kept.append(i)
    return [betas[i] for i in kept]


def _by_beta(members: Iterable[Scored]) -> dict[float, Spread]:
    """Of one series by rising β, each over its seeds."""
    return {beta: spread([one.value for one in seeds]) for beta, seeds in groupby(members, key=lambda one: one.beta)}


def _mean(found: Mapping[float, Spread]) -> Attributes:
    told = [f"mean {one.words('%.4g')}" if one.n > 1 else f"{one.mean:.4g}, one seed" for one in found.values()]
    return {
        "type": "scatter",
        "x": list(found),
        "y": [one.mean for one in found.values()],
        "mode": "lines",
        "line": {"width": 2, "color": FAINT},
        "hovertext": told,
        "hovertemplate": "β %{x}<br>%{hovertext}<extra></extra>",
    }


def _deviations(found: Mapping[float, Spread]) -> Attributes:
    """Error bars where there is more than one seed; one alone has no deviation, not one of 0."""
    several = {beta: one for beta, one in found.items() if one.n > 1}
    return {
        "type": "scatter",
        "x": list(several),
        "y": [one.mean for one in several.values()],
        "error_y": deviation_bar(list(several.values())),
        "mode": "lines",
        "line": {"width": 0, "color": FAINT},
        "hoverinfo": "skip",
    }


def _scored(one: Scored) -> Attributes:
    name = plain_text(one.label)
    return {
        "type": "scatter",
        "x": [one.beta],
        "y": [one.value],
        "mode": "markers",
        "marker": {"size": 12 if one.marked else 8, "color": one.colour},
        "customdata": [one.id],
        "name": name,
        "hovertemplate": f"{name}<br>β %{{x}}<br>%{{y:.4g}}<extra></extra>",
    }
