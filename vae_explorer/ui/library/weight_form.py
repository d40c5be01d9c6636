"""Weights that were dropped: what they were trained on is asked, what they do not say is measured, or overruled."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from vae_explorer import datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import ExplorerError
from vae_explorer.importers.blueprint import QUESTIONS
from vae_explorer.jobs import run_names
from vae_explorer.ui import actions, state
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.words import literal

MEASURED = "measured"
TITLES = {
    "activation": "Non-linearity between layers",
    "decoder-activation": "Non-linearity of the decoder",
    "before-heads": "One before the heads",
    "before-planes": "One before the first convolution of the decoder",
    "input": "Pixels as the encoder takes them",
    "output": "After the decoder's last layer",
    "order": "Rows of one layer for both heads",
    "second-head": "Second head",
}


def show_weight_form(files: Sequence[UploadedFile], _: str) -> None:
    """The data set, what can be overruled, and the button that opens them as a model."""
    here = [name for name, row in datasets.table().items() if row.available(datasets.data_root())]
    st.markdown("These are weights. What they do not say is measured on images of the data set they were trained on.")
    dataset = st.selectbox(
        "Trained on", here, format_func=lambda name: datasets.dataset(name).title, key="weights-data-set"
    )
    with st.expander("Overrule what is measured"):
        chosen = _chosen()
    pressed = st.button("Open as a model", icon=":material/deployed_code:", type="primary")
    reading = state.READING.take()
    if pressed or reading:
        _open(files[0], dataset, {**chosen, **reading})


def _chosen() -> dict[str, str]:
    given = {}
    for place, (question, title) in zip(2 * st.columns(4), TITLES.items(), strict=False):
        answers = [MEASURED, *QUESTIONS[question]]
        given[question] = place.selectbox(title, answers, key=f"weights-{question}")
    return {question: answer for question, answer in given.items() if answer != MEASURED}


def _open(file: UploadedFile, dataset: str, answers: Mapping[str, str]) -> None:
    """Explore, with the model; or why not, or which of two readings it is to be."""
    from vae_explorer.importers.decision import Ambiguous

    try:
        with st.spinner("Measuring how the weights are read …"):
            _import(file, dataset, answers)
    except Ambiguous as asked:
        _ask(asked.told, [{**answers, **reading} for reading in asked.readings])
    except ExplorerError as error:
        actions.show_refusal(str(error))
    else:
        st.switch_page(PAGES["explore"].script)


def _ask(told: str, readings: Sequence[Mapping[str, str]]) -> None:
    """Which of them, each as a button."""
    st.warning(literal(f"{told}. Which is it?"), icon=":material/help:")
    with st.container(horizontal=True):
        for place, reading in enumerate(readings):
            differing = set(reading.items()) - set(readings[1 - place].items())
            label = ", ".join(f"{TITLES.get(question, question)}: {answer}" for question, answer in sorted(differing))
            st.button(label, key=f"reading-{place}", on_click=state.READING.put, args=(reading,))


def _import(file: UploadedFile, dataset: str, chosen: Mapping[str, str]) -> None:
    """Import them as a run, and let it be the model that is looked at.

    Raises:
        CheckpointError, InvalidSetting, StorageError: as intake.known and intake.bring.
    """
    from vae_explorer.importers import intake

    with tempfile.TemporaryDirectory(prefix="vae-explorer-") as place:
        path = Path(place) / (re.sub(r"[^A-Za-z0-9._+-]", "-", file.name)[-60:] or "weights")
        path.write_bytes(file.getbuffer())
        known = intake.known(path, datasets.dataset(dataset).image_shape, chosen=chosen)
    folder = catalogue.roots()[1] / run_names.unclaimed(intake.folder_name(path, dataset))
    brought = intake.bring(known, datasets.load(dataset, "test"), folder)
    imported = brought.checkpoint.recipe.imported
    assert imported is not None
    told = ", ".join(f"{question} {answer}" for question, answer in imported.decided)
    state.note(f"{brought.checkpoint.id}: layout {imported.layout}; {told}; error {imported.error:.4f} per pixel.")
    state.put("model", brought.checkpoint.id)
