"""A journal looks on: what is trained stays the same, what it writes is whole, bounded, and goes on where the run does."""

from pathlib import Path

import numpy as np
import pytest

from tests.test_cli_disk import full_disk
from tests.test_runs import CONV, EPOCHS, KINDS, Interrupted, figures, silent, stop_after
from vae_explorer import adversary, checkpoints, models, runs
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.journal import album, keeping, snapshots, trace, wishes
from vae_explorer.journal.keeping import Journal
from vae_explorer.journal.seeing import Sight
from vae_explorer.journal.wishes import Wish
from vae_explorer.training import Trainer

MLP = KINDS["mlp"][0]
STEPS = 1437 // 240


def planned(kind: str, folder: Path, **settings) -> runs.Plan:
    model, own = KINDS[kind]
    return runs.Plan(
        "mlp-z2", "digits", model, TrainConfig(**{"epochs": EPOCHS, "batch_size": 240} | own | settings), folder
    )


def kept(plan: runs.Plan, journal: Path, report=silent) -> Journal:
    """A run with a journal."""
    keeper = Journal(journal)
    runs.execute(plan, None, report, keeper)
    return keeper


def watched(images, config: ModelConfig = MLP, **settings) -> Trainer:
    return Trainer(models.build(config), images, TrainConfig(**{"epochs": EPOCHS, "batch_size": 90} | settings))


@pytest.fixture(autouse=True)
def small_discriminator(monkeypatch):
    monkeypatch.setattr(adversary, "WIDTH", 32)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_trained_is_the_same_with_and_without_a_journal(kind, tmp_path):
    runs.execute(planned(kind, tmp_path / "bare"), None, silent)
    kept(planned(kind, tmp_path / "seen"), tmp_path / "journal")
    assert figures(tmp_path / "seen") == figures(tmp_path / "bare")
    lines, config = trace.read(tmp_path / "journal"), KINDS[kind][0]
    assert [line.step for line in lines if line.epoch == int(line.epoch)] == [STEPS * n for n in (1, 2, 3, 4)]
    plain = config.scale == "none"
    assert all((line.rate is None) == plain for line in lines)
    assert all((line.kl is None) == (plain or config.prior != "normal") for line in lines)
    assert all(line.kl is None or sum(line.kl) == pytest.approx(line.rate, rel=1e-2) for line in lines)
    assert {0, STEPS * EPOCHS} <= set(snapshots.steps(tmp_path / "journal"))
    for step in snapshots.steps(tmp_path / "journal"):
        snapshot = snapshots.read(tmp_path / "journal", step)
        assert snapshot.mu.shape == (360, 3)
        assert snapshot.xy.shape == (360, 2)
        assert (snapshot.reconstructions.shape, snapshot.samples.shape) == ((16, 1, 28, 28),) * 2
        assert snapshot.walks.shape == (3, 7, 1, 28, 28)
        assert (snapshot.rate is None) == (snapshot.kl is None) == plain
