"""Compare β: models of one data set side by side under one hand; same images, units and places, measured figures."""

import streamlit as st

from vae_explorer.bounds import MAX_SEED
from vae_explorer.errors import NothingToShow
from vae_explorer.ui import advice_list, colour_choices, panels, titles, widgets
from vae_explorer.ui.compare import charts, model_figures, models, ready, told
from vae_explorer.ui.compare.samples import SOURCES
from vae_explorer.ui.components.beta_dial import beta_dial
from vae_explorer.ui.components.latent_map import shared_legend
from vae_explorer.ui.params import MAX_COMPARED

AXES = {"units": "Two most informative units", "pca": "PCA"}

charts.open_clicked()
models.fit_models()
ready.show_ready()
options = models.comparable()
bar = st.columns([2.8, 1.4, 1, 1.25, 0.9], vertical_alignment="bottom")
with bar[0]:
    widgets.several("models", "Models (of one data set)", options, MAX_COMPARED, titles.model_titles(options))
with bar[1]:
    axes = widgets.choice("axes", "Axes of the maps", list(AXES), AXES.__getitem__)
with bar[3]:
    widgets.choice("drawn", "Samples from", list(SOURCES), lambda name: SOURCES[name].title)
with bar[4]:
    seed = widgets.number("seed", "Seed of eps", MAX_SEED)

scenes = models.chosen_scenes()
if len(scenes) < 2:
    raise NothingToShow(models.hint())

models.fit_choices(scenes[0])
with bar[2]:
    known = colour_choices.trait_choices(scenes[0].checkpoint)
    models.fit_colour(scenes[0])
    colour = widgets.choice("colour", "Colour by", list(known), known.__getitem__)
if network := models.multi_rate(scenes):
    beta_dial(network)
shared_legend(scenes[0], colour)
told.show(scenes, models.one_of_each_class(scenes[0]), seed, axes, colour)
charts.show_charts(scenes)
advice_list.show_advice([scene.checkpoint.whole or scene.checkpoint for scene in scenes], "compare", level=2)
model_figures.show_figures()
panels.offer_originals(scenes[0])
