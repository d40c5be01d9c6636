"""A journal looks on: the training stays the same, what it writes is whole and bounded, and goes on with the run."""

import itertools
import json
import math
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.cli.test_disk import full_disk
from tests.test_runs import EPOCHS, KINDS, Interrupted, figures, silent, stop_after
from vae_explorer import checkpoints, coding, folders, models, runs
from vae_explorer.config import TrainConfig
from vae_explorer.images import to_uint8
from vae_explorer.journal import snapshots, trace, wishes
from vae_explorer.journal.recorder import LIMITS, Journal, Limits
from vae_explorer.journal.wishes import Wish
from vae_explorer.latents.encoded import prior_codes, prior_spread
from vae_explorer.projections.planes import pca_plane
from vae_explorer.projections.procrustes import turned
from vae_explorer.training.trainer import Trainer

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("small_critic")]

MLP = KINDS["mlp"][0]
STEPS = 1437 // 240


def planned(kind: str, folder: Path, **settings) -> runs.Plan:
    model, own = KINDS[kind]
    return runs.Plan(
        "mlp-z2", "digits", model, TrainConfig.of(**{"epochs": EPOCHS, "batch_size": 240} | own | settings), folder
    )


def kept(plan: runs.Plan, journal: Path, report=silent, limits: Limits = LIMITS) -> Journal:
    """A run with a journal."""
    keeper = Journal(journal, limits)
    runs.execute(plan, None, report, keeper)
    return keeper


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_trained_is_the_same_with_and_without_a_journal(kind, tmp_path):
    runs.execute(planned(kind, tmp_path / "bare", epochs=2), None, silent)
    kept(planned(kind, tmp_path / "seen", epochs=2), tmp_path / "journal")
    assert figures(tmp_path / "seen") == figures(tmp_path / "bare")
    lines, config = trace.read(tmp_path / "journal"), KINDS[kind][0]
    assert [line.step for line in lines if line.epoch == int(line.epoch)] == [STEPS, STEPS * 2]
    plain = config.plain
    assert all((line.rate is None) == plain for line in lines)
    assert all((line.kl is None) == (plain or config.prior != "normal") for line in lines)
    assert all(line.kl is None or sum(line.kl) == pytest.approx(line.rate, rel=1e-2) for line in lines)
    assert {0, STEPS * 2} <= set(snapshots.steps(tmp_path / "journal"))
    for step in snapshots.steps(tmp_path / "journal"):
        snapshot = snapshots.read(tmp_path / "journal", step)
        assert snapshot.mu.shape == (360, 3)
        assert snapshot.xy.shape == (360, 2)
        assert (snapshot.reconstructions.shape, snapshot.samples.shape) == ((16, 1, 28, 28),) * 2
        assert snapshot.walks.shape == (3, 7, 1, 28, 28)
        assert (snapshot.rate is None) == (snapshot.kl is None) == plain


def test_what_every_snapshot_shows_is_kept_once(digits, tmp_path):
    kept(planned("mlp", tmp_path / "run"), tmp_path / "journal")
    fixed = snapshots.read_fixed(tmp_path / "journal")
    assert sorted(fixed.indices) == list(range(360))
    assert np.array_equal(fixed.label, digits.labels[fixed.indices])
    assert np.array_equal(fixed.originals, digits.images[fixed.indices[:16]])
    assert fixed.values == pytest.approx([-2.5, -5 / 3, -5 / 6, 0, 5 / 6, 5 / 3, 2.5])
    assert fixed.eps.shape == (16, 3)


