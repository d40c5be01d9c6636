"""Zips that nobody trusts: each kind of bad one is one sentence, and nothing of it is unpacked."""

import contextlib
import io
import stat
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.made import FEW, noise, pets, png, zipped
from vae_explorer.errors import ExplorerError, InvalidSetting, StorageError
from vae_explorer.pictures.gathered import gather, preview
from vae_explorer.pictures.pile import BOUNDS
from vae_explorer.pictures.trees import Upload

pytestmark = pytest.mark.thorough


def gathered(file: io.BytesIO, **changed: int):
    return gather([Upload("pictures.zip", file)], 16, bounds=BOUNDS._replace(**changed))


def refusal(file: io.BytesIO, **changed: int) -> str:
    """The sentence for a zip that cannot be gathered; a preview says the same."""
    with pytest.raises(ExplorerError) as refused:
        gathered(file, **changed)
    with pytest.raises(ExplorerError) as again:
        preview([Upload("pictures.zip", file)], 16, bounds=BOUNDS._replace(**changed))
    assert str(refused.value) == str(again.value)
    return str(refused.value)


def test_folders_are_classes_wherever_they_lie():
    found = gathered(zipped(pets()))
    assert found.classes == ("cat", "dog")
    assert found.labels.tolist() == [0, 1] * (FEW // 2)
    assert found.images.shape == (FEW, 3, 16, 16)
    assert (found.images[3].transpose(1, 2, 0) == noise(seed=3)).all()


def test_packed_files_are_unpacked():
    assert len(gathered(zipped(pets(), zipfile.ZIP_DEFLATED)).images) == FEW


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(method):
    said = refusal(zipped(pets(), method))
    assert said == "000.png is packed in an unusual way; make an ordinary zip of them."


def test_what_systems_put_into_a_zip_is_no_matter():
    clutter = {"__MACOSX/pets/._000.png": b"x", ".DS_Store": b"x", "pets/cat/Thumbs.db": b"x", "pets/empty/": b""}
    found = gathered(zipped(pets() | clutter))
    assert len(found.images) == FEW
    assert not found.skipped


def test_a_windows_path_has_folders():
    found = gathered(zipped({name.replace("/", "\\"): data for name, data in pets().items()}))
    assert found.classes == ("cat", "dog")


@pytest.mark.parametrize(
    "name", ["../up.png", "pets/../../up.png", "..\\up.png", "/etc/up.png", "C:\\up.png", "\\\\server\\share\\up.png"]
)
def test_names_that_lead_elsewhere_are_refused(name):
    said = refusal(zipped(pets() | {name: png(noise())}))
    assert said.startswith("The archive names a place outside itself, as up.png does")


def test_links_are_refused():
    file = zipped(pets())
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("pets/cat/link.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(file).startswith("The archive holds a link, link.png")


def test_encryption_is_refused():
    data = bytearray(zipped(pets()).getvalue())
    at = data.find(b"PK\1\2")
    data[at + 8] |= 1
    assert refusal(io.BytesIO(bytes(data))) == ("The archive is encrypted, as 000.png is; make it without a password.")


def test_too_many_files_are_refused_before_their_names_are_read():
    files = {f"{i}.png": b"" for i in range(60)}
    assert refusal(zipped(files), files=50) == "The archive holds 60 files; at most 50 are taken."


def test_100_000_files_are_refused():
    file = zipped({f"{i}": b"" for i in range(100_000)})
    assert refusal(file) == "The archive holds 100,000 files; at most 50,000 are taken."


def test_a_directory_that_is_larger_than_it_says_is_refused():
    """Its end tells of few files, so that the number alone would not do."""
    data = bytearray(zipped({f"{'x' * 600}{i}.png": b"" for i in range(100)}).getvalue())
    data[-14:-10] = struct.pack("<2H", 10, 10)
    said = refusal(io.BytesIO(bytes(data)), files=50)
    assert said == "The archive's directory is too large; at most 50 files are taken."


def test_a_bomb_is_refused():
    bomb = {"pets/bomb.bmp": bytes(3_000_000)}
    said = refusal(zipped(pets() | bomb, zipfile.ZIP_DEFLATED))
    assert said == "bomb.bmp would unpack to more than 200 times its size, as nothing does that is read."
    with pytest.raises(InvalidSetting, match="would unpack to more than 2 MB; give it in parts"):
        gathered(zipped(pets() | {f"{i}.bin": bytes(1_000_000) for i in range(3)}), total_bytes=2_000_000)


def test_a_file_that_says_it_is_smaller_than_it_is_gives_no_more():
    data = bytearray(zipped(pets() | {"z.bmp": bytes(64_000_000)}, zipfile.ZIP_DEFLATED).getvalue())
    for at in (data.rfind(b"PK\3\4") + 22, data.rfind(b"PK\1\2") + 24):
        data[at : at + 4] = struct.pack("<L", 100)
    tracemalloc.start()
    try:
        found = gathered(io.BytesIO(bytes(data)))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    assert (len(found.images), dict(found.skipped)) == (FEW, {"damaged": 1})


def test_a_large_file_is_skipped_unread():
    found = gathered(zipped(pets() | {"film.mp4": bytes(90_000)}), file_bytes=50_000)
    assert (len(found.images), dict(found.skipped)) == (FEW, {"too large": 1})


def test_a_corrupt_picture_among_many_is_skipped_and_counted():
    files = pets(40)
    files["pets/cat/cut.png"] = png(noise(64))[:3_000]
    files["pets/cat/notes.txt"] = b"not a picture"
    found = gathered(zipped(files))
    assert (len(found.images), dict(found.skipped)) == (40, {"damaged": 1, "no picture": 1})


def test_a_damaged_byte_costs_one_picture():
    data = bytearray(zipped(pets()).getvalue())
    data[200] ^= 0xFF
    found = gathered(io.BytesIO(bytes(data)))
    assert (len(found.images), dict(found.skipped)) == (FEW - 1, {"damaged": 1})


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_off_zip_is_refused(share):
    data = zipped(pets()).getvalue()
    with pytest.raises(StorageError, match="This is no zip archive that can be read, or it is cut off"):
        gathered(io.BytesIO(data[: int(share * len(data))]))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "There are no pictures in it"),
        ({"notes.txt": b"x"}, "There are no pictures in it, beside 1 that cannot be used"),
        ({"one.png": png(noise())}, "A data set needs at least 20 pictures; there is 1."),
        (pets(5) | {"notes.txt": b"x"}, "at least 20 pictures; there are 5, beside 1 that cannot be used."),
    ],
    ids=["empty", "no picture", "one", "five"],
)
def test_too_few_pictures_are_refused(files, sentence):
    with pytest.raises(InvalidSetting) as refused:
        gathered(zipped(files))
    assert sentence in str(refused.value)


