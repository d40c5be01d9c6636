"""Explore: the latent map, and a picture that follows the pointer."""

import streamlit as st

from vae_explorer.ui import panels, widgets
from vae_explorer.ui.components.latent_map import VALUE_LABELS, latent_map

PLANES = {"units": "Two units", "pca": "PCA"}
COLOURS = {"class": "Class"} | VALUE_LABELS

scene = panels.current_scene()
bar = st.columns([2.4, 1.1, 1.1, 1.2, 1.2], vertical_alignment="bottom")
with bar[0]:
    panels.model_choice()
with bar[1]:
    colour = widgets.choice("colour", "Colour by", list(COLOURS), COLOURS.__getitem__)
plane = "units"
if scene.latent_dim > 2:
    with bar[2]:
        plane = widgets.choice("plane", "Plane", list(PLANES), PLANES.__getitem__)
    if plane == "units":
        widgets.unit_pair(scene.units, scene.ranked, panels.unit_title(scene), bar[3:])

latent_map(scene, plane, colour)
panels.measured(scene)
panels.offer_download(scene)
