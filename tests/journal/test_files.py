"""The files of a journal: what was written is read, what is damaged is left out or named, nothing grows for ever."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from vae_explorer import npz
from vae_explorer.errors import StorageError, UnknownName
from vae_explorer.journal import album, snapshots, trace, wishes
from vae_explorer.journal.snapshots import Fixed, Snapshot
from vae_explorer.journal.wishes import Wish
from vae_explorer.training.validation import Validation
from vae_explorer.training.windows import Window

LINE = Window(11, 1.0, 0.25, 1.0, 300.5, 290.25, 10.25, (4.25, 6.0))


def snapshot(step: int, **changes) -> Snapshot:
    pictures = np.arange(2 * 64, dtype=np.uint8).reshape(2, 1, 8, 8)
    mu = np.random.default_rng(step).standard_normal((5, 3)).astype(np.float32)
    own = Snapshot(
        step, 1.5, 2.5, 4.0, 90.0, 7.0, np.ones(3, np.float32), mu, mu[:, :2], pictures, pictures, pictures[None]
    )
    return own._replace(**changes)


def lines(betas: list[float], start: int = 0) -> list[Window]:
    """One of every third step, whose figures are the steps' own numbers."""
    found = []
    for place, beta in enumerate(betas, 1):
        step = start + 3 * place
        mean = step - 1.0
        found.append(Window(step, step / 10, float(step), beta, mean, mean, mean, (mean, 2 * mean)))
    return found


def test_a_snapshot_comes_back_as_it_was(tmp_path):
    for one in (snapshot(3), snapshot(4, rate=None, kl=None)):
        snapshots.write(tmp_path, one)
        back = snapshots.read(tmp_path, one.step)
        for name, value in one._asdict().items():
            assert np.array_equal(getattr(back, name), value), name
    assert snapshots.steps(tmp_path) == [3, 4]
    with pytest.raises(UnknownName, match="known are 3, 4"):
        snapshots.read(tmp_path, 5)


@pytest.mark.parametrize("damage", ["truncated", "empty", "other"])
def test_a_damaged_snapshot_is_named(damage, tmp_path):
    snapshots.write(tmp_path, snapshot(3))
    path = tmp_path / "snapshots" / "000000003.npz"
    data = path.read_bytes()
    path.write_bytes({"truncated": data[:-100], "empty": b"", "other": npz.pack({"step": np.array(3)})}[damage])
    with pytest.raises(StorageError, match=r"000000003\.npz|step 3 is damaged"):
        snapshots.read(tmp_path, 3)


def test_what_stays_the_same_comes_back_as_it_was(tmp_path):
    fixed = Fixed(np.arange(3), np.arange(3), np.zeros((2, 1, 8, 8), np.uint8), np.ones((2, 3)), np.ones(7))
    snapshots.write_fixed(tmp_path, fixed)
    assert all(np.array_equal(*pair) for pair in zip(snapshots.read_fixed(tmp_path), fixed, strict=True))
    (tmp_path / snapshots.FIXED).unlink()
    with pytest.raises(StorageError, match=r"fixed\.npz is missing"):
        snapshots.read_fixed(tmp_path)


def test_lines_come_back_as_they_were_and_a_half_one_is_not_read(tmp_path):
    plain = LINE._replace(step=12, rate=None, kl=None, validation=Validation(280.5, None, "validation", 72))
    trace.write(tmp_path, [LINE])
    trace.append(tmp_path, plain)
    with (tmp_path / trace.TRACE).open("a") as file:
        file.write(trace.text(LINE._replace(step=13)).rstrip("\n"))
    assert trace.read(tmp_path) == [LINE, plain]
    assert trace.read(tmp_path, after=11) == [plain]


@pytest.mark.parametrize("bad", ["", "[]", "{}", "null", '{"step": 1}', "[" * 5000])
def test_a_line_that_is_none_is_left_out(bad, tmp_path):
    trace.write(tmp_path, [LINE])
    strange = [LINE._asdict() | change for change in ({"nll": math.nan}, {"step": 1.5}, {"kl": [None]}, {"rate": "1"})]
    with (tmp_path / trace.TRACE).open("a") as file:
        file.write("\n".join([bad, *map(json.dumps, strange)]) + "\n")
    trace.append(tmp_path, LINE._replace(step=12))
    assert [line.step for line in trace.read(tmp_path)] == [11, 12]


