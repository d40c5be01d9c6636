"""Weights or graphs that were dropped: their data set is asked for, what they do not say is measured, or overruled."""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from vae_explorer import datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import ExplorerError, StorageError
from vae_explorer.importers.blueprint import OF_GRAPHS, QUESTIONS
from vae_explorer.jobs import run_names
from vae_explorer.ui import actions, state
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.words import literal

if TYPE_CHECKING:
    from vae_explorer.importers.intake import Known

Shape = tuple[int, int, int]
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
    "encoder-strides": "Strides and pools of the encoder",
    "decoder-strides": "Strides and enlargements of the decoder",
}


class Form(NamedTuple):
    """What is asked of one kind of file."""

    about: str
    questions: Mapping[str, Sequence[str]]
    """That may be overruled, with their answers."""
    known: Callable[[Sequence[Path], Shape, Mapping[str, str]], "Known"]
    """What is certain of the files, of images of a shape; with a person's answers."""


def _weights(paths: Sequence[Path], shape: Shape, chosen: Mapping[str, str]) -> "Known":
    from vae_explorer.importers import intake

    return intake.known(paths[0], shape, chosen=chosen)


def _graphs(paths: Sequence[Path], shape: Shape, chosen: Mapping[str, str]) -> "Known":
    from vae_explorer.importers import intake

    return intake.known_pair(intake.graph_files(paths), shape, chosen)


MEASURED_ON = "What they do not say is measured on images of the data set they were trained on."
WEIGHTS = Form(f"These are weights. {MEASURED_ON}", QUESTIONS, _weights)
GRAPHS = Form(f"This is ONNX, of which an encoder’s and a decoder’s file are needed. {MEASURED_ON}", OF_GRAPHS, _graphs)


def show_weight_form(files: Sequence[UploadedFile], _: str) -> None:
    """The data set, what can be overruled, and the button that opens weights as a model."""
    _show(WEIGHTS, files)


def show_graph_form(files: Sequence[UploadedFile], _: str) -> None:
    """The same of two files of ONNX."""
    _show(GRAPHS, files)


def _show(form: Form, files: Sequence[UploadedFile]) -> None:
    here = [name for name, row in datasets.table().items() if row.available(datasets.data_root())]
    st.markdown(form.about)
    dataset = st.selectbox(
        "Trained on", here, format_func=lambda name: datasets.dataset(name).title, key="weights-data-set"
    )
    with st.expander("Overrule what is measured"):
        chosen = _chosen(form.questions)
    pressed = st.button("Open as a model", icon=":material/deployed_code:", type="primary")
    reading = state.READING.take()
    if pressed or reading:
        _open(form, files, dataset, {**chosen, **reading})


def _chosen(questions: Mapping[str, Sequence[str]]) -> dict[str, str]:
    given = {}
    asked = [question for question in TITLES if questions.get(question)]
    for place, question in zip(2 * st.columns(4), asked, strict=False):
        answers = [MEASURED, *questions[question]]
        given[question] = place.selectbox(TITLES[question], answers, key=f"weights-{question}")
    return {question: answer for question, answer in given.items() if answer != MEASURED}


def _open(form: Form, files: Sequence[UploadedFile], dataset: str, answers: Mapping[str, str]) -> None:
    """Explore, with the model; or why not, or which of two readings it is to be."""
    from vae_explorer.importers.decision import Ambiguous

    try:
        with st.spinner("Measuring how the weights are read …"):
            _import(form, files, dataset, answers)
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


def _import(form: Form, files: Sequence[UploadedFile], dataset: str, chosen: Mapping[str, str]) -> None:
    """Import them as a run, and let it be the model that is looked at.

    Raises:
        MissingExtra, CheckpointError, InvalidSetting, StorageError: as intake's functions.
    """
    from vae_explorer.importers import intake

    with ExitStack() as stack:
        paths = _laid_down(files, stack)
        known = form.known(paths, datasets.dataset(dataset).image_shape, chosen)
    folder = catalogue.roots()[1] / run_names.unclaimed(intake.folder_name(paths[0], dataset))
    brought = intake.bring(known, datasets.load(dataset, "test"), folder)
    imported = brought.checkpoint.recipe.imported
    assert imported is not None
    told = ", ".join(f"{question} {answer}" for question, answer in imported.decided)
    state.note(f"{brought.checkpoint.id}: layout {imported.layout}; {told}; error {imported.error:.4f} per pixel.")
    state.put("model", brought.checkpoint.id)


def _laid_down(files: Sequence[UploadedFile], stack: ExitStack) -> list[Path]:
    """The files where they can be read from, for as long as the stack holds.

    Raises:
        StorageError: when the disk has no room for them.
    """
    try:
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="vae-explorer-"))
        return [_written(Path(place) / str(number), file) for number, file in enumerate(files)]
    except OSError as error:
        told = f"The upload cannot be put down to be read: {error.strerror or error}"
        raise StorageError(f"{told}; make room in the folder for temporary files and try again.") from error


def _written(place: Path, file: UploadedFile) -> Path:
    place.mkdir()
    path = place / (re.sub(r"[^A-Za-z0-9._+-]", "-", file.name)[-60:] or "weights")
    path.write_bytes(file.getbuffer())
    return path
