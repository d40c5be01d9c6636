"""From a source of pictures to images of one size, their labels and classes, and to a data set of one's own."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO, NamedTuple

import numpy as np

from vae_explorer import datasets
from vae_explorer.bounds import is_count
from vae_explorer.config import IMAGE_SIDES
from vae_explorer.datasets import own
from vae_explorer.errors import StorageError, UnknownName, require
from vae_explorer.pictures import arrays, trees, zips
from vae_explorer.pictures.picture import HOW, SUFFIXES, is_coloured, levels
from vae_explorer.pictures.pile import BOUNDS, MB, Bounds, Pile, Unfit, plain
from vae_explorer.pictures.trees import Upload

Source = Path | Sequence[Upload]
"""A zip, an npz or a folder on this machine, or files that were given: one zip or npz, or single pictures."""
SAMPLED, COLOUR_SHARE = 100, 0.1
"""Pictures that are looked at for colour, and how many of them make the set one in colour."""
MOST_CLASSES = 100
"""More folders than these are no classes."""
ALL = "all"
"""What the only class is called where nothing names it."""


class Gathered(NamedTuple):
    """Pictures as images of one size, in the order of the source."""

    images: np.ndarray
    """uint8 [N, C, side, side]."""
    labels: np.ndarray
    """int64 [N], places in `classes`."""
    classes: tuple[str, ...]
    skipped: Mapping[str, int]
    """How many files gave no image, by reason."""
    note: str = ""
    """A sentence on classes that were not taken; empty else."""


class Preview(NamedTuple):
    """Some pictures of a source as they would be kept, and how many there are in all."""

    images: np.ndarray
    """uint8 [n, C, side, side]."""
    pictures: int
    """As their names have it: what is none shows when all are read."""
    classes: int
    others: int
    """Files that are called something else."""


def gather(
    source: Source,
    side: int,
    how: str = "fit",
    colour: bool | None = None,
    bounds: Bounds = BOUNDS,
    tell: Callable[[int, int], object] = lambda done, total: None,
) -> Gathered:
    """Every picture of a source as an image of this side; what is none is skipped and counted.

    The class of a picture is the folder that it lies in, or its label.

    Args:
        source: where the pictures are.
        side: pixels, 8 to 128.
        how: a name of HOW: with bars, filled, or cropped.
        colour: whether they are kept in colour; None: if a tenth of them has some.
        bounds: what a source may hold.
        tell: called with how many of how many files were seen.

    Raises:
        InvalidSetting, UnknownName: for a side or a way that is none, too few pictures, or a source beyond the bounds.
        StorageError: for a source that cannot be read.
    """
    _require_form(side, how)
    with _opened(source, bounds) as pile:
        coloured = _has_colour(pile, side) if colour is None else colour
        taken = _taken(pile, range(len(pile)), side, how, coloured, bounds, tell)
        n, left = len(taken.images), sum(taken.skipped.values())
        told = f", beside {left:,} that cannot be used" if left else ""
        require(n > 0, f"There are no pictures in it{told}; JPEG, PNG, WebP, GIF, BMP, TIFF and PPM are taken.")
        sentence = f"A data set needs at least {own.LEAST} pictures; there {'is' if n == 1 else 'are'} {n}{told}."
        require(n >= own.LEAST, sentence)
        return _classed(taken.images, [pile.folders[place] for place in taken.places], taken.skipped)


def preview(
    source: Source, side: int, how: str = "fit", colour: bool | None = None, n: int = 24, bounds: Bounds = BOUNDS
) -> Preview:
    """So many images at most as `gather` would make them, from all over the source.

    Raises:
        InvalidSetting, UnknownName, StorageError: as `gather`, but for how many there are.
    """
    _require_form(side, how)
    with _opened(source, bounds) as pile:
        coloured = _has_colour(pile, side) if colour is None else colour
        folders = _of_pictures(pile)
        images = _taken(pile, _spread(len(pile), n), side, how, coloured, bounds).images
        return Preview(images, len(folders), _class_count(folders), len(pile) - len(folders))


def of_arrays(images: np.ndarray, labels: np.ndarray | None = None) -> Gathered:
    """Images as they are, of the size that they have; as an npz holds them.

    Raises:
        InvalidSetting: for arrays of another kind, or sides that no model takes.
    """
    seen, words = arrays.levels(images, labels)
    low, high = IMAGE_SIDES
    fits = all(is_count(side, low, high) for side in seen.shape[2:])
    require(fits, f"Sides of images must be from {low} to {high} pixels, not {list(seen.shape[2:])}.")
    return _classed(seen, words, {})


def keep(gathered: Gathered, title: str) -> str:
    """Make a data set of one's own of them; gives the name that it has from then on.

    Raises:
        InvalidSetting: for a title that is taken or none.
        StorageError: when it cannot be written; nothing is left of it.
    """
    datasets.require_title(title)
    return own.keep(title, gathered.images, gathered.labels, gathered.classes, datasets.data_root())


class _Taken(NamedTuple):
    images: np.ndarray
    places: list[int]
    """Of each image, its place in the pile."""
    skipped: Mapping[str, int]


def _require_form(side: int, how: str) -> None:
    low, high = IMAGE_SIDES
    require(is_count(side, low, high), f"side must be a whole number from {low} to {high}, not {side}.")
    if how not in HOW:
        raise UnknownName("way to make a picture square", how, HOW)


@contextmanager
def _opened(source: Source, bounds: Bounds) -> Iterator[Pile]:
    if not isinstance(source, Path):
        if len(source) == 1:
            yield _pile(source[0].file, bounds)
        else:
            yield trees.uploads_pile(source, bounds)
    elif source.is_dir():
        yield trees.folder_pile(source, bounds)
    else:
        try:
            file = source.open("rb")
        except OSError as error:
            raise StorageError(f"{source} cannot be read: {error.strerror or error}.") from error
        with file:
            yield _pile(file, bounds)


def _pile(file: IO[bytes], bounds: Bounds) -> Pile:
    """One file, recognised by what it holds."""
    file.seek(0)
    if file.read(2) != b"PK":
        return trees.uploads_pile([Upload("", file)], bounds)
    archive = zips.opened(file, bounds)
    names = archive.namelist()
    if not names or not all(name.endswith(".npy") for name in names):
        return zips.pile(archive, bounds)
    size = file.seek(0, 2)
    most = bounds.held_bytes // MB
    require(size <= bounds.held_bytes, f"The archive of arrays is larger than {most:,} MB; give it in parts.")
    file.seek(0)
    return arrays.pile(file.read(), bounds)


def _of_pictures(pile: Pile) -> Sequence[str]:
    """The folders of those that are called pictures, or nothing known; of all where none is."""
    called = {"", *SUFFIXES}
    ends = (PurePath(name).suffix.lower() for name in pile.names)
    return [folder for folder, end in zip(pile.folders, ends, strict=False) if end in called] or pile.folders


def _class_count(folders: Sequence[str]) -> int:
    n = len(set(folders))
    return n if n <= MOST_CLASSES else 1


def _spread(total: int, n: int) -> list[int]:
    """So many places at most, from the first to the last."""
    return np.unique(np.linspace(0, total - 1, min(n, total)).round().astype(int)).tolist()


def _has_colour(pile: Pile, side: int) -> bool:
    seen = []
    for place in _spread(len(pile), SAMPLED):
        try:
            seen.append(is_coloured(HOW["fill"](pile.picture(place, side), side)))
        except Unfit:
            continue
    return sum(seen) > 0 and sum(seen) >= COLOUR_SHARE * len(seen)


def _taken(
    pile: Pile,
    places: Sequence[int],
    side: int,
    how: str,
    colour: bool,
    bounds: Bounds,
    tell: Callable[[int, int], object] = lambda done, total: None,
) -> _Taken:
    shape = (len(places), 3 if colour else 1, side, side)
    fits = int(np.prod(shape)) <= bounds.held_bytes
    require(fits, f"{len(places):,} images of {side}×{side} are too many to be held; choose a smaller side.")
    images, kept, skipped = np.empty(shape, np.uint8), [], Counter[str]()
    reduced = 0 if how == "crop" else side
    for done, place in enumerate(places):
        tell(done, len(places))
        try:
            images[len(kept)] = levels(HOW[how](pile.picture(place, reduced), side), colour)
            kept.append(place)
        except Unfit as unfit:
            skipped[unfit.reason] += 1
    tell(len(places), len(places))
    return _Taken(images[: len(kept)], kept, skipped)


def _classed(images: np.ndarray, folders: Sequence[str], skipped: Mapping[str, int]) -> Gathered:
    """With the folders of the pictures as classes, numbers in their order."""
    found = sorted(set(folders), key=lambda name: (0, int(name), name) if name.isdecimal() else (1, 0, name))
    if len(found) > MOST_CLASSES:
        note = f"{len(found):,} folders or labels are too many to be classes, so that all pictures are of one."
        return Gathered(images, np.zeros(len(folders), np.int64), (ALL,), skipped, note)
    places = {name: place for place, name in enumerate(found)}
    labels = np.array([places[name] for name in folders], np.int64)
    return Gathered(images, labels, _named(found), skipped)


def _named(folders: Sequence[str]) -> tuple[str, ...]:
    """Folders as names of classes that are told apart, whatever is cut off them."""
    names: list[str] = []
    for folder in folders:
        name = plain(folder) or (ALL if len(folders) == 1 else "no folder")
        names.append(name if name not in names else f"{name} ({len(names) + 1})")
    return tuple(names)
