"""Models side by side under one hand, and the menu that saves them as one picture."""

from typing import Any

from vae_explorer.ui.components.served import event_callbacks, served

EVENTS = ("point", "unit", "difference")
_comparison = served("comparison", ("pieces/finger_view", "pieces/save_menu", "plot/axis_titles", "plot/colourbar"))


def comparison(data: dict[str, Any]) -> None:
    """The columns of a comparison, told as web/comparison/data.d.ts says; what the hand chooses comes back."""
    _comparison(key="comparison", data=data, **event_callbacks("comparison", *EVENTS))
