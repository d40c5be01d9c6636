"""Measured figures to Plotly figures; the only `import plotly`. The page's theme gives the look."""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from vae_explorer.colours import MODEL_COLOURS
from vae_explorer.latents import Evaluation

MARKED = 40
"""Epochs that are marked on a curve; more would run into each other."""


class Measured(NamedTuple):
    """One model: how it is called, its colour, and what was measured of it."""

    label: str
    colour: str
    figures: Evaluation


def rate_distortion(models: Sequence[Measured]) -> go.Figure:
    """Measured rate against distortion, one point a model; a plain autoencoder has none.

    Alemi et al. 2018, “Fixing a broken ELBO”.
    """
    figure = go.Figure()
    for label, colour, figures in models:
        if figures.rate is None:
            continue
        figure.add_scatter(
            x=[figures.rate],
            y=[figures.nll],
            mode="markers+text",
            text=[label],
            textposition="top center",
            cliponaxis=False,
            marker={"size": 14, "color": colour},
            name=label,
            hovertemplate=f"{label}<br>rate %{{x:.2f}} nats<br>nll %{{y:.2f}} nats<extra></extra>",
        )
    figure.update_layout(
        xaxis_title="rate (nats per image)", yaxis_title="nll (nats per image)", showlegend=False, height=320
    )
    return _calm(figure)


def kl_bars(models: Sequence[Measured]) -> go.Figure:
    """Mean KL of each unit, largest first, one colour a model; units are ranked within their own model.

    A plain autoencoder has no KL and no bars.
    """
    figure = go.Figure()
    for label, colour, figures in models:
        kl = figures.kl_per_dim
        if kl is None:
            continue
        ranked = sorted(range(len(kl)), key=kl.__getitem__, reverse=True)
        figure.add_bar(
            x=[str(rank + 1) for rank in range(len(ranked))],
            y=[kl[unit] for unit in ranked],
            customdata=ranked,
            marker_color=colour,
            name=label,
            hovertemplate=f"{label}<br>unit %{{customdata}}<br>%{{y:.2f}} nats<extra></extra>",
        )
    figure.update_layout(
        xaxis_title="rank of the unit in its model", yaxis_title="KL (nats per image)", barmode="group", height=320
    )
    figure.update_xaxes(type="category")
    return _calm(figure)


def curve(epochs: Sequence[int], values: Sequence[float], what: str, unit: str) -> go.Figure:
    """How one figure went over the epochs of a run."""
    figure = go.Figure()
    figure.add_scatter(
        x=list(epochs),
        y=list(values),
        mode="lines+markers" if len(epochs) <= MARKED else "lines",
        line={"color": MODEL_COLOURS[0], "width": 2},
        marker={"size": 5},
        hovertemplate=f"epoch %{{x:,}}<br>{what} %{{y:.4g}} {unit}<extra></extra>",
    )
    figure.update_layout(xaxis_title="epoch", yaxis_title=f"{what} ({unit})", showlegend=False, height=240)
    figure.update_xaxes(rangemode="nonnegative", tickformat="d")
    return _calm(figure)


def class_histogram(names: Sequence[str], counts: Sequence[int], colours: Sequence[str]) -> go.Figure:
    """How many images of each class, a bar in the class's colour with its number above."""
    figure = go.Figure()
    figure.add_bar(
        x=list(names),
        y=list(counts),
        marker_color=list(colours),
        text=[f"{count:,}" if count else "" for count in counts],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="class %{x}<br>%{y:,} images<extra></extra>",
    )
    figure.update_layout(xaxis_title="class", yaxis_title="images", showlegend=False, height=240)
    figure.update_xaxes(type="category")
    return _calm(figure)


def _calm(figure: go.Figure) -> go.Figure:
    return figure.update_layout(
        margin={"l": 60, "r": 16, "t": 28, "b": 48},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "y": 1.12, "x": 0},
    )
