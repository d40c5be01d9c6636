"""Pictures of one's own as data sets: each in a folder of its own below the data root, kept whole until it is deleted.

A name ends with what the pictures are, so that no other pictures are ever taken for those that a model was trained on.
What a deleted set was called, and its classes, stay known to the models that were trained on it.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from vae_explorer import folders, npz, regular_files, strict_json
from vae_explorer.bounds import is_count
from vae_explorer.config import IMAGE_SIDES, MAX_CLASSES
from vae_explorer.datasets.images import ImageSet
from vae_explorer.datasets.row import Dataset, first_run
from vae_explorer.errors import DataUnavailable, MissingFile, StorageError, UnknownName, require
from vae_explorer.regular_files import Stamp
from vae_explorer.texts import visible

PREFIX, FOLDER = "own-", "own"
ABOUT = "about.json"
TITLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+.-]{0,23}")
NAME = re.compile(rf"own-({TITLE.pattern}-[0-9a-f]{{6}})")
LEAST = 20
"""Pictures of a set: fewer have nothing to be trained and measured on."""
TEST_SHARE, LEAST_TEST = 0.1, 10
SHOWN, MAX_ABOUT = 60, 1 << 22
"""Characters of a folder that is no set, and bytes of what is told of one."""


class OwnSet(NamedTuple):
    """What is known of a set of one's own without reading its pictures."""

    name: str
    title: str
    image_shape: tuple[int, int, int]
    classes: tuple[str, ...]
    train: int
    """Training images."""
    test: int
    """Test images."""
    present: bool
    """Whether its pictures are there; of a deleted set they are not."""


def sets(root: Path) -> list[OwnSet]:
    """Every set whose pictures are there, by name."""
    found = (_known(name, root) for name in _names(root))
    return [one for one in found if one is not None and one.present]


def damaged(root: Path) -> list[str]:
    """The folders that hold pictures but no set that can be read, by name."""
    return [visible(name, SHOWN) for name in _names(root) if _is_damaged(_known(name, root), root / FOLDER / name)]


def _is_damaged(known: OwnSet | None, place: Path) -> bool:
    """Of a set that was deleted there is no file of pictures left."""
    left = any(regular_files.is_there(place / f"{split}.npz") for split in ("train", "test"))
    return known is None or (left and not known.present)


def _names(root: Path) -> list[str]:
    try:
        return sorted(folders.names(root / FOLDER))
    except StorageError:
        return []


def stamp(root: Path) -> int:
    """What changes when a set comes or goes."""
    try:
        return (root / FOLDER).stat().st_mtime_ns
    except OSError:
        return 0


def rows(root: Path) -> dict[str, Dataset]:
    """The rows of these sets."""
    return {one.name: _row(one, root) for one in sets(root)}


def find(name: str, root: Path) -> Dataset | None:
    """The row of a set that is there, or was until it was deleted; None for a name of another kind.

    Raises:
        DataUnavailable: for one that nothing is known of here.
    """
    match = NAME.fullmatch(name)
    if match is None:
        return None
    known = _known(match[1], root)
    if known is None:
        title = match[1].rpartition("-")[0]
        place = root / FOLDER / match[1]
        raise DataUnavailable(
            f"Nothing is known here of the pictures {name}; add them as {title}, or copy {place} here."
        )
    return _row(known, root)


