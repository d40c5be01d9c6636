"""Models beside each other: rate against distortion."""

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from vae_explorer.figures.labels import Dot, label_sides
from vae_explorer.figures.look import (
    FAINT,
    GREY,
    OPENS,
    SMALL,
    Attributes,
    Figure,
    axis,
    deviation_bar,
    figure,
    plain_text,
)
from vae_explorer.latents.beta_latents import BetaCurve
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.spread import spread

MOST_BOUNDS = 5
ROOM = 0.12
"""Of the span of the points, beyond them on each side."""
LEGIBLE = 0.25
"""Of the span of the axis: a line of one ELBO that is seen for less has no room for its name."""
NAMED = 0.17
"""Of the span of the axis, from the right end of such a line to where its name begins, above it."""


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
                "error_x": deviation_bar([rate]),
                "error_y": deviation_bar([nll]),
                "mode": "lines",
                "line": {"width": 2, "color": FAINT},
                "hovertemplate": f"{told}<extra></extra>",
            }


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
