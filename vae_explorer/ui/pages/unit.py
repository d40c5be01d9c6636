"""Units: the card of one latent unit, what it says, what it moves and who says the same."""

import streamlit as st

from vae_explorer.ui import panels, titles, widgets
from vae_explorer.ui.components.beta_dial import beta_dial
from vae_explorer.ui.unit_card import export, likenesses, looks, measured
from vae_explorer.ui.unit_card.chosen import chosen_unit
from vae_explorer.ui.unit_name_field import name_field, show_name_refusal

scene = panels.current_scene()
unit = chosen_unit(scene)
model, which, name = st.columns([2.4, 1.4, 1.4], vertical_alignment="bottom")
with model:
    panels.model_choice()
with which:
    widgets.choice("unit", "Unit", scene.ranked, titles.unit_title(scene))
with name:
    name_field(scene, unit)
show_name_refusal(scene, unit)
beta_dial(scene.checkpoint)

pictures, density = st.columns([1.7, 1], gap="large")
with pictures:
    looks.show_pictures(scene, unit)
with density:
    looks.show_density(scene, unit)
measured.show_card(scene, unit)
likenesses.show_likenesses(scene, unit)
export.offer_cards(scene)
panels.show_measured(scene)
