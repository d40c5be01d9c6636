"""One unit beside the matrix: what it draws, and where its mu lies for every value of a factor."""

from functools import partial

import numpy as np
import streamlit as st

from vae_explorer import figures
from vae_explorer.metrics.scores.factor_matrix import profile
from vae_explorer.ui import actions, state, titles
from vae_explorer.ui.components import mosaic
from vae_explorer.ui.components.chart import chart
from vae_explorer.ui.components.factor_matrix import Cell
from vae_explorer.ui.disentangle import relations
from vae_explorer.ui.explanations import caption
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.unit_name_field import name_field, show_name_refusal
from vae_explorer.ui.words import literal
from vae_explorer.unit_cards.pictures import SPAN


def unit_panel(scene: Scene, cell: Cell, values: np.ndarray) -> None:
    """The traversal of the cell's unit around the prior's centre, its mu along the cell's factor, and both in words."""
    name = relations.codes(scene).factors[cell.factor].name
    _show_head(scene, cell.unit)
    mosaic.show_walk(scene, cell.unit, relations.shown_units(scene), _walk_words, "unit-walk")
    found = profile(relations.codes(scene), cell.unit, cell.factor)
    names = relations.value_names(scene, cell.factor, found.values)
    taken = titles.picture_caption([scene.checkpoint], scene.measured, "")
    unit = titles.unit_name(scene.checkpoint, cell.unit)
    chart(figures.unit_profile(names, found.quartiles, name, unit), "unit-profile", taken)
    caption(_told(scene, cell, values))


def _show_head(scene: Scene, unit: int) -> None:
    """The unit's title beside the field of its name, and the way to its card."""
    title, field, card = st.columns([1.5, 1, 0.55], vertical_alignment="center")
    with title.container(key="unit-title"):
        st.markdown(f"**{literal(titles.unit_title(scene)(unit))}**")
    with field:
        name_field(scene, unit)
    if card.button("Card", icon=":material/id_card:", help="All that was measured of this unit", width="stretch"):
        actions.perform(partial(state.put, "unit", unit), "unit")
    show_name_refusal(scene, unit)


def _walk_words(unit: int) -> str:
    """In one line, whatever the unit is called, which stands above."""
    return f"Traversal of unit {unit} over ±{SPAN:g} standard deviations, all others at the centre"


def _told(scene: Scene, cell: Cell, values: np.ndarray) -> str:
    """The factors that have most to do with the unit, the strongest first."""
    factors = relations.codes(scene).factors
    order = np.argsort(-values[:, cell.unit], kind="stable")[:3]
    listed = ", ".join(f"{factors[factor].name} {values[factor, cell.unit]:.2f}" for factor in order)
    unit = literal(titles.unit_name(scene.checkpoint, cell.unit)).replace("unit", "Unit", 1)
    return f"{unit} in the matrix: {listed}. Dots are medians of mu, bars reach from quartile to quartile."
