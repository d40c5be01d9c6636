"""A million sprites: drawn block by block, whole or not at all, and read from disk as they are wanted."""

import tracemalloc

import numpy as np
import pytest

from vae_explorer.datasets import flat_file, sprites_million
from vae_explorer.errors import DataUnavailable

FEW = {"train": 600, "test": 200}


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(sprites_million, "SIZES", FEW)


def test_splits_share_no_image_and_come_back_from_disk_as_they_were_drawn(tmp_path, few):
    told: list[tuple[str, int, int]] = []
    sprites_million.download(tmp_path, lambda *step: told.append(step))
    assert told == [("Drawing", 0, 800), ("Drawing", 600, 800), ("done", 1, 1)]
    assert sprites_million.available(tmp_path)
    train, test = (sprites_million.load(split, tmp_path) for split in ("train", "test"))
    index = sprites_million.addresses("train")
    assert not set(index.tolist()) & set(sprites_million.addresses("test").tolist())
    some = np.array([599, 3, 77])
    assert np.array_equal(train.images[some], next(sprites_million.blocks(index[some])))
    assert np.array_equal(train.select(some).images[:], train.images[some])
    assert train.factor_values is not None
    assert np.array_equal(train.images[:].max((1, 2, 3)), sprites_million.LEVELS[train.factor_values[:, 5]])
    assert len(test) == 200
    assert sprites_million.load("train", tmp_path).images[5:6].tobytes() == train.images[5:6].tobytes()


def test_what_is_there_is_not_drawn_again_and_what_was_cut_off_is(tmp_path, few, monkeypatch):
    sprites_million.download(tmp_path, lambda *_: None)
    path = tmp_path / "sprites-million" / "test.npy"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert not sprites_million.available(tmp_path)
    with pytest.raises(DataUnavailable, match="draw the million sprites again"):
        sprites_million.load("test", tmp_path)
    monkeypatch.setattr(sprites_million, "blocks", lambda index, made=sprites_million.blocks: made(index[:200]))
    sprites_million.download(tmp_path, lambda *_: None)
    assert path.read_bytes() == whole


def test_absent_or_half_drawn_when_it_was_killed_it_says_what_to_do(tmp_path, few):
    left = tmp_path / "sprites-million" / ".train.npy.new"
    left.parent.mkdir()
    left.write_bytes(bytes(flat_file.size((600, 1, 28, 28))))
    assert not sprites_million.available(tmp_path)
    with pytest.raises(DataUnavailable, match=r"are not in .*; draw them"):
        sprites_million.load("train", tmp_path)


def test_memory_of_drawing_and_reading_does_not_grow_with_the_images(tmp_path):
    def peak(n: int) -> int:
        index = np.arange(n) * 7
        tracemalloc.start()
        flat_file.write(tmp_path / "some.npy", (n, 1, 28, 28), sprites_million.blocks(index, at_once=100))
        file = flat_file.opened(tmp_path / "some.npy")
        for first in range(0, n, 100):
            file.read(slice(first, first + 100))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(100)
    assert peak(2_000) < 1.5 * peak(200)
