"""Compare β: models of one data set side by side; same images, same eps, same axes, measured figures."""

import streamlit as st

from vae_explorer.bounds import MAX_SEED
from vae_explorer.errors import NothingToShow
from vae_explorer.ui import colour_choices, explanations, panels, titles, widgets
from vae_explorer.ui.compare import models, saved
from vae_explorer.ui.components import mosaic
from vae_explorer.ui.components.latent_map import bare_map, extent, shared_legend
from vae_explorer.ui.map_figures import plane_words
from vae_explorer.ui.params import MAX_COMPARED

AXES = {"units": "Two most informative units", "pca": "PCA"}

models.fit_models()
options = models.comparable()
bar = st.columns([3.4, 1.4, 1, 0.9, 0.3], vertical_alignment="bottom")
with bar[0]:
    widgets.several("models", "Models (of one data set)", options, MAX_COMPARED, titles.model_titles(options))
with bar[1]:
    axes = widgets.choice("axes", "Axes of the maps", list(AXES), AXES.__getitem__)
with bar[3]:
    seed = widgets.number("seed", "Seed of eps", MAX_SEED)

scenes = models.chosen_scenes()
if len(scenes) < 2:
    raise NothingToShow(models.hint())

shown = models.one_of_each_class(scenes[0])
mosaic.show_originals(scenes[0], shown, len(shown), models.SAME_IMAGES, "originals")
with bar[2]:
    known = colour_choices.trait_choices(scenes[0].checkpoint)
    models.fit_colour(scenes[0])
    colour = widgets.choice("colour", "Colour by", list(known), known.__getitem__)
with bar[4]:
    saved.save_menu(scenes, shown, seed, axes, colour)
measured = models.measured_columns(scenes)
for scene, column in zip(scenes, st.columns(len(scenes)), strict=True):
    with column:
        models.show_heading(scene, measured)
        name, again = scene.checkpoint.id, mosaic.reconstructions(scene, shown)
        mosaic.show_codes(scene, again, saved.COLUMNS, models.RECONSTRUCTIONS, f"rec-{name}")
        drawn, caption = models.samples(scene, seed), models.samples_caption(scene)
        mosaic.show_codes(scene, drawn, saved.COLUMNS, caption, f"eps-{name}")
shared_legend(scenes[0], colour)
columns = st.columns(len(scenes))
for scene, column in zip(scenes, columns, strict=True):
    with column:
        bare_map(scene, axes, extent(models.on_same_axes(scene, scenes), axes), scene.checkpoint.id, colour)
for scene, column in zip(scenes, columns, strict=True):
    with column:
        explanations.caption(plane_words(scene, axes))
models.show_charts(scenes)
panels.offer_originals(scenes[0])
