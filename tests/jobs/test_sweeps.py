"""Sweeps in real child processes: asked for once, filled in by runs that are there, stopped, resumed, deleted."""

import json
from dataclasses import replace

import pytest

from tests.jobs.conftest import ENDLESS, at_epoch, ended, until
from vae_explorer.errors import ExplorerError, InvalidSetting, StorageError, UnknownName
from vae_explorer.jobs import desk, housekeeping, number_lists, records, reports, sweeps
from vae_explorer.jobs.reports import RunState
from vae_explorer.jobs.sweeps import Cell, Sweep
from vae_explorer.run_settings import RunSettings

pytestmark = pytest.mark.usefixtures("runs_root")
PRESET = "mlp-small-z2"


def swept(betas=(1.0, 4.0), seeds=(0,), epochs: int = 1, **training) -> Sweep:
    settings = {"epochs": epochs, "batch_size": 64, **training}
    return sweeps.start(RunSettings(PRESET, "digits", settings), betas, seeds)


def states(sweep: Sweep) -> list[str]:
    return [reports.state(records.read(run)) for run in sweep.runs if run in records.names()]


@pytest.mark.parametrize("text", ["0.5, 1,2 4", "4;2;1;0.5", "  0.5\n1 2.0 4, 4,"])
def test_numbers_are_read_as_people_write_them(text):
    assert number_lists.betas(text) == (0.5, 1, 2, 4)


@pytest.mark.parametrize("text", ["", " , ", "1, two", "1/2", "1 2 3 4 5 6 7 8 9", "0.5"])
def test_what_is_no_list_of_numbers_is_refused_in_one_sentence(text):
    with pytest.raises(InvalidSetting, match=r"^The seeds .*\.$"):
        number_lists.seeds(text)


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_a_sweep_is_asked_for_once_and_filled_in_by_its_runs():
    sweep = swept(betas=(1.0,), seeds=(0, 1))
    assert sweep.cells == [Cell(0, 1, "digits-mlp-small-z2-b1-s0"), Cell(1, 1, "digits-mlp-small-z2-b1-s1")]
    assert sorted(records.names()) == sorted(sweep.runs)
    assert {ended(run).state for run in sweep.runs} == {RunState.FINISHED}
    again = swept(betas=(1.0,), seeds=(0, 1))
    assert replace(again, ticket=sweep.ticket, created=sweep.created) == sweep
    assert [job.attempt for job in records.every()] == [1, 1], "what is trained is not trained again"
    wider = swept(seeds=(0, 1))
    assert [(cell.seed, cell.beta) for cell in wider.cells] == [(0, 1), (0, 4), (1, 1), (1, 4)]
    assert [run for run in wider.runs if run not in sweep.runs] == [
        "digits-mlp-small-z2-b4-s0",
        "digits-mlp-small-z2-b4-s1",
    ]
    assert states(wider).count(RunState.FINISHED) >= 2
    assert [one.name for one in sweeps.every()] == [wider.name, sweep.name]
    assert sweeps.read(wider.name) == wider


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_runs_with_other_settings_keep_their_names():
    first, other = swept(epochs=ENDLESS), swept(epochs=ENDLESS - 1)
    assert other.runs == tuple(f"{run}-2" for run in first.runs)
    assert other.name != first.name
    assert swept(epochs=ENDLESS).runs == first.runs
    assert swept(epochs=ENDLESS - 1).runs == other.runs
    assert len(records.names()) == 4


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_a_sweep_is_stopped_goes_on_and_what_was_deleted_is_trained_again():
    sweep = swept(epochs=ENDLESS)
    at_epoch(sweep.runs[0])
    assert states(sweep) == [RunState.RUNNING, RunState.QUEUED]
    with pytest.raises(InvalidSetting, match="2 of its runs wait or train; stop them first"):
        sweeps.delete(sweep, with_runs=True)
    sweeps.stop(sweep)
    until(lambda: states(sweep) == [RunState.STOPPED, RunState.STOPPED])
    housekeeping.delete(sweep.runs[1])
    sweeps.resume(sweep)
    assert sorted(states(sweep)) == [RunState.QUEUED, RunState.RUNNING]
    sweeps.stop(sweep)
    until(lambda: set(states(sweep)) == {RunState.STOPPED})
    sweeps.delete(sweep, with_runs=False)
    assert (sweeps.every(), len(records.names())) == ([], 2)
    with pytest.raises(UnknownName):
        sweeps.read(sweep.name)
    sweeps.delete(sweep, with_runs=True)
    assert records.names() == []


def test_what_train_would_refuse_is_refused_before_anything_is_written(runs_root):
    refused = [
        lambda: swept(betas=(-1.0, 1.0)),
        lambda: swept(betas=(float("nan"),)),
        lambda: swept(betas=(1.0, 1.00000001)),
        lambda: swept(seeds=(-1,)),
        lambda: swept(betas=tuple(range(sweeps.MOST + 1))),
        lambda: sweeps.start(RunSettings("ae-mlp-z2", "digits", {"epochs": 1}), (1.0, 4.0), (0,)),
    ]
    for act in refused:
        with pytest.raises(ExplorerError):
            act()
    assert (records.names(), sweeps.every()) == ([], [])
    assert not (runs_root / ".jobs" / sweeps.FOLDER).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"betas": [1.0]},
        {"betas": ["1", 4]},
        {"seeds": "0"},
        {"runs": ["../up", "b"]},
        {"training": {"out": "/"}},
        {"dataset": "other"},
        {"ticket": "1"},
        {"more": 1},
    ],
)
def test_a_sweep_that_somebody_else_wrote_is_not_shown(change, runs_root):
    name = "sweep-00000000"
    path = runs_root / ".jobs" / sweeps.FOLDER / f"{name}.json"
    values = {"preset": PRESET, "dataset": "digits", "training": {}, "shape": {}, "betas": [1, 4], "seeds": [0]}
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(values | {"runs": ["a", "b"]}))
    assert sweeps.read(name).runs == ("a", "b")
    path.write_text(json.dumps(values | {"runs": ["a", "b"]} | change))
    with pytest.raises(StorageError, match="cannot be read; start it again"):
        sweeps.read(name)
    assert (sweeps.every(), records.names(), desk.board()) == ([], [], [])


def test_only_a_sweeps_own_file_is_read(runs_root, tmp_path):
    for name in ("../../x", "job", "sweep-0", ""):
        with pytest.raises(UnknownName):
            sweeps.read(name)
    place = runs_root / ".jobs" / sweeps.FOLDER
    place.mkdir(parents=True)
    (place / "sweep-00000000.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InvalidSetting, match="link"):
        sweeps.read("sweep-00000000")
    assert sweeps.every() == []
