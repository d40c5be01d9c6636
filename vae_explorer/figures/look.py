"""What all figures share: a figure's parts, its axes, sizes of text, text that is shown as it is."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from vae_explorer.spread import Spread
from vae_explorer.texts import shortened

LEGEND = 24
"""Characters of an entry in a legend at the side."""
SMALL, NORMAL = 12, 14
"""Sizes of text in CSS pixels, of ticks and marks and of what an axis shows."""
FAINT, GREY = "rgba(128,128,128,0.6)", "rgb(128,128,128)"
OPENS = "models"
"""What `meta` of a layout says where a click on a dot opens its model: `customdata` is its id."""
CHANGED = "#e76300"
"""The mark of a change, or of what measured values are held against."""

Attributes = dict[str, Any]
"""As Plotly's reference names them; tests hold all of them against Plotly's own validators."""
_MARGIN = {"l": 60, "r": 16, "t": 28, "b": 48}
_CALM = {
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "font": {"size": SMALL},
    "annotationdefaults": {"font": {"size": SMALL}},
}
_LEGEND = {"orientation": "h", "y": 1.12, "x": 0, "font": {"size": SMALL}}


class Figure(NamedTuple):
    """What Plotly draws: plain data, finite or null, without the validators that cost 10 to 25 ms a figure."""

    data: list[Attributes]
    layout: Attributes


def figure(traces: Sequence[Attributes], x: Attributes, y: Attributes, **layout: Any) -> Figure:
    """Traces between two axes, with a calm look; what the layout says comes before it, a margin side by side."""
    margin, legend = {**_MARGIN, **layout.pop("margin", {})}, {**_LEGEND, **layout.pop("legend", {})}
    calm = {**_CALM, "margin": margin, "legend": legend, "xaxis": x, "yaxis": y, **layout}
    return Figure([_finite(trace) for trace in traces], _finite(calm))


def axis(title: str = "", **more: Any) -> Attributes:
    """An axis with its title and ticks of the usual sizes."""
    text = {"text": title} if title else {}
    return {"tickfont": {"size": SMALL}, "title": {**text, "font": {"size": NORMAL}}, **more}


def plain_text(text: str, most: int = 1000) -> str:
    """At most so many letters, all shown by Plotly, which reads tags and fills in what a percent sign begins."""
    return escape(shortened(text, most), quote=False).replace("%", "&#37;")


def _finite(value: Any) -> Any:
    """The same with null for every number that JSON has no word for."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(one) for name, one in value.items()}
    return [_finite(one) for one in value] if isinstance(value, list) else value


def deviation_bar(found: Sequence[Spread]) -> Attributes:
    """One standard deviation on each side."""
    return {"type": "data", "array": [one.sd for one in found], "color": GREY, "thickness": 1.5, "width": 5}