def keep(title: str, images: np.ndarray, labels: np.ndarray, classes: tuple[str, ...], root: Path) -> str:
    """Keep pictures under a title, a tenth of them, drawn by a fixed seed, as the test split; gives the set's name.

    Args:
        title: at most 24 letters, digits and _+.- that name no other set.
        images: uint8 [N, C, side, side].
        labels: int64 [N], places in `classes`.
        classes: their names.
        root: the data root.

    Raises:
        InvalidSetting: for a title that is taken or none, or too few pictures.
        StorageError: when it cannot be written; nothing is left of it.
    """
    n = len(images)
    require(n >= LEAST, f"A data set needs at least {LEAST} pictures; here {'is' if n == 1 else 'are'} {n}.")
    require_title(title)
    name = f"{title}-{_digest(title, images, labels, classes)}"
    _require_free(title, f"own-{name}", root)
    order = np.random.default_rng(0).permutation(n)
    test = min(max(LEAST_TEST, round(TEST_SHARE * n)), n // 2)
    places = {"train": order[test:], "test": order[:test]}
    about = {"title": title, "image_shape": images.shape[1:], "classes": classes, "train": n - test, "test": test}
    parts = {f"{split}.npz": npz.pack({"images": images[at], "labels": labels[at]}) for split, at in places.items()}
    folders.write_folder(root / FOLDER / name, {ABOUT: json.dumps(about).encode(), **parts})
    return f"own-{name}"


def require_title(title: str) -> None:
    """Refuse what cannot name a set.

    Raises:
        InvalidSetting: saying what can.
    """
    sentence = f"A name is at most 24 letters, digits and _+.-, the first a letter or digit, not “{title[:60]}”."
    require(bool(TITLE.fullmatch(title)), sentence)


def delete(name: str, root: Path) -> str:
    """Delete the pictures of a set, by its name or its title; gives its name. Models of it can still be opened.

    Raises:
        UnknownName: listing the sets that are there.
        StorageError: when it cannot be deleted.
    """
    found = [one for one in sets(root) if name in (one.name, one.title)]
    if not found:
        raise UnknownName("data set of your own", name, [one.name for one in sets(root)])
    place = _place(found[0].name, root)
    try:
        about = regular_files.read(folders.standing(place) / ABOUT, MAX_ABOUT)
    except StorageError as error:
        raise StorageError(f"{found[0].title} cannot be deleted: {error}") from error
    folders.write_folder(place, {ABOUT: about})
    return found[0].name


def _require_free(title: str, name: str, root: Path) -> None:
    """The same pictures may be kept again under the title that they have."""
    taken = any(one.title.lower() == title.lower() and one.name != name for one in sets(root))
    require(not taken, f"There is a data set {title} already; delete it, or choose another name.")


def _digest(title: str, images: np.ndarray, labels: np.ndarray, classes: tuple[str, ...]) -> str:
    told = blake2b(json.dumps([title, images.shape, classes]).encode(), digest_size=3)
    for array in (images, labels):
        told.update(np.ascontiguousarray(array).data)
    return told.hexdigest()


def _place(name: str, root: Path) -> Path:
    return root / FOLDER / name.removeprefix("own-")


def _known(folder: str, root: Path) -> OwnSet | None:
    """What lies in the folder of this name, where that is a set; nothing of one that is damaged."""
    if not NAME.fullmatch(f"own-{folder}"):
        return None
    place = folders.standing(root / FOLDER / folder)
    try:
        about = _about(place / ABOUT, regular_files.stamp(place / ABOUT))
    except (StorageError, ValueError, TypeError, KeyError):
        return None
    present = all(regular_files.is_file(place / f"{split}.npz") for split in ("train", "test"))
    return OwnSet(f"own-{folder}", **about, present=present)


@lru_cache(maxsize=256)
def _about(path: Path, stamp: Stamp | None) -> dict[str, Any]:
    told = strict_json.mapping(regular_files.read(path, MAX_ABOUT))
    shape, classes = tuple(told["image_shape"]), tuple(told["classes"])
    counts = {split: told[split] for split in ("train", "test")}
    fits = len(shape) == 3 and shape[0] in (1, 3) and all(is_count(side, *IMAGE_SIDES) for side in shape[1:])
    named = bool(TITLE.fullmatch(told["title"])) and all(isinstance(one, str) for one in classes)
    if not (fits and named and 0 < len(classes) <= MAX_CLASSES and all(is_count(n, 1, 10**7) for n in counts.values())):
        raise ValueError("no set of pictures")
    return {"title": told["title"], "image_shape": shape, "classes": classes, **counts}


def _row(known: OwnSet, root: Path) -> Dataset:
    """Its folder is known: another data root does not move it."""
    place = _place(known.name, root)
    return Dataset(
        known.title,
        first_run(known.image_shape, known.train),
        known.image_shape,
        known.classes,
        lambda _: known.present,
        partial(_load, known, place),
        partial(_refuse_download, known.title),
        images=known.train + known.test,
    )


def _load(known: OwnSet, place: Path, split: str, root: Path) -> ImageSet:
    n = known.test if split == "test" else known.train
    most = n * (np.prod(known.image_shape).item() + 8) + 10_000
    try:
        data = regular_files.read(folders.standing(place) / f"{split}.npz", most)
        found = npz.unpack(data, most, "The file")
        images, labels = found["images"], found["labels"]
        _require_fitting(images, labels, n, known)
        return ImageSet(known.name, split, images, labels, known.classes)
    except MissingFile as error:
        raise DataUnavailable(f"The pictures of {known.title} were deleted; add them again.") from error
    except (StorageError, KeyError, ValueError) as error:
        sentence = f"The files of {known.title} in {place} are damaged; delete it and add its pictures again."
        raise DataUnavailable(sentence) from error


def _require_fitting(images: np.ndarray, labels: np.ndarray, n: int, known: OwnSet) -> None:
    kinds = images.dtype == np.uint8 and labels.dtype == np.int64
    shapes = images.shape == (n, *known.image_shape) and labels.shape == (n,)
    if not (kinds and shapes and labels.min() >= 0 and labels.max() < len(known.classes)):
        raise ValueError("other images")


def _refuse_download(title: str, root: Path, progress: Callable[[str, int, int], object]) -> None:
    raise DataUnavailable(f"{title} is made of pictures of your own, which can be added again, not downloaded.")
