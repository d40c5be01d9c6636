"""Units that go together with a unit, in its own model and in every other of the data set."""

from functools import partial

import numpy as np
import streamlit as st

from vae_explorer.alignment import correlations
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.shelf import Shelf
from vae_explorer.latents.encoded import collapsed
from vae_explorer.latents.map_points import of_points
from vae_explorer.texts import signed
from vae_explorer.ui import state, titles
from vae_explorer.ui.components.unit_links import Link, unit_links
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.seed_figures import match_words, seeds_of
from vae_explorer.ui.words import literal
from vae_explorer.unit_cards.matches import Counterpart, counterparts

SHOWN = 3


def show_likenesses(scene: Scene, unit: int) -> None:
    """Side by side: units of this model that rise and fall with it, and its counterparts elsewhere."""
    own, others = st.columns([1, 2.4], gap="large")
    with own:
        st.markdown("## Goes together with")
        _show_own(scene, unit)
    with others:
        st.markdown("## The same unit in other models")
        _show_counterparts(scene, unit)


def companions(scene: Scene, unit: int) -> dict[int, float]:
    """The units of this model whose mu go most with its, the strongest first, with their correlations."""
    found, alive = _CORRELATIONS.get(scene.checkpoint)[unit], ~collapsed(scene.latents)
    others = [d for d in np.argsort(-np.abs(found)).tolist() if alive[d] and d != unit]
    return {other: float(found[other]) for other in others[:SHOWN]}


def _correlations(checkpoint: Checkpoint) -> np.ndarray:
    """Of the mu of all units, over the images that are points of a map; [D, D]."""
    mu = of_points(catalogue.LATENTS.get(checkpoint).mu)
    return correlations(mu, mu)


_CORRELATIONS = Shelf(_correlations, 16, measured=False)


def _show_own(scene: Scene, unit: int) -> None:
    found = companions(scene, unit).items()
    if found:
        name = partial(titles.unit_name, scene.checkpoint)
        unit_links([Link(other, name(other), f"r = {signed(r, 2)}") for other, r in found])
    else:
        st.caption("No other unit of this model says anything.")


def _show_counterparts(scene: Scene, unit: int) -> None:
    found = counterparts(scene.checkpoint, unit)
    if not found:
        st.caption("No other model of this data set is on this machine.")
        return
    titled = titles.model_titles(catalogue.usable())
    for one in found[:SHOWN]:
        _show_counterpart(one, titled(one.model), _over_seeds(one, found))


def _over_seeds(one: Counterpart, found: list[Counterpart]) -> str:
    """How strong the match is over the seeds of the other model."""
    seeds = {other.id for other in seeds_of(catalogue.find(one.model))}
    words = match_words(match.correlation for match in found if match.model in seeds)
    return f" · |r| {words}" if words else ""


def _show_counterpart(one: Counterpart, title: str, over: str) -> None:
    if one.unit is None or one.correlation is None:
        st.caption(literal(f"{title}: {one.reason}"))
        return
    name = titles.unit_name(catalogue.find(one.model), one.unit)
    _link(one.model, name, f"r = {signed(one.correlation, 2)} · {title}{over}")


def _link(model: str, label: str, said: str) -> None:
    """A button that opens the card of another model, to which the unit goes along as the one matched."""
    button, words = st.columns([1, 3], vertical_alignment="center")
    button.button(literal(label), key=f"to-model-{model}", on_click=_open, args=(model,), width="stretch")
    words.caption(literal(said))


def _open(model: str) -> None:
    state.put("model", model)
