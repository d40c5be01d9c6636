"""What was measured is stored beside the checkpoint, whole, and read back instead of being measured again."""

import json

import pytest

from tests.commands import answered
from tests.conftest import save_tiny
from vae_explorer import checkpoints, measurement
from vae_explorer.checkpoints import METRICS, catalogue
from vae_explorer.errors import CheckpointError
from vae_explorer.metrics.results import Result
from vae_explorer.projections.store import SHIPPED

TOY = Result("toy", "digits", "test", 360, 0, {}, [1.5])


def test_results_are_stored_and_every_other_file_stays_as_it_is(tiny):
    (tiny.folder / SHIPPED).mkdir()
    (tiny.folder / SHIPPED / "map.npz").write_bytes(b"a map")
    before = {path.name: path.read_bytes() for path in tiny.folder.iterdir() if path.is_file()}
    stored = measurement.store(tiny, {"toy": TOY})
    after = {path.name: path.read_bytes() for path in tiny.folder.iterdir() if path.is_file()}
    assert {name for name in after if after[name] != before[name]} == {METRICS, checkpoints.CONFIG}
    assert (stored.folder / SHIPPED / "map.npz").read_bytes() == b"a map"
    assert checkpoints.read_measurements(stored).results == (TOY,)
    figures, written = json.loads(before[METRICS]), json.loads(after[METRICS])
    assert written == figures | {"results": [{name: value for name, value in TOY._asdict().items() if name != "beta"}]}
    assert stored.version != tiny.version
    assert catalogue.RESULTS.get(stored)["toy"] == TOY


def test_what_is_stored_already_is_not_written_again(tiny):
    stored = measurement.store(tiny, {"toy": TOY})
    figures = checkpoints.read_measurements(stored).evaluation
    assert figures is not None
    assert measurement.store(stored, {"toy": TOY, **figures.results()}) is stored
    newer = measurement.store(stored, {"toy": TOY._replace(seed=1)})
    assert checkpoints.read_measurements(newer).results == (TOY._replace(seed=1),)


def test_a_checkpoint_that_has_changed_meanwhile_keeps_what_it_became(tiny, digits):
    changed = save_tiny(tiny.folder, digits, seed=1)
    with pytest.raises(CheckpointError, match="has changed since"):
        measurement.store(tiny, {"toy": TOY})
    assert checkpoints.open_checkpoint(tiny.folder) == changed


def test_stored_figures_are_read_back_without_reading_the_model(tiny, digits, monkeypatch):
    first = measurement.measure(tiny, measurement.evidence(tiny, digits, 0), {}, again=False)
    stored = measurement.store(tiny, first)
    monkeypatch.setattr(measurement.coding, "encode_set", lambda *_: pytest.fail("the model was read"))
    evidence = measurement.evidence(stored, digits, 0)
    assert measurement.measure(stored, evidence, {}, again=False) == first
    with pytest.raises(pytest.fail.Exception, match="was read"):
        measurement.measure(stored, evidence, {}, again=True)


def test_figures_of_latents_come_from_the_file_and_without_it_from_the_latents(tiny):
    measured = catalogue.EVALUATIONS.get(tiny)
    assert measured == checkpoints.read_measurements(tiny).evaluation
    bare = checkpoints.save(
        tiny.folder.with_name("bare"),
        tiny.recipe,
        checkpoints.read_weights(tiny),
        checkpoints.read_history(tiny),
        latents=checkpoints.read_latents(tiny),
    )
    assert checkpoints.read_measurements(bare).evaluation is None
    assert catalogue.EVALUATIONS.get(bare) == measured
    assert checkpoints.read_measurements(measurement.store(bare, {"toy": TOY})) == (None, (TOY,))


def test_embedding_another_split_keeps_results_of_the_same_weights(tiny):
    measurement.store(tiny, {"toy": TOY})
    answered("embed", str(tiny.folder), "--split", "train")
    figures, results = checkpoints.read_measurements(checkpoints.open_checkpoint(tiny.folder))
    assert figures is not None
    assert (figures.split, results) == ("train", (TOY,))
    assert "toy" not in catalogue.RESULTS.get(checkpoints.open_checkpoint(tiny.folder))
