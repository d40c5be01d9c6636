"""A Plotly chart that is drawn anew in place; Streamlit's own is taken out and put in again at every change."""

from vae_explorer.figures import Figure
from vae_explorer.ui.components.served import served

_chart = served("chart", ("pieces/save_menu", "plot/axis_titles"), isolated=False)


def chart(figure: Figure, key: str, caption: str) -> None:
    """The figure in the page's theme, with Plotly's hover and zoom; the caption goes along with a saved picture."""
    _chart(key=f"chart-{key}", data={**figure._asdict(), "caption": caption})
