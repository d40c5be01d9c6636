"""What is asked for, read back from disk."""

from dataclasses import replace

import pytest

from tests.jobs.conftest import recorded
from vae_explorer.jobs import records

pytestmark = pytest.mark.usefixtures("runs_root")


def test_a_file_from_before_a_loss_came_asks_for_the_same_run():
    asked = recorded("run")
    older = {name: value for name, value in asked.settings.training.items() if name != "free_nats"}
    records.write(replace(asked, settings=replace(asked.settings, training=older), ticket=5))
    assert "free_nats" not in (records.job_folder("run") / records.JOB).read_text()
    kept = records.read("run")
    assert kept.same(asked)
    assert not kept.same(replace(asked, settings=asked.settings.with_training(seed=9)))
    assert not kept.same(replace(asked, threads=2))