def test_a_snapshot_is_what_the_checkpoint_of_its_step_gives(digits, tmp_path):
    kept(planned("cvae", tmp_path / "run"), tmp_path / "journal")
    opened, fixed = checkpoints.open_checkpoint(tmp_path / "run"), snapshots.read_fixed(tmp_path / "journal")
    last, latents = snapshots.read(tmp_path / "journal", STEPS * EPOCHS), checkpoints.read_latents(opened)
    np.testing.assert_allclose(last.mu, latents.mu[fixed.indices], atol=1e-5)
    assert last.kl is not None
    assert latents.kl_per_dim is not None
    assert latents.rate is not None
    np.testing.assert_allclose(last.kl, latents.kl_per_dim, rtol=1e-4)
    assert last.rate == pytest.approx(latents.rate.mean(), rel=1e-4)
    assert last.seconds == opened.recipe.seconds
    model = models.restore(opened.recipe.model, checkpoints.read_weights(opened))
    y = np.array([1] * 7)
    walk = coding.decode(model, np.outer(fixed.values, [0, 1, 0]), y)
    assert np.array_equal(last.walks[1], to_uint8(walk)), "unit 1, as class 1"
    third = coding.decode(model, fixed.eps[12:13], np.array([2]))
    assert np.array_equal(last.samples[12], to_uint8(third)[0]), "classes from 0, again and again"
    own = coding.decode(model, last.mu[:16], fixed.label[:16])
    assert np.abs(last.reconstructions.astype(int) - to_uint8(own)).max() <= 1


@pytest.mark.parametrize("kind", ["vamp", "ae"])
def test_samples_and_walks_of_a_model_without_the_usual_prior(kind, tmp_path):
    kept(planned(kind, tmp_path / "run"), tmp_path / "journal")
    opened, fixed = checkpoints.open_checkpoint(tmp_path / "run"), snapshots.read_fixed(tmp_path / "journal")
    last, latents = snapshots.read(tmp_path / "journal", STEPS * EPOCHS), checkpoints.read_latents(opened)
    model = models.restore(opened.recipe.model, checkpoints.read_weights(opened))
    mean, deviation = prior_spread(latents)
    z = np.tile(mean, (7, 1))
    z[:, 2] += deviation[2] * fixed.values
    assert np.abs(last.walks[2].astype(int) - to_uint8(coding.decode(model, z))).max() <= 1
    drawn = fixed.eps if latents.prior is None else prior_codes(latents.prior, fixed.eps, 0)
    assert np.abs(last.samples.astype(int) - to_uint8(coding.decode(model, drawn))).max() <= 1


def test_each_map_lies_over_the_one_before(tmp_path):
    kept(planned("mlp", tmp_path / "run"), tmp_path / "journal", limits=Limits(share=1e9, soon=0, pause=0))
    found = [snapshots.read(tmp_path / "journal", step) for step in snapshots.steps(tmp_path / "journal")]
    assert len(found) == STEPS * EPOCHS + 1
    for earlier, later in itertools.pairwise(found):
        assert np.abs(turned(later.xy, earlier.xy) - later.xy).max() < 1e-4
        plane = pca_plane(later.mu).project(later.mu)
        assert np.linalg.norm(later.xy) == pytest.approx(np.linalg.norm(plane), rel=1e-5), "turned, not stretched"


def test_a_resumed_run_goes_on_with_its_journal(tmp_path):
    """Cut after its second epoch was saved; what the journal held of the third is trained, and written, again."""
    journal, folder = tmp_path / "journal", tmp_path / "cut"
    kept(planned("mlp", tmp_path / "whole"), tmp_path / "other")
    with pytest.raises(Interrupted):
        kept(planned("mlp", folder), journal, stop_after(2))
    shutil.copy(tmp_path / "other" / "snapshots" / f"{STEPS * EPOCHS:09d}.npz", journal / "snapshots")
    kept_lines = [line for line in trace.read(journal) if line.step <= STEPS * 2]
    with (journal / "trace.jsonl").open("a") as file:
        file.write(trace.text(kept_lines[-1]._replace(step=STEPS * 2 + 1)) + '{"step": 14, "epo')
    (journal / "snapshots" / ".000000007.npz.new").write_bytes(b"half")
    (journal / ".fixed.npz.new").write_bytes(b"half")
    with pytest.raises(Interrupted):
        kept(runs.resumption(folder, {}), journal, stop_after(3))
    assert STEPS * EPOCHS not in snapshots.steps(journal), "it is of a moment that has not come"
    kept(runs.resumption(folder, {}), journal)
    assert figures(folder) == figures(tmp_path / "whole")
    lines = trace.read(journal)
    assert lines[: len(kept_lines)] == kept_lines
    assert [line.step for line in lines] == sorted({line.step for line in lines})
    assert lines[-1].step == STEPS * EPOCHS == snapshots.steps(journal)[-1]
    assert all(line.endswith("}") for line in (journal / "trace.jsonl").read_text().splitlines())
    assert not list(journal.rglob(".*"))


