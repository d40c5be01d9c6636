"""The form of Train with pictures of one's own: offered while they are there, and nothing breaks when they are not."""

import shutil

import numpy as np
import pytest

from vae_explorer import datasets
from vae_explorer.datasets import own
from vae_explorer.jobs import records
from vae_explorer.jobs.records import Job
from vae_explorer.run_settings import RunSettings
from vae_explorer.ui import run_menu
from vae_explorer.ui.train import form_values


@pytest.fixture
def name(tmp_path, monkeypatch) -> str:
    """A small set of one's own, and a run of it that was stopped."""
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    images = np.random.default_rng(0).integers(0, 256, (40, 3, 32, 32), dtype=np.uint8)
    kept = own.keep("pets", images, np.zeros(40, np.int64), ("all",), datasets.data_root())
    settings = RunSettings("burgess-z10", kept).written_out()
    records.write(Job("a", settings, threads=1, wanted=False))
    return kept


def chosen(at):
    return at.selectbox(key=form_values.widget_key("dataset"))


def test_they_are_offered_last_and_bring_a_first_run_of_their_own(open_page, name):
    at = open_page("train")
    assert chosen(at).options[-1] == "pets"
    at = chosen(at).select(name).run()
    assert not at.exception
    first = datasets.dataset(name).first_run
    assert at.selectbox(key=form_values.widget_key("preset")).value == first.preset == "burgess-z10"
    assert at.number_input(key=form_values.widget_key("epochs")).value == first.epochs
    assert at.number_input(key=form_values.widget_key("batch_size")).value == first.batch_size == 30


def test_deleted_while_they_are_chosen_another_set_is(open_page, name):
    form = {"form": {"dataset": name}}
    assert chosen(open_page("train", **form)).value == name
    own.delete(name, datasets.data_root())
    at = open_page("train", **form)
    assert not at.exception
    assert not at.error
    assert chosen(at).value in datasets.DATASETS


def test_a_run_of_a_deleted_set_is_duplicated_to_another_and_says_so(open_page, name):
    own.delete(name, datasets.data_root())
    at = open_page("train", **{run_menu.menu_key("a", 0): True})
    at = next(button for button in at.button if button.label == "Duplicate").click().run()
    assert not at.exception
    assert "Its data set was deleted; another one is chosen" in at.toast[0].value
    assert chosen(at).value in datasets.DATASETS


def test_a_run_of_which_nothing_is_known_here_leaves_the_page_whole(open_page, name):
    shutil.rmtree(datasets.data_root())
    at = open_page("train")
    assert not at.exception
    assert len(chosen(at).options) == len(datasets.DATASETS)
