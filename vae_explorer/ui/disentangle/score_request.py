"""The scores of a model: measured at a button in a child process, shown as they come, kept when that is stopped."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from vae_explorer import datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.child_queue import TaskState
from vae_explorer.metrics.scores import SCORES
from vae_explorer.read_only import read_only
from vae_explorer.scorer import desk
from vae_explorer.scorer.found import missing, obstacle, wanted
from vae_explorer.ui import panels, pending_line, state
from vae_explorer.ui.disentangle.score_table import score_table
from vae_explorer.ui.explanations import caption
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import counted

MEASURE = "Measure scores"
ALL = "python -m vae_explorer metrics, with the model’s folder and --scores all, adds the scores that take minutes."


def scores(scene: Scene) -> None:
    """The table, below the way to measure what is missing or how far that has come."""
    task = desk.asked(scene.checkpoint)
    if task is not None and not task.over.is_set():
        _show_progress(scene, task)
        return
    _offer(scene, task)
    score_table(scene.checkpoint)


@st.fragment(run_every=1.0)
def _show_progress(scene: Scene, task: desk.ScoreTask) -> None:
    """How far it has come above what is measured so far; the page runs again when it has come to an end."""
    if task.over.is_set():
        st.rerun()
    text = f"{task.doing} · {100 * task.share:.0f} %"
    pending_line.show_progress(task.share, text, partial(desk.QUEUE.stop, task.key), "scores-stop")
    score_table(catalogue.opened(scene.checkpoint.id) or scene.checkpoint)


def _offer(scene: Scene, task: desk.ScoreTask | None) -> None:
    checkpoint = scene.checkpoint
    left, sentence = missing(checkpoint), obstacle(checkpoint)
    ask = partial(desk.ask, checkpoint, state.asker())
    if not left:
        caption("" if read_only() else ALL)
    elif sentence:
        _show_obstacle(scene, sentence)
    elif task is not None and task.state in (TaskState.FAILED, TaskState.STOPPED):
        said = task.sentence or f"Stopped: {len(left)} of {len(wanted(checkpoint))} figures are missing."
        pending_line.show_end(said, MEASURE, ask, "scores-measure")
    else:
        _show_button(left, ask)


def _show_obstacle(scene: Scene, sentence: str) -> None:
    row = datasets.dataset(scene.latents.dataset)
    if row.download_size and not row.available(datasets.data_root()):
        panels.offer_dataset(row, sentence)
    else:
        caption(sentence)


def _show_button(left: Sequence[str], ask: Callable[[], None]) -> None:
    number = sum(name in SCORES for name in left)
    what = f"{counted(number, 'score')} and other ways of counting" if number else "other ways of counting"
    said, button = st.columns(pending_line.WIDTHS, vertical_alignment="center")
    said.caption(f"Not measured yet: {what}. It takes a few minutes; the page stays usable meanwhile.")
    button.button(MEASURE, on_click=ask, icon=":material/speed:", width="stretch", key="scores-measure")
