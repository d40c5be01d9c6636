"""Names that nobody chose: the first that is free or the asker's own, and what is said of it."""

import pytest

from tests.jobs.conftest import recorded
from vae_explorer.errors import InvalidSetting
from vae_explorer.jobs import records, run_names

pytestmark = pytest.mark.usefixtures("runs_root")


def test_the_first_name_that_is_free_or_ones_own_is_taken():
    assert run_names.unclaimed("run") == "run"
    recorded("run")
    records.run_folder("run-2").mkdir(parents=True)
    assert run_names.unclaimed("run") == "run-3"
    assert run_names.unclaimed("run", lambda name: name == "run-2") == "run-2"
    assert run_names.unclaimed("digits-mlp-z2") == "digits-mlp-z2-2", "a shipped model has its name"


def test_names_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(run_names, "MOST", 3)
    for name in ("run", "run-2"):
        recorded(name)
    with pytest.raises(InvalidSetting, match="too many runs called run; delete some"):
        run_names.unclaimed("run")


def test_one_sentence_says_which_runs_are_called_otherwise():
    assert run_names.renamed(["a", "b"], ["a", "b"]) == ""
    assert run_names.renamed(["a", "b"], ["a", "b-2"]) == "b is the name of another run; this one is called b-2."
    assert run_names.renamed(["a", "b", "c"], ["a-2", "b-3", "c-2"]) == (
        "a is the name of another run; this one is called a-2, and 2 more get a number likewise."
    )
