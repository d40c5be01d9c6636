"""One unit of a model: its mu along a factor, and how they are spread."""

from collections.abc import Sequence

import numpy as np

from vae_explorer.colours import MODEL_COLOURS
from vae_explorer.figures.look import CHANGED, Figure, axis, figure


def unit_profile(names: Sequence[str], quartiles: np.ndarray, factor: str, unit: str) -> Figure:
    """Median and quartiles [3, V] of mu of a unit, in words, over a factor's values, by name; they need no order."""
    low, middle, high = quartiles
    reach = {"type": "data", "symmetric": False, "thickness": 1.5, "width": 3}
    medians = {
        "type": "scatter",
        "x": list(names),
        "y": middle.tolist(),
        "error_y": {**reach, "array": (high - middle).tolist(), "arrayminus": (middle - low).tolist()},
        "mode": "markers",
        "marker": {"color": MODEL_COLOURS[0], "size": 8},
        "hovertemplate": f"{factor} %{{x}}<br>median of mu %{{y:.2f}}<extra></extra>",
    }
    x = axis(f"{factor}, by its values", type="category")
    return figure([medians], x, axis(f"mu of {unit}"), showlegend=False)


def unit_histogram(middles: Sequence[float], shares: Sequence[float], prior: Sequence[float] | None) -> Figure:
    """The density of a unit's mu over all images as bars, and the prior's as a line, where it has one to show."""
    bars = {
        "type": "bar",
        "x": list(middles),
        "y": list(shares),
        "name": "mu of the images",
        "marker": {"color": MODEL_COLOURS[0]},
        "hovertemplate": "mu %{x:.2f}<br>density %{y:.3f}<extra></extra>",
    }
    line = {"type": "scatter", "mode": "lines", "line": {"color": CHANGED, "width": 2}, "name": "prior"}
    curves = [] if prior is None else [{**line, "x": list(middles), "y": list(prior), "hoverinfo": "skip"}]
    return figure([bars, *curves], axis("mu"), axis("density"), bargap=0)
