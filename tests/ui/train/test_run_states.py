"""Where runs wait and train, in words."""

import pytest

from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.ui.train.run_states import place_words


@pytest.mark.parametrize(
    ("state", "engine", "host", "told"),
    [
        (RunState.QUEUED, "", "", "place 1 in the queue"),
        (RunState.QUEUED, "slurm", "", "waits for its sweep on Slurm"),
        (RunState.RUNNING, "", "", ""),
        (RunState.RUNNING, "local", "", "on this machine"),
        (RunState.RUNNING, "later", "node7", "on later, node node7"),
    ],
)
def test_where_a_run_waits_or_trains_is_told(state, engine, host, told):
    assert place_words(Status("run", state, 1, position=1, engine=engine, host=host)) == told
