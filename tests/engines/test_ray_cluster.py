"""Ray: a cluster of two nodes, each of one CPU; a worker that is killed, a run that a page stops, no answer."""

import os

import pytest

from tests.engines.conftest import EPOCHS, attempts, codes, kill_worker, meanwhile, run_of, swept, under_way
from vae_explorer import checkpoints
from vae_explorer.engines import ray_cluster
from vae_explorer.jobs import desk, records
from vae_explorer.jobs.reports import RunState

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("runs_root")]


@pytest.fixture(scope="module")
def cluster():
    os.environ.update(ray_cluster.SILENT)
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1)
    yield made.address
    made.shutdown()


def test_a_killed_worker_costs_its_run_alone_which_is_tried_once_more(cluster, runs_root, capsys):
    killed, other = run_of(1), run_of(4)

    def kill() -> None:
        status = under_way(killed)
        assert (status.state, status.engine, status.host) == (RunState.RUNNING, "ray", "")
        kill_worker(killed)

    with meanwhile(kill):
        code, answer, said = swept(capsys, f"ray:{cluster}", "1,4", EPOCHS)
    assert code == 0, said
    assert attempts() == {killed: 2, other: 1}
    assert codes(runs_root) == {killed: 0, other: 0}
    assert said.count("its worker was lost") == 1
    assert [one["epochs"] for one in answer["runs"]] == [EPOCHS, EPOCHS]
    again = swept(capsys, "local", "1,4", EPOCHS)
    assert again == (0, answer, ""), "what is finished is answered from disk, on any engine"


def test_a_page_stops_a_run_on_ray(cluster, capsys):
    def stop() -> None:
        under_way(run_of(2))
        desk.stop(run_of(2))

    with meanwhile(stop):
        code, answer, said = swept(capsys, f"ray:{cluster}", "2", 100_000)
    assert (code, answer["runs"]) == (2, [])
    assert said.splitlines()[-1] == "error: 1 of 1 runs did not finish; their lines above say why."
    assert desk.status(run_of(2)).state == RunState.STOPPED
    assert checkpoints.open_checkpoint(records.run_folder(run_of(2))).recipe.epoch >= 1
