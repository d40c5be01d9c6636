"""The atlas of a journal: computed by a real child process, calm from map to map, and only of what is there."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import make_blobs

from tests.journal.test_files import snapshot
from vae_explorer import npz
from vae_explorer.child_queue import ChildQueue, TaskState
from vae_explorer.errors import ExplorerError, StorageError
from vae_explorer.journal import atlas, atlas_process, snapshots
from vae_explorer.journal.atlas import Atlas
from vae_explorer.projections import aligned, umap
from vae_explorer.projections.desk import MapTask
from vae_explorer.projections.procrustes import turned
from vae_explorer.projections.settings import Settings
from vae_explorer.projections.trust import trustworthiness

N, STEPS = 90, (0, 10, 25, 60)


def moments() -> list[np.ndarray]:
    """Latents [N, 4] that fall apart into five groups, as they do in training."""
    noise = np.random.default_rng(0).normal(size=(N, 4))
    groups = np.asarray(make_blobs(N, 4, centers=5, cluster_std=0.5, random_state=0)[0])
    shares = np.linspace(0.3, 1, len(STEPS))
    return [((1 - share) * noise + share * groups).astype(np.float32) for share in shares]


@pytest.fixture
def journal(tmp_path) -> Path:
    for step, mu in zip(STEPS, moments(), strict=True):
        snapshots.write(tmp_path, snapshot(step, mu=mu, xy=mu[:, :2], kl=np.ones(4, np.float32)))
    return tmp_path


@pytest.fixture
def desk() -> Iterator[ChildQueue[MapTask]]:
    found = ChildQueue[MapTask]()
    yield found
    for task in found.tasks:
        found.stop(task.key)


def made(journal: Path) -> Atlas:
    """An atlas that nobody had to compute."""
    xy = np.arange(len(STEPS) * 3 * 2, dtype=np.float32).reshape(len(STEPS), 3, 2)
    return atlas.wanted(journal)._replace(indices=np.arange(3), xy=xy)


def ended(desk: ChildQueue[MapTask], journal: Path) -> MapTask:
    job = desk.ask(MapTask(atlas_process.key(journal), order=atlas_process.order(journal)))
    assert job.over.wait(300)
    return job


def movement(maps: np.ndarray) -> float:
    """Mean movement of a point from map to map, of the spread of all."""
    moved = np.linalg.norm(np.diff(maps, axis=0), axis=2).mean()
    return float(moved / np.linalg.norm(maps.std(axis=(0, 1))))


def alone(each: list[np.ndarray]) -> np.ndarray:
    """A UMAP of each moment by itself, turned to the one before: what there would be without alignment."""
    maps = list[np.ndarray]()
    for mu in each:
        xy = umap.fit(mu, Settings("umap"), lambda share, doing: None)
        xy = xy - xy.mean(axis=0)
        maps.append(turned(xy, maps[-1]) if maps else xy)
    return np.stack(maps)


@pytest.mark.process
def test_maps_are_computed_by_a_process_and_points_move_little_from_one_to_the_next(desk, journal):
    job = ended(desk, journal)
    assert (job.state, job.sentence) == (TaskState.DONE, "")
    found = atlas.read(journal)
    assert found.steps.tolist() == list(STEPS)
    assert found.indices.tolist() == list(range(N))
    assert (found.xy.shape, found.xy.dtype) == ((len(STEPS), N, 2), np.float32)
    told: list[tuple[float, str]] = []
    each = moments()
    again = aligned.fit(each, Settings("umap"), lambda share, doing: told.append((share, doing)))
    assert np.array_equal(again, found.xy), "a seed is an atlas"
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(0.9)
    assert [doing for _, doing in told].count("Finding neighbours in each snapshot") == len(each)
    assert min(trustworthiness(mu, xy).value for mu, xy in zip(each, found.xy, strict=True)) > 0.85
    assert movement(found.xy) < 0.5
    assert movement(found.xy) < 0.7 * movement(alone(each))


def test_a_snapshot_that_cannot_be_laid_out_is_said(journal):
    same = np.ones((N, 4), np.float32)
    snapshots.write(journal, snapshot(25, mu=same, xy=same[:, :2], kl=same[0]))
    with pytest.raises(ExplorerError, match="the same latent"):
        atlas_process.compute(journal, lambda share, doing: None)
    assert atlas.stamp(journal) == 0


def test_an_atlas_holds_for_the_snapshots_it_was_made_of(journal):
    first = atlas_process.key(journal)
    atlas.write(journal, made(journal))
    assert np.array_equal(atlas.read(journal).xy, made(journal).xy)
    assert atlas_process.key(journal) == first
    snapshots.write(journal, snapshot(90))
    assert atlas_process.key(journal) != first
    with pytest.raises(StorageError, match="of other snapshots"):
        atlas.read(journal)


def test_an_atlas_of_what_is_gone_is_not_kept(journal):
    found = made(journal)
    snapshots.remove(journal, 60)
    with pytest.raises(StorageError, match="has changed"):
        atlas.write(journal, found)
    assert atlas.stamp(journal) == 0


DAMAGE = {
    "cut": lambda found: npz.pack(found._asdict())[:200],
    "empty": lambda found: b"",
    "a part is missing": lambda found: npz.pack({"steps": found.steps}),
    "other shapes": lambda found: npz.pack(found._replace(indices=np.arange(2))._asdict()),
    "floats for steps": lambda found: npz.pack(found._replace(steps=found.steps.astype(float))._asdict()),
    "a number alone": lambda found: npz.pack(found._replace(steps=np.array(3))._asdict()),
    "an index below 0": lambda found: npz.pack(found._replace(indices=np.arange(-1, 2))._asdict()),
    "places nowhere": lambda found: npz.pack(found._replace(xy=found.xy * np.float32(np.nan))._asdict()),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_atlas_is_none(journal, damage):
    (journal / atlas.FILE).write_bytes(damage(made(journal)))
    with pytest.raises(StorageError):
        atlas.read(journal)


def test_the_first_the_last_and_some_between_are_chosen():
    assert atlas.chosen([0, 5, 9]) == [0, 5, 9]
    many = atlas.chosen(range(0, 600, 10))
    assert (len(many), many[0], many[-1]) == (atlas.MOST, 0, 590)
    assert set(np.diff(many)) == {30, 40}


def test_between_two_maps_points_are_on_straight_lines(journal):
    found = made(journal)
    steps = [0, 4, 10, 25, 30, 40, 60]
    places = found.places(steps)
    assert places.tolist() == pytest.approx([0, 0.5, 1, 2, 2 + 1 / 3, 2 + 2 / 3, 3])
    assert np.array_equal(found.at(3.0), found.xy[3])
    assert found.at(0.5) == pytest.approx((found.xy[0] + found.xy[1]) / 2)
