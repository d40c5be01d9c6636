"""Below the map: what was selected on it, and the neighbours of the chosen image, each when there is any."""

from functools import lru_cache

import numpy as np
import streamlit as st

from vae_explorer import figures
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.checkpoints.columns import map_column
from vae_explorer.latents import selection
from vae_explorer.latents.map_points import map_points
from vae_explorer.latents.neighbours import MEASURES, Neighbours, measures
from vae_explorer.latents.selection import Chosen
from vae_explorer.latents.traits import Trait
from vae_explorer.ui import colour_choices, state, titles, widgets
from vae_explorer.ui.components import mosaic
from vae_explorer.ui.components.chart import chart
from vae_explorer.ui.components.latent_map import axis_columns
from vae_explorer.ui.components.mosaic import Codes
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import counted

SHOWN = 24


def show_selection(scene: Scene, plane: str, key: str, colour: str) -> None:
    """The images within the selected area: some of them with their reconstructions, their classes, mean and files."""
    chosen = _chosen(scene, tuple(axis_columns(scene, plane, key)), colour)
    if not len(chosen.indices):
        return
    drawn = "" if scene.points == scene.n else f" of the {scene.points:,} on the map"
    st.markdown(f"## Selection: {counted(len(chosen.indices), 'image')}{drawn}")
    _pictures(scene, chosen)
    mean, classes, files = st.columns([1, 3, 1], vertical_alignment="top")
    with mean:
        as_class = "" if scene.y is None else f", as class {scene.class_name(scene.y)}"
        code = Codes(selection.mean_code(chosen)[None], scene.as_class(1))
        mosaic.show_codes(scene, code, 1, f"The mean of their mu, decoded{as_class}", "selected-mean")
    with classes:
        _histogram(scene, chosen)
    with files:
        name = f"{scene.checkpoint.id}-selection"
        widgets.download("CSV", "table", lambda: selection.table(chosen), f"{name}.csv", "text/csv")
        widgets.download("npz", "data_array", lambda: selection.npz(chosen), f"{name}.npz", "application/zip")


def show_neighbours(scene: Scene) -> None:
    """The neighbours of the chosen image in a row, by a measure to choose."""
    if scene.point is None:
        return
    title, choice = st.columns([4, 1.2], vertical_alignment="bottom")
    title.markdown(f"## Neighbours of image {scene.point}")
    measure = MEASURES[state.get("measure")]
    if len(measures(scene.latents)) > 1:
        with choice:
            widgets.choice("measure", "Measure", measures(scene.latents), lambda name: MEASURES[name].title)
    found = scene.nearest(state.get("measure"))
    if found is None or not len(found.indices):
        st.caption("There is no other image.")
        return
    lines = _lines(scene, found, measure.unit)
    mosaic.show_labelled(scene, found.indices.tolist(), lines, f"Nearest first, by {measure.meaning}", "neighbours")


def _lines(scene: Scene, found: Neighbours, unit: str) -> list[tuple[str, ...]]:
    """What stands beneath each neighbour: its index, what is known of it and how far it is."""
    known = scene.traits
    return [
        (
            f"image {index}",
            *(trait.brief(int(trait.values[index])) for trait in known),
            f"{distance:.3g} {unit}".strip(),
        )
        for index, distance in zip(found.indices, found.distances, strict=True)
    ]


def _chosen(scene: Scene, axes: tuple[str, ...], colour: str) -> Chosen:
    """The visible images within the area, exactly those that the map shows as selected: images that are its points."""
    places = _places(scene.checkpoint, axes)
    area, hidden = state.get("area"), state.get("hidden")
    inside = np.zeros(0, np.int64)
    if area:
        shown = ~np.isin(map_column(scene.checkpoint, colour_choices.legend_column(scene.checkpoint, colour)), hidden)
        inside = selection.within(np.array(area, float).reshape(-1, 2), places, shown)
    return Chosen(scene.latents, scene.traits, map_points(scene.n)[inside], places[inside])


@lru_cache(maxsize=8)
def _places(checkpoint: Checkpoint, names: tuple[str, ...]) -> np.ndarray:
    return selection.places(*(map_column(checkpoint, name) for name in names))


def _pictures(scene: Scene, chosen: Chosen) -> None:
    shown = selection.spread(chosen.indices, SHOWN).tolist()
    some = (
        f"{len(shown)} of the {len(chosen.indices):,} selected images, at even steps"
        if len(shown) < len(chosen.indices)
        else "All selected images"
    )
    where = titles.originals(scene)
    if where["available"]:
        mosaic.show_originals(scene, shown, len(shown), some, "selected-originals")
    said = (
        "Their reconstructions (z = mu)" if where["available"] else f"{some}, reconstructed (z = mu). {where['note']}"
    )
    mosaic.show_codes(scene, mosaic.reconstructions(scene, shown), len(shown), said, "selected-reconstructions")


def _counted(chosen: Chosen) -> Trait:
    """What the selected images are counted by: a choice where more than their class is known."""
    known = {trait.column: trait for trait in chosen.traits}
    if len(known) == 1:
        return chosen.traits[0]
    column = widgets.choice("counted", "Count by", list(known), lambda name: known[name].name.capitalize())
    return known[column]


def _histogram(scene: Scene, chosen: Chosen) -> None:
    trait = _counted(chosen)
    counts, colours = selection.counts(chosen, trait).tolist(), colour_choices.trait_colours(trait)
    figure = figures.histogram(trait.name, trait.names, counts, colours)
    selected = f"{counted(len(chosen.indices), 'image')} selected"
    chart(figure, "selected-classes", titles.picture_caption([scene.checkpoint], scene.measured, selected))
