"""Models beside each other: rate against distortion, and any score against β."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from vae_explorer.figures.labels import Dot, label_sides
from vae_explorer.figures.look import SMALL, Attributes, Figure, axis, figure, plain_text
from vae_explorer.latents.beta_latents import BetaCurve
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.spread import Spread, spread

MOST_BOUNDS = 5
ROOM = 0.12
"""Of the span of the points, beyond them on each side."""
LEGIBLE = 0.25
"""Of the span of the axis: a line of one ELBO that is seen for less has no room for its name."""
NAMED = 0.17
"""Of the span of the axis, from the right end of such a line to where its name begins, above it."""
FAINT, GREY = "rgba(128,128,128,0.6)", "rgb(128,128,128)"
APART = 0.06
"""Of the span of the axis, between two ticks."""
OPENS = "models"
"""What `meta` of a layout says where a click on a dot opens its model: `customdata` is its id."""


class Measured(NamedTuple):
    """One model: how it is called, its colour, and what was measured of it."""

    label: str
    """Written beside the dot, where it is not empty."""
    colour: str
    figures: Evaluation
    id: str = ""
    """Of the model that a click opens."""
    group: str = ""
    """Runs that differ in their seed alone share one, and a mean."""
    marked: bool = True
    """Whether it stands out from the others."""
    about: str = ""
    """What the pointer reads instead of the label."""


class Curve(NamedTuple):
    """What one network measures at each of its βs."""

    network: str
    colour: str
    measured: BetaCurve


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


def rate_distortion(models: Sequence[Measured], curves: Sequence[Curve] = ()) -> Figure:
    """Measured rate against distortion, one point a model, over lines of one ELBO; the mean of seeds has error bars.

    A multi-rate network is a curve, and a point on it that goes where its β is turned.

    A plain autoencoder has none. Alemi et al. 2018, “Fixing a broken ELBO”.
    """
    points = [model for model in models if not model.figures.plain]
    lines = [(one.measured.rate, one.measured.nll) for one in curves]
    across, up = (
        _span([*(_place(model)[axis] for model in points), *(v for line in lines for v in line[axis].tolist())])
        for axis in (0, 1)
    )
    x, y = axis("rate (nats per image)", range=across), axis("nll (nats per image)", range=up)
    sides = label_sides([_dot(model, across, up) for model in points])
    dots = (_point(model, side) for model, side in zip(points, sides, strict=True))
    traces = [*_bounds(across, up), *map(_curve, curves), *_seeds(points), *dots]
    return figure(traces, x, y, showlegend=False, hovermode="closest", meta=OPENS)


def _place(model: Measured) -> tuple[float, float]:
    return model.figures.rate or 0.0, model.figures.nll


def _dot(model: Measured, across: list[float], up: list[float]) -> Dot:
    x, y = ((value - low) / (high - low) for value, (low, high) in zip(_place(model), (across, up), strict=True))
    return Dot(x, y, model.label, model.marked)


def _span(values: Sequence[float]) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = ROOM * (high - low) or 1.0
    return [low - room, high + room]


def nice_levels(low: float, high: float, most: int = MOST_BOUNDS) -> list[float]:
    """At most so many round numbers, evenly apart, between two values."""
    least = (high - low) / most
    size = 10 ** math.floor(math.log10(least)) if least > 0 else 1.0
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= least)
    return [step * k for k in range(math.ceil(low / step), math.floor(high / step) + 1)][:most]


def _bounds(across: list[float], up: list[float]) -> Iterable[Attributes]:
    """Dotted lines of equal nll + rate, as far as they are seen."""
    for level in nice_levels(across[0] + up[0], across[1] + up[1]):
        ends = [max(across[0], level - up[1]), min(across[1], level - up[0])]
        if ends[1] - ends[0] < LEGIBLE * (across[1] - across[0]):
            continue
        x = [ends[0], ends[1] - NAMED * (across[1] - across[0]), ends[1]]
        yield {
            "type": "scatter",
            "x": x,
            "y": [level - end for end in x],
            "mode": "lines+text",
            "line": {"dash": "dot", "width": 1, "color": FAINT},
            "text": ["", f"ELBO {-level:g}".replace("-", "−"), ""],
            "textposition": "top right",
            "textfont": {"size": SMALL, "color": GREY},
            "hoverinfo": "skip",
        }


def _seeds(points: Sequence[Measured]) -> Iterable[Attributes]:
    """The mean of each group of seeds, with one standard deviation on each side."""
    grouped = sorted((model for model in points if model.group), key=lambda model: model.group)
    for _, members in groupby(grouped, key=lambda model: model.group):
        seeds = list(members)
        if len(seeds) > 1:
            rate, nll = (spread(values) for values in zip(*map(_place, seeds), strict=True))
            told = f"mean of seeds<br>rate {rate.words('%.2f')}<br>nll {nll.words('%.2f')}<br>nats per image"
            yield {
                "type": "scatter",
                "x": [rate.mean],
                "y": [nll.mean],
                "error_x": _bar([rate]),
                "error_y": _bar([nll]),
                "mode": "lines",
                "line": {"width": 2, "color": FAINT},
                "hovertemplate": f"{told}<extra></extra>",
            }


def _bar(found: Sequence[Spread]) -> Attributes:
    """One standard deviation on each side."""
    return {"type": "data", "array": [one.sd for one in found], "color": GREY, "thickness": 1.5, "width": 5}


def _curve(one: Curve) -> Attributes:
    beta, rate, nll = (values.tolist() for values in one.measured)
    name = plain_text(one.network)
    return {
        "type": "scatter",
        "x": rate,
        "y": nll,
        "mode": "lines",
        "line": {"width": 2, "color": one.colour},
        "text": [f"{value:.3g}" for value in beta],
        "meta": {"network": one.network, "betas": beta},
        "hovertemplate": f"{name}<br>β %{{text}}<br>rate %{{x:.2f}} nats<br>nll %{{y:.2f}} nats<extra></extra>",
    }


def _point(model: Measured, side: str) -> Attributes:
    """A dot and, where there is room on a side of it, its label."""
    label, colour, figures = model[:3]
    name = plain_text(model.about or label)
    return {
        "type": "scatter",
        "x": [figures.rate],
        "y": [figures.nll],
        "mode": "markers+text",
        "text": [plain_text(label) if side else ""],
        "textposition": side or "top center",
        "cliponaxis": False,
        "marker": {"size": 14 if model.marked else 9, "color": colour},
        "customdata": [model.id],
        "name": name,
        "hovertemplate": f"{name}<br>rate %{{x:.2f}} nats<br>nll %{{y:.2f}} nats<extra></extra>",
    }


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
        "error_y": _bar(list(several.values())),
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