def test_another_run_in_the_same_journal_begins_anew(tmp_path):
    kept(planned("mlp", tmp_path / "one"), tmp_path / "journal")
    first = snapshots.read(tmp_path / "journal", 0)
    kept(planned("mlp", tmp_path / "two", epochs=1, seed=3), tmp_path / "journal")
    assert snapshots.steps(tmp_path / "journal") == [0, STEPS]
    assert [line.step for line in trace.read(tmp_path / "journal")][-1] == STEPS
    assert not np.array_equal(first.mu, snapshots.read(tmp_path / "journal", 0).mu)


class Slow(Trainer):
    """Whose every step takes a second."""

    @property
    def seconds(self) -> float:
        return float(self.step)


def test_snapshots_are_taken_as_the_time_for_them_allows(digits, tmp_path, monkeypatch):
    """Each costs a second, as does each step of training: one in 25 steps, beside the first two and the last."""
    journal, clock = Journal(tmp_path), [0.0]
    monkeypatch.setattr("vae_explorer.journal.recorder.time.perf_counter", lambda: clock[0])
    take = journal._take_snapshot

    def costly(trainer):
        clock[0] += 1
        take(trainer)
        journal._cost = 1.0

    monkeypatch.setattr(journal, "_take_snapshot", costly)
    trainer = Slow(models.build(MLP), digits, TrainConfig(epochs=50, batch_size=90))
    journal.begin(MLP, digits)
    for _ in trainer.strides():
        journal.look(trainer)
    assert trainer.step == 200
    assert snapshots.steps(tmp_path) == [0, 1, 75, 100, 125, 150, 175, 200]
    assert journal.spent == 8


def test_a_long_run_keeps_a_bounded_journal(digits, tmp_path):
    journal = Journal(tmp_path, Limits(share=1e9, lines=20, snapshots=5))
    trainer = Slow(models.build(MLP), digits, TrainConfig(epochs=100, batch_size=90))
    journal.begin(MLP, digits)
    for _ in trainer.strides():
        journal.look(trainer)
        assert len(snapshots.steps(tmp_path)) <= 5
        assert len(trace.read(tmp_path)) <= 20
    steps = snapshots.steps(tmp_path)
    assert (steps[0], steps[-1], len(steps)) == (0, 400, 5)
    assert max(np.diff(steps)) <= 200
    lines = trace.read(tmp_path)
    assert lines[-1].step == 400
    assert len(lines) >= 10


def test_a_long_run_of_large_pictures_keeps_a_bounded_journal(digits, tmp_path):
    journal = Journal(tmp_path, Limits(share=1e9, snapshot_bytes=100_000))
    trainer = Slow(models.build(MLP), digits, TrainConfig(epochs=5, batch_size=90))
    journal.begin(MLP, digits)
    for _ in trainer.strides():
        journal.look(trainer)
    steps = snapshots.steps(tmp_path)
    assert (steps[0], steps[-1]) == (0, 20)
    assert 2 <= len(steps) < 20
    assert sum(snapshots.size(tmp_path, step) for step in steps) <= 100_000


@pytest.mark.parametrize("room", [0, 3000, 40_000])
def test_a_disk_that_is_full_for_the_journal_does_not_stop_the_training(room, digits, tmp_path, caplog):
    trainer, bare = (Trainer(models.build(MLP), digits, TrainConfig(epochs=30, batch_size=90)) for _ in range(2))
    journal = Journal(tmp_path / "journal")
    journal.begin(MLP, digits)
    with full_disk(room):
        for _ in trainer.strides():
            journal.look(trainer)
    assert caplog.messages[0].startswith("note: training goes on without its journal: ")
    assert "cannot be written: File too large" in caplog.messages[0]
    assert len(caplog.messages) == 1
    assert trainer.finished
    list(bare.epochs())
    for name, value in models.weights(bare.model).items():
        assert np.array_equal(value, models.weights(trainer.model)[name])


