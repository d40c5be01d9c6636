"""A flat file of images is mapped only when its header tells of just the bytes that are there; half a file is none."""

from pathlib import Path

import numpy as np
import pytest

from vae_explorer.datasets import flat_file
from vae_explorer.errors import DataUnavailable, StorageError

IMAGES = np.arange(5 * 4 * 4, dtype=np.uint8).reshape(5, 1, 4, 4)


def written(folder: Path) -> Path:
    flat_file.write(folder / "some.npy", IMAGES.shape, (IMAGES[:2], IMAGES[2:]))
    return folder / "some.npy"


def test_blocks_are_one_file_that_numpy_reads_too_and_any_places_of_it(tmp_path):
    path = written(tmp_path)
    file = flat_file.opened(path)
    assert np.array_equal(np.load(path, allow_pickle=False), IMAGES)
    assert path.stat().st_size == flat_file.size(IMAGES.shape) == file.size
    assert np.array_equal(file.read(np.array([4, 0, 4])), IMAGES[[4, 0, 4]])
    found = file.read(slice(1, 3))
    assert np.array_equal(found, IMAGES[1:3])
    assert type(found) is np.ndarray  # a copy, which outlives the map
    assert found.flags.owndata


def damaged(path: Path, name: str) -> None:
    whole = path.read_bytes()
    arrays = {
        "Fortran order": np.asfortranarray(IMAGES),
        "another type": IMAGES.astype(np.int16),
        "objects": np.array([["pickled"], [{}]], object),
        "no images": np.zeros((0, 4, 4), np.uint8),
        "numbers": np.zeros(80, np.uint8),
    }
    if name in arrays:
        np.save(path, arrays[name], allow_pickle=True)
    else:
        path.write_bytes({"cut off": whole[:-1], "longer": whole + b"\0", "header alone": whole[:20]}[name])


@pytest.mark.parametrize(
    "name",
    ["Fortran order", "another type", "objects", "no images", "numbers", "cut off", "longer", "header alone"],
)
def test_any_other_file_is_refused_before_it_is_mapped(tmp_path, name, monkeypatch):
    path = written(tmp_path)
    damaged(path, name)
    monkeypatch.setattr(flat_file.np, "memmap", None)
    with pytest.raises(
        StorageError, match=r"some.npy (is no .npy file of uint8 images|has \d+ bytes, not the 208 that)"
    ):
        flat_file.opened(path)


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:100])])
def test_a_file_that_changes_under_a_reader_is_refused_and_not_read_beyond_its_end(tmp_path, change):
    file = flat_file.opened(written(tmp_path))
    change(file.path)
    with pytest.raises(DataUnavailable, match=r"some.npy .*Make it again"):
        file.read(slice(0, 5))


def broken():
    yield IMAGES[:2]
    raise KeyboardInterrupt


@pytest.mark.parametrize(("blocks", "error"), [(broken(), KeyboardInterrupt), ((IMAGES[:2],), StorageError)])
def test_what_is_interrupted_or_too_short_leaves_what_was_there(tmp_path, blocks, error):
    path = written(tmp_path)
    with pytest.raises(error):
        flat_file.write(path, IMAGES.shape, blocks)
    assert [found.name for found in tmp_path.iterdir()] == ["some.npy"]
    assert np.array_equal(np.load(path, allow_pickle=False), IMAGES)
