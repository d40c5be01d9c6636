"""Bars: shares, and images counted."""

from collections.abc import Sequence

from vae_explorer.colours import MODEL_COLOURS
from vae_explorer.figures.look import LEGEND, Figure, axis, figure, plain_text

Series = tuple[str, Sequence[float | None]]
"""What it is called, and a share for each name."""


def shares(names: Sequence[str], series: Sequence[Series], title: str) -> Figure:
    """Shares from 0 to 1 as bars to the right, the first name on top; a series for each thing that is compared."""
    look = {"type": "bar", "orientation": "h", "textposition": "outside", "cliponaxis": False}
    bars = [
        {
            **look,
            "y": [plain_text(name, LEGEND) for name in names],
            "x": list(values),
            "name": label,
            "marker": {"color": colour},
            "text": ["" if value is None else f"{value:.2f}" for value in values],
            "hovertemplate": f"%{{y}}<br>{label} %{{x:.3f}}<extra></extra>",
        }
        for (label, values), colour in zip(series, MODEL_COLOURS, strict=False)
    ]
    x = axis(title, range=[0, 1.12], tickvals=[0, 0.25, 0.5, 0.75, 1])
    y = axis(autorange="reversed", type="category", ticksuffix="  ")
    return figure(bars, x, y, showlegend=len(series) > 1, bargap=0.25, margin={"l": 110})


def histogram(what: str, names: Sequence[str], counts: Sequence[int], colours: Sequence[str]) -> Figure:
    """How many images of each class or value of a factor, a bar in its colour with its number above."""
    bars = {
        "type": "bar",
        "x": list(names),
        "y": list(counts),
        "marker": {"color": list(colours)},
        "text": [f"{count:,}" if count else "" for count in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": f"{what} %{{x}}<br>%{{y:,}} images<extra></extra>",
    }
    return figure([bars], axis(what, type="category"), axis("images"), showlegend=False)
