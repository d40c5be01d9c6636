"""What went how over the epochs of a run."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vae_explorer.colours import CLASS_COLOURS, MODEL_COLOURS
from vae_explorer.figures.look import CHANGED, LEGEND, SMALL, Attributes, Figure, axis, figure, plain_text

MARKED = 40
"""Epochs that are marked on a curve; more would run into each other."""
OTHERS = "rgba(128,128,128,0.45)"
"""Lines that are not named."""
_ASIDE = {"orientation": "v", "x": 1.02, "y": 1, "yanchor": "top"}


class Change(NamedTuple):
    """Where in training beta became another."""

    epoch: float
    beta: float


class Beside(NamedTuple):
    """The same figure of other images."""

    called: str
    """Which images: "71 test images"."""
    epochs: Sequence[float]
    values: Sequence[float]


def curve(
    epochs: Sequence[float],
    values: Sequence[float],
    what: str,
    unit: str,
    changes: Sequence[Change] = (),
    beside: Beside | None = None,
) -> Figure:
    """How one figure went over the epochs of a run; beside: on images that are not trained on."""
    lines = [_line(epochs, values, f"{what} %{{y:.4g}} {unit}", MODEL_COLOURS[0], "training")]
    if beside is not None:
        told = f"{what} of {beside.called} %{{y:.4g}} {unit}"
        lines.append(_line(beside.epochs, beside.values, told, MODEL_COLOURS[1], beside.called))
    y = axis(f"{what} ({unit})", **_settled(values, () if beside is None else beside.values))
    return figure(lines, _epochs(), y, showlegend=beside is not None, **_marks(changes))


def _line(epochs: Sequence[float], values: Sequence[float], told: str, colour: str, name: str) -> Attributes:
    return {
        "type": "scatter",
        "x": list(epochs),
        "y": list(values),
        "mode": "lines+markers" if len(epochs) <= MARKED else "lines",
        "line": {"color": colour, "width": 2},
        "marker": {"size": 5},
        "name": name,
        "hovertemplate": f"epoch %{{x:,.4~g}}<br>{told}<extra></extra>",
    }


def kl_curves(epochs: Sequence[float], kl: np.ndarray, units: Sequence[str], changes: Sequence[Change] = ()) -> Figure:
    """The KL of units, in words, over epochs, [T, D] in nats; the ten that carry the most at the end have colours."""
    ranked: list[int] = np.argsort(-kl[-1], kind="stable").tolist()
    named = sorted(ranked[: len(CLASS_COLOURS)])
    colours = dict(zip(named, CLASS_COLOURS, strict=False))
    order = [*(unit for unit in ranked if unit not in colours), *named]
    lines = [_kl_curve(epochs, kl[:, unit], units[unit], colours.get(unit)) for unit in order]
    return figure(lines, _epochs(), axis("KL (nats per image)"), legend=_ASIDE, **_marks(changes))


def _kl_curve(epochs: Sequence[float], kl: np.ndarray, unit: str, colour: str | None) -> Attributes:
    return {
        "type": "scatter",
        "x": list(epochs),
        "y": kl.tolist(),
        "mode": "lines",
        "line": {"color": colour or OTHERS, "width": 2 if colour else 1},
        "name": plain_text(unit, LEGEND),
        "showlegend": colour is not None,
        "hovertemplate": f"epoch %{{x:,.4~g}}<br>{plain_text(unit)}: %{{y:.3g}} nats<extra></extra>",
    }


def _epochs() -> Attributes:
    return axis("epoch", rangemode="tozero")


def _settled(values: Sequence[float], beside: Sequence[float] = ()) -> Attributes:
    """The range of a long curve without the heights of its first twentieth, whose steep fall would flatten the rest."""
    both = [[value for value in some if math.isfinite(value)] for some in (values, beside)]
    low = min((value for some in both for value in some), default=0.0)
    high = max((value for some in both for value in some[len(some) // 20 :]), default=0.0)
    if len(values) < MARKED or low >= high:
        return {}
    room = 0.06 * (high - low)
    return {"range": [low - room, high + room]}


def _marks(changes: Sequence[Change]) -> Attributes:
    """Thin lines from top to bottom where beta became another, with its new value."""
    upright = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": {"color": CHANGED, "width": 1}}
    note = {"yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "font": {"size": SMALL}}
    return {
        "shapes": [{**upright, "x0": epoch, "x1": epoch} for epoch, _ in changes],
        "annotations": [{**note, "x": epoch, "text": f"β {beta:g}"} for epoch, beta in changes],
    }
