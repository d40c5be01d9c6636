"""From sources to data sets: folders, single files, grey or colour, previews, and what is kept of them."""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pictures.made import FEW, encoded, noise, pets, png, zipped
from vae_explorer import datasets
from vae_explorer.errors import DataUnavailable, InvalidSetting, StorageError, UnknownName
from vae_explorer.pictures.gathered import gather, keep, preview
from vae_explorer.pictures.pile import BOUNDS
from vae_explorer.pictures.trees import Upload


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def uploads(files: dict[str, bytes]) -> list[Upload]:
    return [Upload(name, io.BytesIO(data)) for name, data in files.items()]


def test_a_folder_gives_what_a_zip_of_it_gives(tmp_path):
    folder = laid_out(tmp_path / "here", pets())
    (tmp_path / "all.zip").write_bytes(zipped(pets()).getvalue())
    one, other = gather(folder, 16), gather(tmp_path / "all.zip", 16)
    assert (one.classes, other.classes) == (("cat", "dog"),) * 2
    assert np.array_equal(one.images[one.labels == 0], other.images[other.labels == 0])


def test_links_and_hidden_files_of_a_folder_are_left_alone(tmp_path):
    folder = laid_out(tmp_path / "here", pets() | {".git/config": b"x", "pets/.hidden.png": png(noise())})
    secret = laid_out(tmp_path / "there", {"secret.png": png(noise(seed=99))})
    (folder / "pets" / "link.png").symlink_to(secret / "secret.png")
    (folder / "pets" / "more").symlink_to(secret)
    found = gather(folder, 16)
    assert (len(found.images), dict(found.skipped)) == (FEW, {})


def test_single_files_are_of_one_class():
    files = {Path(name).name: data for name, data in pets().items()}
    found = gather(uploads(files | {"cut.png": png(noise(64))[:999], "notes.txt": b"x"}), 16)
    assert (len(found.images), found.classes) == (FEW, ("all",))
    assert dict(found.skipped) == {"damaged": 1, "no picture": 1}


def test_pictures_beside_folders_have_a_class_of_their_own(tmp_path):
    found = gather(laid_out(tmp_path, {"a.png": png(noise())} | pets()), 16)
    assert found.classes == ("no folder", "cat", "dog")


def test_one_file_alone_is_refused():
    with pytest.raises(InvalidSetting, match="at least 20 pictures; there is 1"):
        gather(uploads({"one.png": png(noise())}), 16)
    with pytest.raises(InvalidSetting, match="There are no pictures in it"):
        gather([], 16)


def test_too_many_files_are_refused(tmp_path):
    few = BOUNDS._replace(files=10)
    for source in (laid_out(tmp_path, pets()), uploads(pets())):
        with pytest.raises(InvalidSetting, match="files or more; at most 10 are taken"):
            gather(source, 16, bounds=few)


def test_what_is_too_large_is_skipped(tmp_path):
    large = png(noise(128))
    for source in (laid_out(tmp_path, pets() | {"large.png": large}), uploads(pets() | {"large.png": large})):
        by_bytes = gather(source, 16, bounds=BOUNDS._replace(file_bytes=10_000))
        by_pixels = gather(source, 16, bounds=BOUNDS._replace(pixels=128 * 128 - 1))
        assert dict(by_bytes.skipped) == dict(by_pixels.skipped) == {"too large": 1}


def test_more_than_can_be_held_is_refused():
    with pytest.raises(InvalidSetting, match="24 images of 128×128 are too many to be held; choose a smaller side"):
        gather(uploads(pets()), 128, bounds=BOUNDS._replace(held_bytes=1_000_000))


def test_an_npz_on_this_machine_is_recognised_by_what_it_holds(tmp_path):
    images = np.stack([noise(seed=i) for i in range(FEW)])
    np.savez(tmp_path / "arrays.npz", images=images)
    (tmp_path / "arrays.npz").rename(tmp_path / "download")
    assert np.array_equal(gather(tmp_path / "download", 16).images, images.transpose(0, 3, 1, 2))


@pytest.mark.parametrize("missing", ["nothing", "nothing.zip"])
def test_a_place_that_is_not_there_is_one_sentence(missing, tmp_path):
    with pytest.raises(StorageError, match="cannot be read: No such file"):
        gather(tmp_path / missing, 16)


def test_a_folder_that_may_not_be_read_is_one_sentence(tmp_path, monkeypatch):
    def closed(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(StorageError, match="cannot be read: Permission denied"):
        gather(tmp_path, 16)


@pytest.mark.parametrize("side", [7, 129, 16.5, True])
def test_a_side_is_a_whole_number_that_models_take(side):
    with pytest.raises(InvalidSetting, match="side must be a whole number from 8 to 128"):
        gather(uploads(pets()), side)


def test_an_unknown_way_lists_the_known():
    with pytest.raises(UnknownName, match="fit, fill, crop"):
        gather(uploads(pets()), 16, "stretch")


def mixed(coloured: int, n: int = 100) -> list[Upload]:
    grey = Image.fromarray(noise(16, 1)).convert("RGB")
    return uploads({f"{i}.png": png(noise()) if i < coloured else encoded(grey) for i in range(n)})


@pytest.mark.parametrize(("coloured", "channels"), [(0, 1), (5, 1), (10, 3), (100, 3)])
def test_a_tenth_of_coloured_pictures_makes_the_set_one_in_colour(coloured, channels):
    assert gather(mixed(coloured), 16).images.shape[1] == channels


def test_a_person_may_say_whether_colour_is_kept():
    assert gather(mixed(100), 16, colour=False).images.shape[1] == 1
    assert gather(mixed(0), 16, colour=True).images.shape[1] == 3


@pytest.mark.parametrize("how", ["fit", "fill", "crop"])
def test_a_preview_shows_what_will_be_kept(how):
    oblong = {f"{i:02}.png": png(noise(40, seed=i)[:25]) for i in range(30)}
    whole, shown = gather(uploads(oblong), 16, how), preview(uploads(oblong), 16, how, n=4).images
    assert np.array_equal(shown, whole.images[[0, 10, 19, 29]])


def test_a_preview_of_few_is_all_of_them():
    assert len(preview(uploads(pets(3)), 16).images) == 3
    assert len(preview([], 16).images) == 0


def test_how_far_it_has_come_is_told():
    seen: list[tuple[int, int]] = []
    gather(uploads(pets()), 16, tell=lambda done, total: seen.append((done, total)))
    assert seen == [(done, FEW) for done in range(FEW + 1)]


def test_more_folders_than_classes_are_one_class_and_it_says_so():
    found = gather([Upload("z", zipped({f"{i}/a.png": png(noise()) for i in range(101)}))], 16)
    assert (found.classes, set(found.labels.tolist())) == (("all",), {0})
    assert found.note == "101 folders or labels are too many to be classes, so that all pictures are of one."


def test_what_is_kept_is_loaded_again(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
    found = gather([Upload("pets.zip", zipped(pets(60)))], 16)
    name = keep(found, "pets")
    test = datasets.load(name, "test")
    assert (len(test), test.classes, test.image_shape) == (10, ("cat", "dog"), (3, 16, 16))
    datasets.own.delete("pets", tmp_path)
    with pytest.raises(DataUnavailable):
        datasets.load(name, "test")
