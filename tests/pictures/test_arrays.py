"""The pictures of an npz: arrays of any plain kind, and one sentence for every other."""

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.made import FEW
from vae_explorer.errors import InvalidSetting, StorageError
from vae_explorer.pictures.gathered import Gathered, gather
from vae_explorer.pictures.pile import BOUNDS
from vae_explorer.pictures.trees import Upload

LEVELS = np.random.default_rng(0).integers(0, 256, (FEW, 16, 16, 3), dtype=np.uint8)
GREY = LEVELS[..., 0]


def npz(**arrays: Any) -> io.BytesIO:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer


def gathered(file: io.BytesIO, **changed: int) -> Gathered:
    return gather([Upload("pictures.npz", file)], 16, colour=None, bounds=BOUNDS._replace(**changed))


@pytest.mark.parametrize(
    "images",
    [LEVELS, LEVELS.transpose(0, 3, 1, 2), LEVELS / 255, LEVELS.astype(np.float32), LEVELS.astype(np.int64)],
    ids=["channels last", "channels first", "to 1", "floats to 255", "wide numbers"],
)
def test_colour_comes_as_it_lies_there(images):
    assert np.array_equal(gathered(npz(images=images)).images, LEVELS.transpose(0, 3, 1, 2))


@pytest.mark.parametrize(
    "images",
    [GREY, GREY[..., None], GREY[:, None], np.asfortranarray(GREY), GREY.astype(np.uint16) * 257],
    ids=["no channel", "one last", "one first", "another order", "16 bits"],
)
def test_grey_comes_as_it_lies_there(images):
    assert np.array_equal(gathered(npz(images=images)).images, GREY[:, None])


def test_truth_values_are_black_and_white():
    assert np.array_equal(gathered(npz(images=GREY > 99)).images, (GREY > 99)[:, None] * np.uint8(255))


