"""What the child does: each score is stored at once, and neither a stop nor a refusal takes the others along."""

import json

import numpy as np
import pytest

from vae_explorer import checkpoints, measurement, metrics
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.errors import ExplorerError, InvalidSetting, StorageError
from vae_explorer.metrics.score_rows import variants_of
from vae_explorer.scorer import kept, process
from vae_explorer.scorer.found import found

NAMES = ("mig", "total-correlation", variants_of("mig"))


def score(tiny: Checkpoint, folder, names=NAMES) -> list[tuple[float, str]]:
    told: list[tuple[float, str]] = []
    process.ask(folder, tiny.folder, "digits", names, 0)
    process.score(folder, lambda share, doing: told.append((share, doing)))
    return told


def test_every_score_is_stored_beside_the_checkpoint_and_its_place_among_all_is_told(tiny, tmp_path):
    told = score(tiny, tmp_path)
    results = found(checkpoints.open_checkpoint(tiny.folder)).results
    assert set(results) == set(NAMES)
    assert {(one.seed, one.split, one.n) for one in results.values()} == {(0, "train", 1437)}
    assert [share for share, _ in told] == [0, 0, 1 / 3, 2 / 3]
    assert told[0][1] == "Encoding training images for 3 figures"
    assert told[2][1] == "Total correlation, 2 of 3"


def test_a_stop_half_way_keeps_what_was_finished(tiny, tmp_path, monkeypatch):
    def measure(*arguments):
        if arguments[-1] == ("total-correlation",):
            raise KeyboardInterrupt
        return measured(*arguments)

    measured = measurement.measure
    monkeypatch.setattr(measurement, "measure", measure)
    with pytest.raises(KeyboardInterrupt):
        score(tiny, tmp_path)
    assert set(found(checkpoints.open_checkpoint(tiny.folder)).results) == {"mig"}


def test_a_checkpoint_that_cannot_be_written_has_its_scores_kept_in_the_cache(tiny, tmp_path, monkeypatch):
    def store(*arguments):
        raise StorageError("it is read-only.")

    monkeypatch.setattr(measurement, "store", store)
    score(tiny, tmp_path)
    assert checkpoints.open_checkpoint(tiny.folder) == tiny
    results, apart = found(tiny)
    assert set(results) == set(NAMES)
    assert apart


def test_where_nothing_can_be_written_it_is_said(tiny, tmp_path, monkeypatch):
    def refuse(*arguments):
        raise StorageError("the disk is full.")

    monkeypatch.setattr(measurement, "store", refuse)
    monkeypatch.setattr(kept, "add", refuse)
    with pytest.raises(StorageError, match="the disk is full"):
        score(tiny, tmp_path)


def test_a_score_that_is_refused_does_not_keep_the_others_from_being_measured(tiny, tmp_path, monkeypatch):
    def measure(evidence, settings, known, names):
        if names == ("mig",):
            raise InvalidSetting("mig is not finite.")
        return measured(evidence, settings, known, names)

    measured = metrics.measure
    monkeypatch.setattr(metrics, "measure", measure)
    with pytest.raises(ExplorerError, match="mig is not finite"):
        score(tiny, tmp_path)
    assert set(found(checkpoints.open_checkpoint(tiny.folder)).results) == set(NAMES) - {"mig"}


def test_codes_that_are_no_numbers_are_said_in_one_line(tiny, tmp_path):
    weights = {name: np.full_like(values, 3e38) for name, values in checkpoints.read_weights(tiny).items()}
    spoilt = checkpoints.save(tmp_path / "spoilt", tiny.recipe, weights, [], latents=checkpoints.read_latents(tiny))
    with pytest.raises(InvalidSetting, match="Codes must be finite; train this model again"):
        score(spoilt, tmp_path)


def test_what_is_asked_for_is_written_down(tiny, tmp_path):
    words = process.ask(tmp_path, tiny.folder, "digits", NAMES, 0)
    assert words[1:] == ["-m", "vae_explorer.scorer.process", str(tmp_path)]
    assert json.loads((tmp_path / process.ASKED).read_text())["names"] == list(NAMES)
