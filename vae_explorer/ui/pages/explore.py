"""Explore: the latent map, and a picture that follows the pointer."""

import streamlit as st

from vae_explorer.projections import PROJECTIONS, sensible
from vae_explorer.ui import panels, titles, widgets
from vae_explorer.ui.colour_field import colour_field
from vae_explorer.ui.components.beta_dial import beta_dial
from vae_explorer.ui.components.latent_map import latent_map
from vae_explorer.ui.explore import fitted_map, gallery

scene = panels.current_scene()
planes, classed = sensible(scene.latent_dim), [0.9] if scene.y is not None else []
widths = [2.4, 1.3, *classed, 1.1, 1.2, 1.2]
model, coloured, *rest = st.columns(widths, vertical_alignment="bottom")
with model:
    panels.model_choice()
with coloured:
    colour = colour_field(scene)
panels.class_choice(scene, rest[: len(classed)])
rest = rest[len(classed) :]
plane = "units"
if len(planes) > 1:
    with rest[0]:
        plane = widgets.choice("plane", "Map", planes, lambda name: PROJECTIONS[name].title)
if PROJECTIONS[plane].fitted:
    with rest[1]:
        fitted_map.setting_choices(plane)
elif plane == "units" and scene.latent_dim > 2:
    widgets.unit_pair(scene.units, scene.ranked, titles.unit_title(scene), rest[1:])

beta_dial(scene.checkpoint)
shown = fitted_map.chosen_map(scene)
latent_map(scene, shown.plane, shown.key, colour, provisional=shown.provisional)
fitted_map.show_status(shown, scene)
panels.show_measured(scene)
panels.offer_originals(scene)
if not shown.provisional:
    gallery.show_selection(scene, shown.plane, shown.key, colour)
gallery.show_neighbours(scene)
