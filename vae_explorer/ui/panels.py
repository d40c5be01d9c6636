"""Pieces that pages share: the model bar, measured figures in words, and the offer of a download."""

from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache, partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.originals import originals as originals_of
from vae_explorer.errors import ExplorerError, NothingToShow
from vae_explorer.jobs import overview
from vae_explorer.metrics.anomaly import AnomalyScores, anomaly_scores
from vae_explorer.metrics.apart import Apart, Means, apart
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.read_only import read_only
from vae_explorer.texts import figure
from vae_explorer.ui import actions, scene, state, titles, widgets
from vae_explorer.ui.explanations import caption
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.seed_figures import evaluated_words
from vae_explorer.ui.words import counted, literal

ORIGINALS_ABSENT = "The originals are not on this machine; everything else works."
FACTORS_ABSENT = (
    "The originals and their factors are not on this machine, so images are told apart by class alone; everything else "
    "works."
)


def current_scene() -> Scene:
    """The scene of the chosen model.

    Raises:
        NothingToShow: when no model can be opened.
    """
    found = scene.current()
    if found is None:
        train = "python -m vae_explorer train --preset mlp-small-z2 --dataset digits"
        raise NothingToShow(f"No model can be opened. Train one: `{train}`.")
    return found


def model_choice() -> None:
    """The drop-down list of the models that can be opened."""
    usable = catalogue.usable()
    widgets.choice("model", "Model", list(usable), titles.model_titles(usable))


def class_choice(current: Scene, places: Sequence[DeltaGenerator]) -> None:
    """The drop-down list of the classes that a conditional model can decode a code as; no place for another model."""
    for place in places:
        with place:
            widgets.choice("y", "Decode as", range(current.checkpoint.recipe.model.classes), current.class_name)


def show_unusable() -> None:
    """Every checkpoint that cannot be opened, greyed out, with its reason; how runs stand is said on Train."""
    closed = [entry for entry in catalogue.entries() if entry.checkpoint is None]
    under_way = _under_way() if closed else set[str]()
    for entry in closed:
        if entry.id not in under_way:
            st.caption(f":gray[:material/block: **{literal(entry.id)}** cannot be opened: {literal(entry.reason)}]")


def _under_way() -> set[str]:
    with suppress(ExplorerError):  # the board of Train says what is wrong with the place of all runs
        return overview.unfinished()
    return set()


def show_measured(current: Scene) -> None:
    """The model's measured figures, with unit, n, split and seed."""
    figures = current.measured
    caption(
        f"{figures.n:,} {figures.split} images of {datasets.dataset(figures.dataset).title} · "
        f"{_cost_in_nats(figures)} · "
        f"{figures.active_units} of {counted(current.latent_dim)} active · seed {figures.seed}"
    )
    if told := evaluated_words(current.checkpoint):
        caption(f"Over the seeds of this run: {told}")
    held_out = current.checkpoint.recipe.train.held_out
    if held_out is not None and 0 < (current.latents.label == held_out).sum() < figures.n:
        _show_apart(apart(current.latents, held_out), "" if current.y is not None else _recognised(current, held_out))


def _show_apart(found: Apart, recognised: str) -> None:
    trained, held_out = found
    caption(
        f"Of these, {trained.n:,} of the classes it was trained on: {_cost_in_nats(trained)} · "
        f"{held_out.n:,} of the class that was held out: {_cost_in_nats(held_out)}"
        f"{recognised}"
    )


def _recognised(current: Scene, held_out: int) -> str:
    """How well the images of the class are told from the others, which takes milliseconds, and is kept."""
    scores = _anomaly(current.checkpoint, held_out)
    by_elbo = "" if scores.auroc_elbo is None else f"AUROC {scores.auroc_elbo:.3f} by −ELBO, "
    return f" · told from the others: {by_elbo}AUROC {scores.auroc_nll:.3f} by nll (chance is 0.5)"


@lru_cache(maxsize=64)
def _anomaly(checkpoint: Checkpoint, held_out: int) -> AnomalyScores:
    latents = catalogue.LATENTS.get(checkpoint)
    return anomaly_scores(latents.nll, latents.rate, latents.label, held_out)


def _cost_in_nats(figures: Evaluation | Means) -> str:
    if figures.rate is None or figures.elbo is None:
        return f"nll {figure(figures.nll)} nats per image · no posterior, and so no rate"
    return f"nll {figure(figures.nll)} + rate {figure(figures.rate)} = {figure(-figures.elbo)} nats per image"


def offer_originals(current: Scene) -> None:
    """A button that fetches the data set where it is absent; the models need none, but factors stand with it."""
    row = datasets.dataset(current.latents.dataset)
    absent = FACTORS_ABSENT if row.factors else ORIGINALS_ABSENT
    if originals_of(current.checkpoint).fitting:
        offer_dataset(row, absent)


def offer_dataset(row: datasets.Dataset, absent: str, words: int = 5) -> None:
    """Where a data set is absent and can be had: one sentence, its size, and a button that fetches it.

    The words take `words` times the button's width. A read-only app fetches nothing.
    """
    if row.available(datasets.data_root()) or not row.download_size:
        return
    if read_only():
        st.caption(absent)
        return
    row_text, button = st.columns([words, 1], vertical_alignment="center")
    text = row_text.empty()
    text.caption(f"{absent} {row.title} is {row.download_size}.")
    if button.button("Download", icon=":material/download:", width="stretch"):
        _download(row, text)


def _download(row: datasets.Dataset, place: DeltaGenerator) -> None:
    """The offer gives way to the progress, and the progress to the outcome, where the eye is."""
    bar = place.progress(0.0, text=f"Downloading {row.title}")
    fetch = partial(row.download, datasets.data_root(), lambda name, done, total: bar.progress(done / total, text=name))
    if actions.attempt(fetch, lambda sentence: place.error(literal(sentence), icon=":material/cloud_off:")):
        state.note(f"{row.title} is on this machine now.")
        st.rerun()
