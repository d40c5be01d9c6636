"""The published file of dSprites is read in pieces; what is missing, damaged or something else is one sentence."""

from pathlib import Path

import numpy as np
import pytest

from vae_explorer.datasets import dsprites, sprites
from vae_explorer.errors import DataUnavailable

TOTAL = 5_000
"""More than are read at once."""


@pytest.fixture
def images() -> np.ndarray:
    return (sprites.draw(np.arange(TOTAL) * 147, 64)[:, 0] > 0).astype(np.uint8)


def published(folder: Path, **arrays: np.ndarray) -> Path:
    folder.mkdir(exist_ok=True)
    np.savez_compressed(folder / dsprites.NAME, allow_pickle=False, **arrays)
    return folder


def test_images_are_packed_once_and_come_back_as_they_were(tmp_path, images):
    folder = published(tmp_path / "dsprites", metadata=np.arange(3), imgs=images)
    bits = dsprites.packed(folder, TOTAL)
    assert [path.name for path in sorted(folder.iterdir())] == [dsprites.BITS, dsprites.NAME]
    some = np.array([4_999, 0, 4_097, 4_096])
    assert (dsprites._unpacked(bits, some) == images[some][:, None] * 255).all()
    (folder / dsprites.NAME).unlink()
    assert (dsprites.packed(folder, TOTAL) == bits).all()
    assert dsprites.available(tmp_path)


@pytest.mark.parametrize(
    "arrays",
    [
        {"other": np.zeros(3)},
        {"imgs": np.zeros((TOTAL, 32, 32), np.uint8)},
        {"imgs": np.zeros((TOTAL, 64, 64), np.int16)},
        {"imgs": np.full((TOTAL, 64, 64), 255, np.uint8)},
        {"imgs": np.zeros((10, 64, 64), np.uint8)},
    ],
    ids=["no images", "another side", "another type", "grey levels", "too few"],
)
def test_another_file_is_refused_and_nothing_is_left(tmp_path, arrays):
    folder = published(tmp_path / "dsprites", **arrays)
    with pytest.raises(DataUnavailable, match="damaged or is not dSprites; download it again"):
        dsprites.packed(folder, TOTAL)
    assert [path.name for path in folder.iterdir()] == [dsprites.NAME]


def test_a_cut_off_file_is_refused(tmp_path, images):
    folder = published(tmp_path / "dsprites", imgs=images)
    whole = (folder / dsprites.NAME).read_bytes()
    (folder / dsprites.NAME).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataUnavailable, match="damaged"):
        dsprites.packed(folder, TOTAL)


def test_what_is_not_there_says_what_to_do(tmp_path):
    assert not dsprites.available(tmp_path)
    with pytest.raises(DataUnavailable, match="VAE_EXPLORER_DATA"):
        dsprites.load("test", tmp_path)


def test_a_download_without_a_network_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(dsprites, "ADDRESS", "http://127.0.0.1:9/nothing")
    with pytest.raises(DataUnavailable, match="copy its published file to"):
        dsprites.download(tmp_path, lambda *_: None)
    assert not dsprites.available(tmp_path)
