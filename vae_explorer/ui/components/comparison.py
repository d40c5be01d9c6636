"""The menu that saves all compared models as one picture."""

from typing import Any

from vae_explorer.ui.components.served import served

_comparison = served("comparison", ("pieces/save_menu",))


def comparison_menu(data: dict[str, Any]) -> None:
    """The menu of a comparison, told as web/comparison/data.d.ts says; the browser draws the picture."""
    _comparison(key="comparison", data=data)
