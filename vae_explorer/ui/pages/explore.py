"""Explore: the latent map, and a picture that follows the pointer."""

import streamlit as st

from vae_explorer.ui import panels, widgets
from vae_explorer.ui.components.latent_map import VALUE_LABELS, latent_map

PLANES = {"units": "Two units", "pca": "PCA"}
COLOURS = {"class": "Class"} | VALUE_LABELS

scene = panels.current_scene()
many = scene.latent_dim > 2
model, coloured, *rest = st.columns([2.4, 1.1, *([1.1, 1.2, 1.2] if many else [3.5])], vertical_alignment="bottom")
with model:
    panels.model_choice()
with coloured:
    colour = widgets.choice("colour", "Colour by", list(COLOURS), COLOURS.__getitem__)
plane = "units"
if many:
    with rest[0]:
        plane = widgets.choice("plane", "Plane", list(PLANES), PLANES.__getitem__)
    if plane == "units":
        widgets.unit_pair(scene.units, scene.ranked, panels.unit_title(scene), rest[1:])

latent_map(scene, plane, colour)
panels.measured(scene)
panels.offer_download(scene)
