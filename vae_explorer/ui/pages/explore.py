"""Explore: the latent map, and a picture that follows the pointer."""

import streamlit as st

from vae_explorer.ui import colouring, panels, state, widgets
from vae_explorer.ui.components.latent_map import latent_map

PLANES = {"units": "Two units", "pca": "PCA"}

scene = panels.current_scene()
many, classed = scene.latent_dim > 2, [0.9] if scene.y is not None else []
widths = [2.4, 1.3, *classed, *([1.1, 1.2, 1.2] if many else [3.5])]
model, coloured, *rest = st.columns(widths, vertical_alignment="bottom")
with model:
    panels.model_choice()
with coloured:
    known = colouring.choices(scene.latents, state.get("colour"))
    colour = widgets.choice("colour", "Colour by", list(known), known.__getitem__)
panels.class_choice(scene, rest[: len(classed)])
rest = rest[len(classed) :]
plane = "units"
if many:
    with rest[0]:
        plane = widgets.choice("plane", "Plane", list(PLANES), PLANES.__getitem__)
    if plane == "units":
        widgets.unit_pair(scene.units, scene.ranked, panels.unit_title(scene), rest[1:])

latent_map(scene, plane, colour)
panels.measured(scene)
panels.offer_download(scene)
