"""Archives of arrays: read back as written, refused when they are too large, damaged or would need pickle."""

import io
import pickle
import zipfile

import numpy as np
import pytest

from vae_explorer import npz
from vae_explorer.errors import StorageError

ARRAYS = {"mu": np.arange(6, dtype=np.float32).reshape(2, 3), "columns": np.asfortranarray(np.eye(3)), "name": "a word"}
UNCLOSED = np.lib.format.magic(1, 0) + b"\x76\x00" + b"{'descr': '|u1', 'shape': (24, 16ape'"
HUGE = np.lib.format.magic(1, 0) + b"\x76\x00" + b"{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000,), }"


def archive(method: int = zipfile.ZIP_DEFLATED, **entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, data in entries.items():
            made.writestr(f"{name}.npy", data)
    return buffer.getvalue()


@pytest.mark.parametrize("compressed", [False, True])
def test_arrays_are_read_back_as_they_were_written(compressed):
    data = npz.pack(ARRAYS, compressed)
    again = npz.unpack(data, 10_000, "a.npz")
    assert set(again) == set(np.load(io.BytesIO(data), allow_pickle=False).files) == set(ARRAYS)
    for name, array in ARRAYS.items():
        assert np.array_equal(again[name], array)
        assert again[name].dtype == np.asarray(array).dtype
        assert again[name].flags.writeable


def test_an_archive_that_would_unpack_to_too_much_is_refused():
    data = npz.pack({"zeros": np.zeros(100_000)}, compressed=True)
    with pytest.raises(StorageError, match=r"a\.npz would unpack to more than 10,000 bytes\."):
        npz.unpack(data, 10_000, "a.npz")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        npz.pack(ARRAYS)[:-100],
        pickle.dumps({"mu": 1}),
        archive(mu=HUGE.ljust(127) + b"\n" + bytes(16)),
        archive(mu=UNCLOSED.ljust(127) + b"\n"),
        archive(mu=b"no array"),
        archive(zipfile.ZIP_LZMA, mu=zipfile.ZipFile(io.BytesIO(npz.pack(ARRAYS))).read("mu.npy")),
        archive(mu=npz.pack(ARRAYS)),
        archive(mu=pickle.dumps([1])),
    ],
    ids=[
        "empty",
        "cut",
        "pickle",
        "a header of 16 GB",
        "an open header",
        "no header",
        "LZMA",
        "an archive",
        "pickle within",
    ],
)
def test_what_is_no_archive_of_arrays_is_refused(data):
    with pytest.raises(StorageError, match=r"^a\.npz is not a readable archive of arrays\.$"):
        npz.unpack(data, 10_000, "a.npz")


def test_objects_are_refused_and_the_reader_says_what_to_do():
    buffer = io.BytesIO()
    np.savez(buffer, mu=np.array([{"a": 1}], dtype=object))
    with pytest.raises(StorageError, match=r"^a\.npz is lost; write it again\.$"):
        npz.unpack(buffer.getvalue(), 10_000, "a.npz", "is lost; write it again.")


def test_a_damaged_byte_is_found():
    data = bytearray(npz.pack({"mu": np.ones(100)}))
    data[400] ^= 1
    with pytest.raises(StorageError, match="readable"):
        npz.unpack(bytes(data), 10_000, "a.npz")
