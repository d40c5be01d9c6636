"""Measured figures to Plotly figures; the only `import plotly`. The page gives the size and the look."""

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from vae_explorer.colours import CLASS_COLOURS, MODEL_COLOURS
from vae_explorer.metrics.evaluation import Evaluation

MARKED = 40
"""Epochs that are marked on a curve; more would run into each other."""
OTHERS, CHANGED = "rgba(128,128,128,0.45)", "#e76300"
"""Lines that are not named, and the mark of a change."""

Figure = go.Figure
LEGEND = 24
"""Characters of an entry in a legend at the side."""
SMALL, NORMAL = 12, 14
"""Sizes of text in CSS pixels, of ticks and marks and of what an axis shows."""


class Measured(NamedTuple):
    """One model: how it is called, its colour, and what was measured of it."""

    label: str
    colour: str
    figures: Evaluation


class Change(NamedTuple):
    """Where in training beta became another."""

    epoch: float
    beta: float


def rate_distortion(models: Sequence[Measured]) -> go.Figure:
    """Measured rate against distortion, one point a model; a plain autoencoder has none.

    Alemi et al. 2018, “Fixing a broken ELBO”.
    """
    figure = go.Figure()
    for label, colour, figures in models:
        if figures.plain:
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
    figure.update_layout(xaxis_title="rate (nats per image)", yaxis_title="nll (nats per image)", showlegend=False)
    return _calm(figure)


def kl_bars(models: Sequence[Measured], units: Sequence[Sequence[str]]) -> go.Figure:
    """Mean KL of each unit, largest first, one colour a model; units are ranked within their own model.

    A plain autoencoder has no KL and no bars. units: of each model, all of them in words.
    """
    figure = go.Figure()
    for (label, colour, figures), words in zip(models, units, strict=True):
        kl = figures.kl_per_dim
        if kl is None:
            continue
        ranked = sorted(range(len(kl)), key=kl.__getitem__, reverse=True)
        figure.add_bar(
            x=[str(rank + 1) for rank in range(len(ranked))],
            y=[kl[unit] for unit in ranked],
            customdata=[_plain_text(words[unit]) for unit in ranked],
            marker_color=colour,
            name=label,
            hovertemplate=f"{label}<br>%{{customdata}}<br>%{{y:.2f}} nats<extra></extra>",
        )
    figure.update_layout(
        xaxis_title="rank of the unit in its model", yaxis_title="KL (nats per image)", barmode="group"
    )
    figure.update_xaxes(type="category")
    return _calm(figure)


def curve(
    epochs: Sequence[float], values: Sequence[float], what: str, unit: str, changes: Sequence[Change] = ()
) -> go.Figure:
    """How one figure went over the epochs of a run."""
    figure = go.Figure()
    figure.add_scatter(
        x=list(epochs),
        y=list(values),
        mode="lines+markers" if len(epochs) <= MARKED else "lines",
        line={"color": MODEL_COLOURS[0], "width": 2},
        marker={"size": 5},
        hovertemplate=f"epoch %{{x:,.4~g}}<br>{what} %{{y:.4g}} {unit}<extra></extra>",
    )
    figure.update_layout(xaxis_title="epoch", yaxis_title=f"{what} ({unit})", showlegend=False)
    figure.update_yaxes(range=_settled(values))
    return _marked(_calm(figure), changes)


def kl_curves(
    epochs: Sequence[float], kl: np.ndarray, units: Sequence[str], changes: Sequence[Change] = ()
) -> go.Figure:
    """The KL of units, in words, over epochs, [T, D] in nats; the ten that carry the most at the end have colours."""
    figure = go.Figure()
    ranked: list[int] = np.argsort(-kl[-1], kind="stable").tolist()
    named = sorted(ranked[: len(CLASS_COLOURS)])
    others = [unit for unit in ranked if unit not in named]
    for unit in [*others, *named]:
        colour = CLASS_COLOURS[named.index(unit)] if unit in named else OTHERS
        figure.add_scatter(
            x=list(epochs),
            y=kl[:, unit].tolist(),
            mode="lines",
            line={"color": colour, "width": 2 if unit in named else 1},
            name=_plain_text(units[unit], LEGEND),
            showlegend=unit in named,
            hovertemplate=f"epoch %{{x:,.4~g}}<br>{_plain_text(units[unit])}: %{{y:.3g}} nats<extra></extra>",
        )
    figure.update_layout(xaxis_title="epoch", yaxis_title="KL (nats per image)")
    aside = {"orientation": "v", "x": 1.02, "y": 1, "yanchor": "top", "font": {"size": SMALL}}
    calm = _calm(figure).update_layout(legend=aside)
    return _marked(calm, changes)


def unit_profile(names: Sequence[str], quartiles: np.ndarray, factor: str, unit: str) -> go.Figure:
    """Median and quartiles [3, V] of mu of a unit, in words, over a factor's values, by name; they need no order."""
    low, middle, high = quartiles
    reach = {"type": "data", "symmetric": False, "thickness": 1.5, "width": 3}
    figure = go.Figure()
    figure.add_scatter(
        x=list(names),
        y=middle.tolist(),
        error_y={**reach, "array": (high - middle).tolist(), "arrayminus": (middle - low).tolist()},
        mode="markers",
        marker={"color": MODEL_COLOURS[0], "size": 8},
        hovertemplate=f"{factor} %{{x}}<br>median of mu %{{y:.2f}}<extra></extra>",
    )
    figure.update_layout(xaxis_title=f"{factor}, by its values", yaxis_title=f"mu of {unit}", showlegend=False)
    figure.update_xaxes(type="category")
    return _calm(figure)