def test_lines_are_as_short_as_what_they_say(tmp_path):
    kl = tuple(np.random.default_rng(0).random(512).tolist())
    line = LINE._replace(loss=100 / 3, kl=kl)
    assert len(trace.text(line)) < 6000
    trace.write(tmp_path, [line])
    back = trace.read(tmp_path)[0]
    assert back.loss == pytest.approx(line.loss, rel=1e-5)
    assert back.kl == pytest.approx(kl, rel=1e-3)


def test_thinning_halves_the_lines_and_keeps_the_means():
    found = trace.thinned(lines([1.0] * 7))
    assert [line.step for line in found] == [6, 12, 18, 21]
    weights = np.diff([0, *(line.step for line in found)])
    before = lines([1.0] * 7)
    for name in ("loss", "nll", "rate"):
        now = np.average([getattr(line, name) for line in found], weights=weights)
        assert now == pytest.approx(np.mean([getattr(line, name) for line in before]))
    assert found[1].kl == (9.5, 19.0)
    assert [line.step for line in trace.thinned(found)] == [12, 21]
    assert trace.thinned(found)[1].nll == pytest.approx((14 + 17 + 20) / 3)


def test_thinning_keeps_every_change_of_beta_at_its_step():
    betas = [1.0, 1.0, 1.0, 4.0, 2.0, 2.0]
    found = trace.thinned(lines(betas))
    assert [(line.step, line.beta) for line in found] == [(6, 1.0), (9, 1.0), (12, 4.0), (18, 2.0)]
    assert trace.thinned([]) == []


def test_thinning_of_uneven_lines_weighs_them_by_their_steps():
    one, other = LINE._replace(step=1, nll=100.0), LINE._replace(step=4, nll=20.0, rate=None)
    assert trace.thinned([one, other])[0].nll == pytest.approx(40.0)
    assert trace.thinned([one, other])[0].rate is None


@pytest.mark.parametrize(
    ("steps", "spared"), [([0, 5, 10], 5), ([0, 1, 10, 20], 1), ([0, 10, 11, 12, 30], 11), ([0, 2, 4, 6], 2)]
)
def test_the_snapshot_that_is_missed_least_goes(steps, spared):
    assert album.spare(steps) == spared


def test_a_long_album_stays_evenly_spread(tmp_path):
    kept = album.Album(tmp_path, 0, most=9)
    for step in range(100):
        kept.add(snapshot(step))
        assert len(kept) <= 9
    gaps = np.diff(snapshots.steps(tmp_path))
    assert (snapshots.steps(tmp_path)[0], snapshots.steps(tmp_path)[-1]) == (0, 99)
    assert gaps.max() <= 4 * np.median(gaps)


def test_an_album_is_taken_up_at_a_step(tmp_path):
    for step in (0, 10, 20, 30):
        snapshots.write(tmp_path, snapshot(step))
    half = tmp_path / "snapshots" / ".000000020.npz.new"
    half.write_bytes(b"half")
    kept = album.Album(tmp_path, 20)
    assert (snapshots.steps(tmp_path), len(kept), 20 in kept, 30 in kept) == ([0, 10, 20], 3, True, False)
    assert kept.map is not None
    assert np.array_equal(kept.map, snapshot(20).xy)
    assert not half.exists()
    (tmp_path / "snapshots" / "000000020.npz").write_bytes(b"damaged")
    assert album.Album(tmp_path, 20).map is None
    assert len(album.Album(tmp_path, 0)) == 0
    assert snapshots.steps(tmp_path) == []


def test_a_wish_is_written_read_and_taken_back(tmp_path):
    assert (wishes.read(tmp_path), wishes.stamp(tmp_path)) == (None, None)
    wishes.write(tmp_path, Wish(4.0, 1))
    first = wishes.stamp(tmp_path)
    wishes.write(tmp_path, Wish(2.0, 2))
    assert (wishes.read(tmp_path), wishes.stamp(tmp_path) == first) == (Wish(2.0, 2), False)
    wishes.forget(tmp_path)
    wishes.forget(tmp_path)
    assert list(Path(tmp_path).iterdir()) == []
