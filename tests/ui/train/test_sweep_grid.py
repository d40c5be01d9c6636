"""The form of a sweep and its grid on the Train page, with real runs on the digits; the line of the expected time."""

import pytest

from tests.ui.test_pages import fine, query
from tests.ui.train.test_page import ENDLESS, form, labels, press, runs_here, told, until
from vae_explorer.checkpoints import catalogue
from vae_explorer.jobs import desk, records, reports, sweeps
from vae_explorer.jobs.reports import RunState
from vae_explorer.run_settings import RunSettings
from vae_explorer.ui import widgets
from vae_explorer.ui.train import sweep_grid

__all__ = ["form", "runs_here"]
RUNS = [f"digits-mlp-small-z2-b{beta}-s0" for beta in (1, 4)]
SWEEP = {"what": "β sweep", "betas": "1 4"}


def text(at) -> str:
    return told(at).replace("\\", "")


def states() -> set[str]:
    return {reports.state(job) for job in records.every()}


@pytest.mark.process
def test_a_sweep_is_started_fills_and_goes_to_the_comparison(form):
    at = press(form(**SWEEP), "Start")
    assert fine(at)
    assert query(at)["run"] == RUNS[0]
    assert [cell.run for cell in sweeps.every()[0].cells] == RUNS
    assert "**β 4** · seed 0" in text(at)
    assert next(button for button in at.button if button.label == "Open the comparison").disabled
    until(lambda: desk.pump() == 0 and states() == {RunState.FINISHED})
    at.run()
    assert fine(at)
    for run in RUNS:
        figures = catalogue.EVALUATIONS.get(catalogue.find(run))
        assert f"nll {figures.nll:.2f} nats" in text(at)
        assert f"rate {figures.rate:.2f} nats" in text(at)
    assert "measured on 360 test images" in text(at)
    assert len(at.image) == 2
    assert "Stop all" not in labels(at)
    at = press(at, "Open the comparison")
    assert fine(at)
    assert at.multiselect[0].value == RUNS


@pytest.mark.process
def test_a_sweep_is_stopped_resumed_and_deleted_with_its_runs(form, runs_here):
    at = press(form(**SWEEP, epochs=ENDLESS), "Start")
    until(lambda: desk.status(RUNS[0]).epoch >= 1)
    at = press(at.run(), "Delete it with its runs")
    assert "stop them first" in at.toast[0].value
    assert len(records.names()) == 2
    at = press(at, "Stop all")
    assert fine(at)
    until(lambda: states() == {RunState.STOPPED})
    at.run()
    assert "Stop all" not in labels(at)
    at.button(key=f"sweep-watch-{RUNS[0]}")
    at = press(at, "Resume all")
    assert states() <= {RunState.RUNNING, RunState.QUEUED}
    at = press(at, "Stop all")
    until(lambda: states() == {RunState.STOPPED})
    at = press(at.run(), "Delete it with its runs")
    assert fine(at)
    assert not at.toast
    assert (records.names(), sweeps.every()) == ([], [])
    assert "Delete sweep" not in text(at)


@pytest.mark.process
def test_older_sweeps_are_reached_and_what_was_deleted_is_said(form):
    at = press(form(**SWEEP, epochs=ENDLESS), "Start")
    at = press(form(what="β sweep", betas="2", epochs=ENDLESS), "Start")
    assert "**β 2** · seed 0" in text(at)
    assert "**β 4** · seed 0" not in text(at)
    older = at.selectbox(key=widgets.key("sweep")).options
    assert [title.split(" · seed")[0] for title in older] == [
        f"Digits · mlp-small-z2 · β {betas}" for betas in ("2", "1, 4")
    ]
    at.selectbox(key=widgets.key("sweep")).select_index(1).run()
    assert "**β 4** · seed 0" in text(at)
    records.job_folder(RUNS[1]).joinpath(records.JOB).unlink()
    assert "Deleted; “Resume all” trains it again." in text(at.run())


REFUSED = {
    "no numbers": ({"betas": "one"}, "The β values are numbers with commas or spaces between"),
    "none": ({"seeds": ","}, "The seeds of a sweep are 1 to 5 whole numbers, not 0"),
    "out of bounds": ({"betas": "-1"}, "beta must be a number from 0"),
}


@pytest.mark.parametrize(("changes", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refused_sweep_is_one_line(form, runs_here, changes, sentence):
    at = form(**SWEEP | changes)
    assert len(at.error) == 1
    assert sentence in at.error[0].value.replace("\\", "")
    assert next(button for button in at.button if button.label == "Start").disabled
    assert not runs_here.exists()


def test_the_expected_time_appears_and_is_of_all_runs(form):
    at = form()
    until(lambda: "parameters" in text(at.run()))
    line = next(caption.value for caption in at.caption if "parameters" in caption.value)
    assert line.endswith("parameters · 1.9 MB of weights · about 4 s for 1 epoch (measured: 9 steps, 1 thread)")
    swept = form(**SWEEP)
    assert "2 runs, about 7 s (measured: " in text(swept)


def test_even_choices_are_of_one_seed(runs_here):
    betas, seeds = (0.5, 1, 2, 4, 8, 16, 32, 64), (0, 1)
    names = tuple(f"s{seed}b{beta:g}" for seed in seeds for beta in betas)
    sweep = sweeps.Sweep("sweep-00000000", RunSettings("mlp-small-z2", "digits"), betas, seeds, names)
    assert sweep_grid.evenly_chosen(sweep, names) == ["s0b0.5", "s0b1", "s0b4", "s0b8", "s0b32", "s0b64"]
    assert sweep_grid.evenly_chosen(sweep, names[6:]) == ["s0b32", "s0b64"]
    assert sweep_grid.evenly_chosen(sweep, names[7:]) == ["s1b0.5", "s1b1", "s1b4", "s1b8", "s1b32", "s1b64"]