@pytest.mark.parametrize(
    ("labels", "classes", "third"),
    [
        (np.arange(FEW) % 12, tuple(map(str, range(12))), 2),
        (np.arange(FEW) % 2 * 7.0, ("0", "7"), 0),
        (np.array(["dog", "cat", "eel"] * (FEW // 3)), ("cat", "dog", "eel"), 2),
        (np.arange(FEW) % 2 == 0, ("0", "1"), 1),
    ],
    ids=["numbers", "whole floats", "words", "truth values"],
)
def test_labels_are_classes_in_their_order(labels, classes, third):
    found = gathered(npz(images=GREY, labels=labels))
    assert found.classes == classes
    assert found.labels[2] == third


def test_without_labels_all_are_of_one_class():
    assert gathered(npz(images=GREY)).classes == ("all",)


BAD = [
    ({"pictures": GREY}, "has an array `images`, and maybe `labels`; this one has pictures."),
    ({"images": np.where(GREY > 9, GREY, np.nan)}, "`images` holds NaN or infinite numbers"),
    ({"images": np.where(GREY > 9, GREY, np.inf)}, "`images` holds NaN or infinite numbers"),
    ({"images": GREY.astype(np.int16) - 1}, "must lie in 0…255 or 0…65,535, not in -1…254."),
    ({"images": GREY.astype(np.int64) * 9_999}, "must lie in 0…255 or 0…65,535"),
    ({"images": GREY / 100 - 1}, "of type float64 must lie in 0…1 or 0…255, not in -1…1.55"),
    ({"images": GREY.astype(complex)}, "must be numbers, not complex128"),
    ({"images": GREY.astype(str)}, "must be numbers, not <U"),
    ({"images": GREY.astype("datetime64[s]")}, "must be numbers, not datetime64"),
    ({"images": GREY[0, 0]}, "`images` must be [N, height, width]"),
    ({"images": np.uint8(3)}, "`images` must be [N, height, width]"),
    ({"images": GREY.reshape(FEW, 256)}, "`images` must be [N, height, width]"),
    ({"images": np.zeros((FEW, 16, 16, 5), np.uint8)}, "not [24, 16, 16, 5]."),
    ({"images": np.zeros((FEW, 0, 16), np.uint8)}, "`images` must be [N, height, width]"),
    ({"images": np.zeros((FEW, 1, 100_000), np.uint8)}, "`images` must be [N, height, width]"),
    ({"images": np.zeros((0, 16, 16), np.uint8)}, "There are no pictures in it"),
    ({"images": GREY[:1]}, "at least 20 pictures; there is 1"),
    ({"images": GREY, "labels": np.zeros(FEW - 1)}, "one for each of the 24 images, not [23]."),
    ({"images": GREY, "labels": np.zeros((FEW, 2))}, "one for each of the 24 images, not [24, 2]."),
    ({"images": GREY, "labels": np.full(FEW, 0.5)}, "must be whole numbers or words, not float64"),
    ({"images": GREY, "labels": np.full(FEW, np.nan)}, "must be whole numbers or words, not float64"),
    ({"images": GREY, "labels": np.full(FEW, np.inf)}, "must be whole numbers or words, not float64"),
    ({"images": GREY, "labels": GREY[:, 0, 0].astype(complex)}, "must be whole numbers or words, not complex128"),
]


@pytest.mark.parametrize(("arrays", "sentence"), BAD, ids=range(len(BAD)))
def test_other_arrays_are_one_sentence(arrays, sentence):
    with pytest.raises(InvalidSetting) as refused:
        gathered(npz(**arrays))
    assert sentence in str(refused.value)


class Canary:
    """Unpickled, it would leave a file."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self):
        return Path.touch, (self.place,)


@pytest.mark.parametrize("name", ["images", "labels"])
def test_objects_are_never_unpickled(name, tmp_path):
    arrays = {"images": GREY, name: np.array([Canary(tmp_path / "ran")] * FEW, dtype=object)}
    with pytest.raises(StorageError, match="holds other things than whole arrays of numbers; save them by"):
        gathered(npz(**arrays))
    assert not (tmp_path / "ran").exists()


HEADER = b"{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }"


def lying(shape: bytes) -> io.BytesIO:
    """An array of 100 bytes whose header tells of another shape."""
    header = (HEADER % shape).ljust(117) + b"\n"
    data = np.lib.format.magic(1, 0) + len(header).to_bytes(2, "little") + header + bytes(100)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("images.npy", data)
    return buffer


@pytest.mark.parametrize("shape", [b"40000, 40000, 3", b"2, 5", b"-1, 10, 10", b"10**9,", b"'a',"])
def test_a_header_that_lies_is_refused_before_anything_is_made_of_it(shape):
    with pytest.raises(StorageError, match="holds other things than whole arrays of numbers"):
        gathered(lying(shape))


def test_pickles_by_the_name_of_arrays_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("images.npy", pickle.dumps([1]))
    with pytest.raises(StorageError, match="holds other things than whole arrays"):
        gathered(buffer)


def test_what_unpacks_to_too_much_is_refused():
    with pytest.raises(StorageError, match="would unpack to more than 100,000 bytes"):
        gathered(npz(images=np.zeros((FEW, 100, 100), np.uint8)), held_bytes=100_000)
    with pytest.raises(InvalidSetting, match="These are 24 images; at most 23 are taken"):
        gathered(npz(images=GREY), files=23)


@pytest.mark.filterwarnings("ignore:Reading `.npy`")
@given(st.integers(0, 1_000_000), st.integers(0, 255))
def test_a_changed_byte_is_gathered_or_one_sentence(place, value):
    data = bytearray(npz(images=GREY, labels=np.arange(FEW)).getvalue())
    data[place % len(data)] = value
    try:
        assert gathered(io.BytesIO(bytes(data))).images.shape[1:] == (1, 16, 16)
    except (InvalidSetting, StorageError) as refused:
        assert str(refused).endswith(".")  # noqa: PT017 - either is right