def test_figures_that_are_not_finite_are_no_snapshot(digits, tmp_path):
    journal, trainer = Journal(tmp_path), Trainer(models.build(MLP), digits, TrainConfig(epochs=1, batch_size=90))
    journal.begin(MLP, digits)
    stops = trainer.strides()
    next(stops)
    torch.nn.init.constant_(trainer.model.moments.weight, math.inf)
    journal.look(trainer)
    assert snapshots.steps(tmp_path) == []


def test_a_wish_is_heeded_where_it_is_met_and_once(digits, tmp_path):
    journal = Journal(tmp_path, Limits(glance=0))
    trainer = Trainer(models.build(MLP), digits, TrainConfig(epochs=3, batch_size=90))
    journal.begin(MLP, digits)
    for _ in trainer.strides():
        if trainer.step == 5:
            wishes.write(tmp_path, Wish(4.0, 1))
        if trainer.step == 9:
            wishes.write(tmp_path, Wish(0.5, 2))
        journal.look(trainer)
    assert trainer.betas == ((5, 4.0), (9, 0.5))
    changes = [(a.step, a.beta, b.beta) for a, b in itertools.pairwise(trace.read(tmp_path)) if a.beta != b.beta]
    assert changes == [(5, 1.0, 4.0), (9, 4.0, 0.5)]


BAD_WISHES = {
    "nothing": (b"", "cannot be read"),
    "no JSON": (b"{", "cannot be read"),
    "no object": (b"[1, 2, 3]", "cannot be read"),
    "other keys": (b'{"alpha": 1, "number": 1}', "cannot be read"),
    "a word": (b'{"beta": "4", "number": 1}', "does not hold a number"),
    "too large": (b'{"beta": 1e9, "number": 1}', "beta must be a number from 0 to 10000"),
    "negative": (b'{"beta": -1, "number": 1}', "beta must be a number from 0 to 10000"),
    "no number": (b'{"beta": NaN, "number": 1}', "cannot be read"),
    "endless": (b'{"beta": 4, "number": 1' + b" " * 10_000 + b"}", "cannot be read"),
    "deep": (b"[" * 4000, "cannot be read"),
}


@pytest.mark.parametrize("name", BAD_WISHES)
def test_a_damaged_wish_is_left_out_with_one_note(name, digits, tmp_path, caplog):
    data, sentence = BAD_WISHES[name]
    folders.write_file(tmp_path / wishes.WISH, data)
    journal = Journal(tmp_path, Limits(glance=0))
    trainer = Trainer(models.build(MLP), digits, TrainConfig(epochs=1, batch_size=90))
    journal.begin(MLP, digits)
    for _ in trainer.strides():
        journal.look(trainer)
    assert (trainer.betas, trainer.finished) == ((), True)
    assert len(caplog.messages) == 1
    assert sentence in caplog.messages[0]
    assert trace.read(tmp_path)[-1].step == 4


def test_an_objective_without_beta_heeds_no_wish(digits, tmp_path, caplog):
    config = TrainConfig.of(objective="iwae", importance_samples=2, epochs=1, batch_size=90)
    wishes.write(tmp_path, Wish(1.5, 1))
    journal, trainer = Journal(tmp_path), Trainer(models.build(MLP), digits, config)
    journal.begin(MLP, digits)
    for _ in trainer.strides():
        journal.look(trainer)
    assert trainer.betas == ()
    assert "iwae has no beta" in caplog.messages[0]


def test_the_last_wish_holds_when_a_run_goes_on_and_the_run_keeps_its_changes(tmp_path):
    limits = Limits(glance=0)
    with pytest.raises(Interrupted):
        kept(planned("mlp", tmp_path / "cut"), tmp_path / "journal", stop_after(2), limits)
    wishes.write(tmp_path / "journal", Wish(4.0, 1))
    kept(runs.resumption(tmp_path / "cut", {}), tmp_path / "journal", limits=limits)
    opened = checkpoints.open_checkpoint(tmp_path / "cut")
    assert (opened.recipe.betas, opened.recipe.beta, opened.recipe.train.beta) == (((2 * STEPS, 4.0),), 4.0, 1.0)
    assert [line["beta"] for line in checkpoints.read_history(opened)] == [1, 1, 4, 4]
    values = json.loads((tmp_path / "cut" / "config.json").read_text())
    assert values["betas"] == [[2 * STEPS, 4.0]]
