"""What a worker refuses, and what the driver writes down of it; workers that are lost, and runs that are others'."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.engines.conftest import WORDS, meanwhile, run_of
from tests.jobs.conftest import until
from vae_explorer import engines
from vae_explorer.cli import main
from vae_explorer.engines import driver, worker
from vae_explorer.engines.driver import Driver
from vae_explorer.engines.row import Crew, Engine, Pending, Task, WorkerLost
from vae_explorer.engines.versions import difference, versions
from vae_explorer.jobs import desk, lives, records
from vae_explorer.jobs.reports import RunState

RUN = run_of(1)


class Answer:
    """A worker that answers at once, or is lost."""

    def __init__(self, sentence: str | None) -> None:
        self._sentence = sentence

    def done(self) -> bool:
        return True

    def result(self) -> str:
        if self._sentence is None:
            raise WorkerLost("the node is gone")
        return self._sentence


@pytest.fixture
def engine(runs_root, monkeypatch):
    """A way to sweep over one run on workers that do as they are told, and what was handed to them."""

    def sweep(work) -> tuple[int, list[Task]]:
        handed: list[Task] = []

        def submit(task: Task) -> Pending:
            handed.append(task)
            return Answer(work(task))

        class Opened:
            def __init__(self, address: str) -> None: ...
            def __enter__(self) -> Crew:
                return Crew(submit, 1)

            def __exit__(self, *error: object) -> None: ...

        monkeypatch.setitem(engines.ENGINES, "toy", Engine("Toy", Opened))
        return main((*WORDS, "--on", "toy", "--epochs", "1")), handed

    return sweep


def test_other_versions_are_refused_by_name_and_told_on_the_page(engine, capsys):
    def work(task: Task) -> str:
        return worker.attempt(*task._replace(versions=task.versions | {"PyTorch": "1.0"}))

    code, handed = engine(work)
    told = f"{lives.host()} has PyTorch {versions()['PyTorch']} and this machine 1.0; install the same version"
    assert (code, len(handed)) == (2, 1), "a refusal is not tried again"
    assert f"β 1, seed 0: error: {told}" in capsys.readouterr().err
    status = desk.status(RUN)
    assert status.state == RunState.FAILED
    assert status.sentence.startswith(told)
    assert difference(versions(), versions(), "here") == ""
    assert "unknown version" in difference(versions(), {}, "here")


def test_a_folder_that_is_not_shared_is_told_after_a_while(engine, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "LAG", 0.3)
    code, _ = engine(lambda task: worker.attempt(*task._replace(folder=str(tmp_path / "other"))))
    assert code == 2
    assert f"does not see {tmp_path / 'other' / 'job.json'} after" in desk.status(RUN).sentence
    code, handed = engine(lambda task: "another day.")
    assert (code, [task.attempt for task in handed]) == (2, [2]), "a person may ask again"


def test_a_folder_that_lags_is_waited_for(tmp_path):
    def write() -> None:
        until(lambda: True)
        (tmp_path / "job.json").write_text(json.dumps({"attempt": 2, "wanted": False}))

    (tmp_path / "job.json").write_text(json.dumps({"attempt": 1}))
    with meanwhile(write):
        assert worker.attempt(str(tmp_path), 2, [], {}, versions()) == ""


def test_a_worker_that_is_lost_twice_is_not_tried_a_third_time(engine, capsys, monkeypatch):
    monkeypatch.setattr(driver, "LAG", 0.1)
    code, handed = engine(lambda task: None)
    assert (code, len(handed)) == (2, 2)
    assert capsys.readouterr().err.count("the node is gone") == 2
    assert desk.status(RUN).sentence == "2 workers were lost before they could start it."


def test_a_killed_trainer_is_tried_once_more_and_one_that_diverged_is_not(engine):
    def work(task: Task) -> str:
        lives.write(records.job_folder(RUN), replace(lives.own(task.attempt), code=3 if task.attempt == 2 else -9))
        return ""

    code, handed = engine(work)
    assert (code, [task.attempt for task in handed]) == (2, [1, 2])
    assert desk.status(RUN).state == RunState.DIVERGED
    assert engine(work) == (2, []), "it would only diverge again"


def test_what_another_sweep_is_at_is_waited_for_and_what_waits_is_taken_over(engine, capsys, monkeypatch):
    _, (first,) = engine(lambda task: "another day.")
    job = desk.claim(records.read(RUN), "ray")
    assert (desk.status(RUN).state, desk.status(RUN).position, records.queue()) == (RunState.QUEUED, 0, [])
    assert records.read(RUN).engine == "ray"
    lives.write(records.job_folder(RUN), lives.own(job.attempt))

    def end(self: Driver, turn: Any) -> None:
        lives.write(records.job_folder(RUN), replace(lives.own(job.attempt), code=130))
        look(self, turn)

    look = Driver._look
    with monkeypatch.context() as patch:
        patch.setattr(Driver, "_look", end)
        assert engine(lambda task: "twice!") == (2, [])
    assert "note: another sweep is at it; it is waited for." in capsys.readouterr().err
    assert desk.status(RUN).state == RunState.STOPPED
    claimed = desk.claim(records.read(RUN), "ray")
    _, (second,) = engine(lambda task: "another day.")
    assert (first.attempt, job.attempt, claimed.attempt, second.attempt) == (1, 2, 3, 3)
    assert records.read(RUN).engine == "toy"
