"""A number for every pixel."""

from collections.abc import Sequence

from vae_explorer.figures.look import SMALL, Figure, axis, figure


def heat_map(values: Sequence[Sequence[float]], title: str) -> Figure:
    """A number for every pixel [H, W], the first row on top, with its scale."""
    pixels = {
        "type": "heatmap",
        "z": [list(row) for row in values],
        "colorscale": "Cividis",
        "zmin": 0,
        "colorbar": {"title": {"text": title, "side": "right", "font": {"size": SMALL}}, "thickness": 12},
        "hovertemplate": f"row %{{y}}, column %{{x}}<br>{title} %{{z:.3f}}<extra></extra>",
    }
    bare = {"showticklabels": False, "showgrid": False, "zeroline": False, "ticks": ""}
    y = axis(autorange="reversed", scaleanchor="x", **bare)
    return figure([pixels], axis(constrain="domain", **bare), y, margin={"l": 8, "r": 8, "b": 8})
