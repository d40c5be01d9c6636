"""`metrics`: scores as JSON, stored beside the checkpoint, and by other ways of counting where these are asked for."""

import pytest

from tests.commands import answered
from vae_explorer import checkpoints
from vae_explorer.metrics.score_rows import variants_of, ways
from vae_explorer.scorer.found import found


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))


def test_scores_are_told_and_stored_and_their_variants_where_these_are_asked_for(tiny):
    alone = answered("metrics", str(tiny.folder), "--scores", "mig,sap")
    assert list(alone["scores"]) == ["mig", "sap"]
    assert set(found(checkpoints.open_checkpoint(tiny.folder)).results) == {"mig", "sap"}
    more = answered("metrics", str(tiny.folder), "--scores", "mig,sap", "--variants")
    assert list(more["scores"]) == ["mig", "sap", variants_of("mig")]
    assert more["scores"]["mig"] == alone["scores"]["mig"]
    assert ways(more["scores"][variants_of("mig")])[0].value == alone["scores"]["mig"]["value"]
    assert variants_of("mig") in found(checkpoints.open_checkpoint(tiny.folder)).results