def test_names_are_plain_text_of_a_line():
    markup, long = "<img src=x onerror=alert(1)>", "y" * 5_000
    files = {
        f"{folder}/{i}.png": png(noise()) for i in range(10) for folder in (markup, long, f"{long}z", "a\nb\x1b[1m")
    }
    found = gathered(zipped(files))
    assert found.classes == (markup, "ab[1m", "y" * 39 + "…", "y" * 39 + "… (4)")
    assert all(len(name) <= 45 and name.isprintable() for name in found.classes)
    assert len(set(found.classes)) == 4


def test_a_name_of_5_kb_that_leads_elsewhere_is_cut_in_the_sentence():
    said = refusal(zipped(pets() | {f"../{'y' * 5_000}.png": png(noise())}))
    assert len(said) < 200


PACKED = {
    method: zipped({name: png(noise(4, seed=i)) for i, name in enumerate(pets(21))}, method).getvalue()
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
}


@given(st.sampled_from(list(PACKED)), st.integers(0, 100_000), st.integers(0, 255), st.booleans())
def test_a_changed_byte_costs_a_picture_or_is_one_sentence(method, place, value, at_end):
    data = bytearray(PACKED[method])
    data[-(place % 2_000) - 1 if at_end else place % len(data)] = value
    with contextlib.suppress(InvalidSetting, StorageError):
        assert len(gathered(io.BytesIO(bytes(data))).images) in (20, 21)


@pytest.mark.parametrize("method", PACKED)
def test_packed_bytes_that_are_nonsense_cost_a_picture(method):
    data = bytearray(PACKED[method])
    data[120:140] = b"\xff" * 20
    found = gathered(io.BytesIO(bytes(data)))
    assert (len(found.images), sum(found.skipped.values())) == (20, 1)