def unit_histogram(middles: Sequence[float], shares: Sequence[float], prior: Sequence[float] | None) -> go.Figure:
    """The density of a unit's mu over all images as bars, and the prior's as a line, where it has one to show."""
    figure = go.Figure()
    look = {"marker_color": MODEL_COLOURS[0], "hovertemplate": "mu %{x:.2f}<br>density %{y:.3f}<extra></extra>"}
    figure.add_bar(x=list(middles), y=list(shares), name="mu of the images", **look)
    if prior is not None:
        line = {"color": CHANGED, "width": 2}
        figure.add_scatter(x=list(middles), y=list(prior), mode="lines", line=line, name="prior", hoverinfo="skip")
    figure.update_layout(xaxis_title="mu", yaxis_title="density", bargap=0)
    return _calm(figure)


def heat_map(values: Sequence[Sequence[float]], title: str) -> go.Figure:
    """A number for every pixel [H, W], the first row on top, with its scale."""
    figure = go.Figure()
    bar = {"title": {"text": title, "side": "right", "font": {"size": SMALL}}, "thickness": 12}
    hover = f"row %{{y}}, column %{{x}}<br>{title} %{{z:.3f}}<extra></extra>"
    figure.add_heatmap(z=[list(row) for row in values], colorscale="Cividis", zmin=0, colorbar=bar, hovertemplate=hover)
    bare = {"showticklabels": False, "showgrid": False, "zeroline": False, "ticks": ""}
    figure.update_xaxes(constrain="domain", **bare).update_yaxes(autorange="reversed", scaleanchor="x", **bare)
    return _calm(figure).update_layout(margin={"l": 8, "r": 8, "t": 28, "b": 8})


def shares(names: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], title: str) -> go.Figure:
    """Shares from 0 to 1 as bars to the right, the first name on top; a series for each thing that is compared."""
    figure = go.Figure()
    for (label, values), colour in zip(series, MODEL_COLOURS, strict=False):
        figure.add_bar(
            y=[_plain_text(name, LEGEND) for name in names],
            x=list(values),
            orientation="h",
            name=label,
            marker_color=colour,
            text=["" if value is None else f"{value:.2f}" for value in values],
            textposition="outside",
            cliponaxis=False,
            hovertemplate=f"%{{y}}<br>{label} %{{x:.3f}}<extra></extra>",
        )
    figure.update_layout(xaxis_title=title, showlegend=len(series) > 1, bargap=0.25)
    figure.update_xaxes(range=[0, 1.12], tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.update_yaxes(autorange="reversed", type="category", ticksuffix="  ")
    return _calm(figure).update_layout(margin={"l": 110, "r": 16, "t": 28, "b": 48})


def histogram(what: str, names: Sequence[str], counts: Sequence[int], colours: Sequence[str]) -> go.Figure:
    """How many images of each class or value of a factor, a bar in its colour with its number above."""
    figure = go.Figure()
    figure.add_bar(
        x=list(names),
        y=list(counts),
        marker_color=list(colours),
        text=[f"{count:,}" if count else "" for count in counts],
        textposition="outside",
        cliponaxis=False,
        hovertemplate=f"{what} %{{x}}<br>%{{y:,}} images<extra></extra>",
    )
    figure.update_layout(xaxis_title=what, yaxis_title="images", showlegend=False)
    figure.update_xaxes(type="category")
    return _calm(figure)


def _settled(values: Sequence[float]) -> list[float] | None:
    """The range of a long curve without the heights of its first twentieth, whose steep fall would flatten the rest."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite[len(finite) // 20 :], default=0.0)
    if len(values) < MARKED or low >= high:
        return None
    room = 0.06 * (high - low)
    return [low - room, high + room]


def _marked(figure: go.Figure, changes: Sequence[Change]) -> go.Figure:
    """Thin lines from top to bottom where beta became another, with its new value; from epoch 0 on."""
    upright = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": {"color": CHANGED, "width": 1}}
    note = {"yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "font": {"size": SMALL}}
    figure.update_layout(
        shapes=[{**upright, "x0": epoch, "x1": epoch} for epoch, _ in changes],
        annotations=[{**note, "x": epoch, "text": f"β {beta:g}"} for epoch, beta in changes],
    )
    return figure.update_xaxes(rangemode="tozero")


def _plain_text(text: str, most: int = 1000) -> str:
    """At most so many letters, all shown by Plotly, which reads tags and fills in what a percent sign begins."""
    short = text if len(text) <= most else text[: most - 1].rstrip() + "…"
    return escape(short, quote=False).replace("%", "&#37;")


def _calm(figure: go.Figure) -> go.Figure:
    return figure.update_layout(
        margin={"l": 60, "r": 16, "t": 28, "b": 48},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "y": 1.12, "x": 0, "font": {"size": SMALL}},
        font={"size": SMALL},
        annotationdefaults={"font": {"size": SMALL}},
        xaxis={"tickfont": {"size": SMALL}, "title": {"font": {"size": NORMAL}}},
        yaxis={"tickfont": {"size": SMALL}, "title": {"font": {"size": NORMAL}}},
    )
