"""Traversals: a grid over two units, and a slider and a strip for every unit."""

import streamlit as st

from vae_explorer.latents.traversals import MAX_STEPS
from vae_explorer.ui import panels, titles, widgets
from vae_explorer.ui.components.beta_dial import beta_dial
from vae_explorer.ui.components.traversal_board import traversal_board

SPACINGS = {"linear": "Linear", "quantile": "Quantiles of N(0, 1)"}

scene = panels.current_scene()
classed, pair = [0.8] if scene.y is not None else [], [1.15, 1.15] if scene.latent_dim > 2 else []
widths = [2, *classed, *pair, 1.1, 1, 1]
model, *middle, spaced, spanned, stepped = st.columns(widths, vertical_alignment="bottom")
with model:
    panels.model_choice()
panels.class_choice(scene, middle[: len(classed)])
if pair:
    widgets.unit_pair(scene.units, scene.ranked, titles.unit_title(scene), middle[len(classed) :])
with spaced:
    spacing = widgets.choice("spacing", "Spacing", list(SPACINGS), SPACINGS.__getitem__)
with spanned:
    whose = "mu" if scene.plain else "prior"
    span = widgets.slider("span", f"Span (± deviations of {whose})", 0.5, 6.0, 0.5, "%.1f")
with stepped:
    steps = widgets.slider("steps", "Steps per side", 2, MAX_STEPS, 1, "%d")

beta_dial(scene.checkpoint)
traversal_board(scene, steps, span, spacing)
panels.show_measured(scene)
