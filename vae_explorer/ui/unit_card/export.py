"""All cards of the model to take along."""

from functools import partial

import streamlit as st

from vae_explorer.ui import widgets
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import counted
from vae_explorer.unit_cards import export


def offer_cards(scene: Scene) -> None:
    """As one HTML and one JSON; units whose cards were never opened are measured then."""
    words, html, figures = st.columns([4, 1, 1], vertical_alignment="center")
    words.caption(f"The cards of all {counted(scene.latent_dim)} to take along; what was not opened is measured first.")
    name, shown = f"{scene.checkpoint.id}-units", scene.checkpoint
    with html:
        widgets.download("HTML", "html", partial(export.as_html, shown), f"{name}.html", "text/html")
    with figures:
        widgets.download("JSON", "data_object", partial(export.as_json, shown), f"{name}.json", "application/json")
