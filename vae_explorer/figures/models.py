"""Models side by side: rate against distortion, and the KL of their units."""

from collections.abc import Sequence
from typing import NamedTuple

from vae_explorer.figures.look import Attributes, Figure, axis, figure, plain_text
from vae_explorer.metrics.evaluation import Evaluation


class Measured(NamedTuple):
    """One model: how it is called, its colour, and what was measured of it."""

    label: str
    colour: str
    figures: Evaluation


def rate_distortion(models: Sequence[Measured]) -> Figure:
    """Measured rate against distortion, one point a model; a plain autoencoder has none.

    Alemi et al. 2018, “Fixing a broken ELBO”.
    """
    points = [_point(model) for model in models if not model.figures.plain]
    x, y = axis("rate (nats per image)"), axis("nll (nats per image)")
    return figure(points, x, y, showlegend=False)


def _point(model: Measured) -> Attributes:
    label, colour, figures = model
    return {
        "type": "scatter",
        "x": [figures.rate],
        "y": [figures.nll],
        "mode": "markers+text",
        "text": [label],
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {"size": 14, "color": colour},
        "name": label,
        "hovertemplate": f"{label}<br>rate %{{x:.2f}} nats<br>nll %{{y:.2f}} nats<extra></extra>",
    }


def kl_bars(models: Sequence[Measured], units: Sequence[Sequence[str]]) -> Figure:
    """Mean KL of each unit, largest first, one colour a model; units are ranked within their own model.

    A plain autoencoder has no KL and no bars. units: of each model, all of them in words.
    """
    pairs = zip(models, units, strict=True)
    bars = [_bars(model, model.figures.kl_per_dim, words) for model, words in pairs if model.figures.kl_per_dim]
    x = axis("rank of the unit in its model", type="category")
    return figure(bars, x, axis("KL (nats per image)"), barmode="group")


def _bars(model: Measured, kl: Sequence[float], words: Sequence[str]) -> Attributes:
    ranked = sorted(range(len(kl)), key=kl.__getitem__, reverse=True)
    return {
        "type": "bar",
        "x": [str(rank + 1) for rank in range(len(ranked))],
        "y": [kl[unit] for unit in ranked],
        "customdata": [plain_text(words[unit]) for unit in ranked],
        "marker": {"color": model.colour},
        "name": model.label,
        "hovertemplate": f"{model.label}<br>%{{customdata}}<br>%{{y:.2f}} nats<extra></extra>",
    }
