"""Arrays to Plotly figures; the only `import plotly`. Colours come from the page's theme, units stand on every axis."""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from vae_explorer.colours import MODEL_COLOURS


class RateDistortion(NamedTuple):
    """One measured model: its name, its beta, and its rate and nll in nats per image."""

    name: str
    beta: float
    rate: float
    nll: float


def rate_distortion(models: Sequence[RateDistortion]) -> go.Figure:
    """Measured rate against distortion, one point a model (Alemi et al. 2018, “Fixing a broken ELBO”)."""
    figure = go.Figure()
    for model, colour in zip(models, MODEL_COLOURS, strict=False):
        figure.add_scatter(
            x=[model.rate],
            y=[model.nll],
            mode="markers+text",
            text=[f"β = {model.beta:g}"],
            textposition="top center",
            marker={"size": 14, "color": colour},
            name=model.name,
            hovertemplate=f"{model.name}<br>rate %{{x:.2f}} nats<br>nll %{{y:.2f}} nats<extra></extra>",
        )
    figure.update_layout(
        xaxis_title="rate (nats per image)", yaxis_title="nll (nats per image)", showlegend=False, height=320
    )
    return _calm(figure)


def kl_bars(models: Sequence[tuple[str, Sequence[float]]]) -> go.Figure:
    """Mean KL of each unit, largest first, one row of bars a model; units are ranked within their own model."""
    figure = go.Figure()
    for (name, kl_per_dim), colour in zip(models, MODEL_COLOURS, strict=False):
        ranked = sorted(range(len(kl_per_dim)), key=lambda unit: -kl_per_dim[unit])
        figure.add_bar(
            x=[str(rank + 1) for rank in range(len(ranked))],
            y=[kl_per_dim[unit] for unit in ranked],
            customdata=ranked,
            marker_color=colour,
            name=name,
            hovertemplate=f"{name}<br>unit %{{customdata}}<br>%{{y:.2f}} nats<extra></extra>",
        )
    figure.update_layout(
        xaxis_title="rank of the unit in its model", yaxis_title="KL (nats per image)", barmode="group", height=320
    )
    figure.update_xaxes(type="category")
    return _calm(figure)


def _calm(figure: go.Figure) -> go.Figure:
    return figure.update_layout(
        margin={"l": 60, "r": 16, "t": 16, "b": 48},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "y": 1.12, "x": 0},
    )
