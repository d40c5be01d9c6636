"""A Plotly chart that is drawn anew in place; Streamlit's own is taken out and put in again at every change."""

import json
from typing import TYPE_CHECKING

from vae_explorer.ui.components.served import served

if TYPE_CHECKING:
    from vae_explorer.figures import Figure

_chart = served("chart", ("pieces/save_menu", "plot/axis_titles"), isolated=False)


def chart(figure: "Figure", key: str, caption: str) -> None:
    """The figure in the page's theme, with Plotly's hover and zoom; the caption goes along with a saved picture."""
    drawn = json.loads(str(figure.to_json()))
    drawn["layout"].pop("template", None)
    _chart(key=f"chart-{key}", data={"data": drawn["data"], "layout": drawn["layout"], "caption": caption})
