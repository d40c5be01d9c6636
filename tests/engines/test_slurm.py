"""Slurm, by submitit's executor for this machine; and where there is no Slurm."""

from functools import partial

import pytest

from tests.engines.conftest import EPOCHS, attempts, codes, kill_worker, meanwhile, run_of, swept, under_way
from vae_explorer import engines
from vae_explorer.engines import slurm


@pytest.mark.process
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_sweep_trains_as_jobs_and_a_lost_one_is_tried_once_more(runs_root, capsys, monkeypatch):
    row = engines.ENGINES["slurm"]._replace(crew=partial(slurm.crew, cluster="local"))
    monkeypatch.setitem(engines.ENGINES, "slurm", row)
    killed, other = run_of(1), run_of(4)

    def kill() -> None:
        under_way(killed)
        kill_worker(killed)

    with meanwhile(kill):
        code, answer, said = swept(capsys, "slurm", "1,4", EPOCHS)
    assert code == 0, said
    assert (attempts(), codes(runs_root)) == ({killed: 2, other: 1}, {killed: 0, other: 0})
    assert said.count("its worker was lost") == 1
    assert [one["epochs"] for one in answer["runs"]] == [EPOCHS, EPOCHS]
    assert (runs_root / ".jobs" / slurm.FOLDER).stat().st_mode & 0o077 == 0


def test_without_slurm_a_sweep_is_refused_before_anything_is_written(runs_root, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(runs_root))
    code, _, said = swept(capsys, "slurm", "1,4", 1)
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("error: Slurm is not installed here: there is no `sbatch`")
    assert not runs_root.exists()
