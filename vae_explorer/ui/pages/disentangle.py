"""Disentangle: which unit tells which factor, one unit beside it, and scores beside what a perfect code would get."""

import streamlit as st

from vae_explorer.checkpoints import read_unit_names
from vae_explorer.metrics.scores.factor_matrix import MATRICES
from vae_explorer.ui import panels, widgets
from vae_explorer.ui.components.beta_dial import beta_dial
from vae_explorer.ui.components.factor_matrix import factor_matrix
from vae_explorer.ui.disentangle import relations
from vae_explorer.ui.disentangle.score_request import scores
from vae_explorer.ui.disentangle.unit_panel import unit_panel
from vae_explorer.ui.explanations import caption
from vae_explorer.ui.words import counted

scene = panels.current_scene()
model, matrix, _ = st.columns([2, 1.2, 1.8], vertical_alignment="bottom")
with model:
    panels.model_choice()
with matrix:
    kind = widgets.choice("matrix", "Matrix of", list(MATRICES), lambda name: MATRICES[name].title)

beta_dial(scene.checkpoint)
values = relations.relations(scene, kind)
cell = relations.chosen_cell(scene, values)
factors, units = [factor.name for factor in relations.codes(scene).factors], relations.shown_units(scene)

left, right = st.columns([1.25, 1], gap="large")
with left:
    names = read_unit_names(scene.checkpoint)
    factor_matrix(factors, units, names, relations.collapsed(scene), values, cell)
    some = (
        f"The {len(units)} of {counted(scene.latent_dim)} that say most" if len(units) < scene.latent_dim else "Units"
    )
    caption(f"{some}, the most informative first; collapsed ones are grey. {MATRICES[kind].about}")
with right:
    unit_panel(scene, cell, values)

st.markdown("## Scores")
scores(scene)
panels.show_measured(scene)
