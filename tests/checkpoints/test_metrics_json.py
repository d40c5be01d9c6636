"""metrics.json: as it has always been, with results beside it; what does not fit is refused."""

import json
from pathlib import Path

import pytest

from tests.conftest import save_tiny
from tests.kinds import KINDS, Kind, made_up_latents
from vae_explorer import checkpoints
from vae_explorer.checkpoints import Measurements, catalogue
from vae_explorer.checkpoints.metrics_json import pack, unpack
from vae_explorer.errors import CheckpointError
from vae_explorer.metrics import readable
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.metrics.results import Result

FIGURES = evaluation(made_up_latents(Kind(), 3))
RESULT = Result("iw_bound", "digits", "test", 40, 0, {"iw_samples": 10}, -80.5)


@pytest.mark.parametrize("shipped", sorted((catalogue.HOME / "pretrained").glob("*")), ids=lambda path: path.name)
def test_the_shipped_files_are_read_and_would_be_written_alike(shipped: Path):
    data = (shipped / checkpoints.METRICS).read_bytes()
    assert pack(unpack(data)) == data
    model = checkpoints.open_checkpoint(shipped).recipe.model
    assert all(readable(result, model) for result in unpack(data).results)


@pytest.mark.parametrize(
    "measured",
    [
        Measurements(),
        Measurements(FIGURES),
        Measurements(None, (RESULT,)),
        Measurements(FIGURES, (RESULT, RESULT._replace(split="train"))),
        Measurements(evaluation(made_up_latents(KINDS["ae"], 3)), (RESULT._replace(metric="of no row", value=[1]),)),
    ],
)
def test_what_is_written_is_read_back(measured):
    assert unpack(pack(measured)) == measured


WHOLE = json.loads(pack(Measurements(FIGURES, (RESULT,))))


@pytest.mark.parametrize(
    "values",
    [
        [],
        {"n": 40},
        WHOLE | {"nll": "low"},
        WHOLE | {"kl_per_dim": ["low"]},
        WHOLE | {"more": 1},
        WHOLE | {"results": 3},
        WHOLE | {"results": [{}]},
        WHOLE | {"results": [WHOLE["results"][0] | {"n": "many"}]},
    ],
)
def test_another_shape_is_refused(values):
    with pytest.raises(CheckpointError, match=r"metrics\.json"):
        unpack(json.dumps(values).encode())


def test_what_is_no_json_is_refused():
    with pytest.raises(CheckpointError, match=r"metrics\.json"):
        unpack(b"{")


def test_figures_of_other_latents_are_refused_at_the_door_and_unreadable_results_are_not(tmp_path, digits, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    one = save_tiny(tmp_path / "fine", digits)
    latents, (figures, _) = checkpoints.read_latents(one), checkpoints.read_measurements(one)

    def save(name: str, measured: Measurements) -> None:
        weights, history = checkpoints.read_weights(one), checkpoints.read_history(one)
        checkpoints.save(tmp_path / name, one.recipe, weights, history, measured, latents)

    save("other", Measurements(FIGURES))
    save("further", Measurements(figures, (RESULT._replace(value={}), RESULT._replace(metric="of no row"))))
    reasons = {entry.id: entry.reason for entry in catalogue.entries() if (tmp_path / entry.id).exists()}
    assert "not of the split that is encoded" in reasons["other"]
    assert reasons["fine"] == reasons["further"] == ""
    assert "iw_bound" not in catalogue.RESULTS.get(catalogue.find("further"))
