"""Data sets that come as MNIST's four raw files: read from disk, downloaded by torchvision only on request."""

import gzip
import hashlib
import math
import tempfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

import numpy as np

from vae_explorer.datasets.images import ImageSet
from vae_explorer.datasets.published_sets import torchvision_sets
from vae_explorer.errors import DataUnavailable
from vae_explorer.read_only import refuse_changes

STEMS = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
SPLITS = {"train": STEMS[:2], "test": STEMS[2:]}
GZIP = ".gz"
MOST_BYTES = 1 << 26
"""Of an unpacked file; MNIST's largest has 47,040,016."""
UNREADABLE = (ValueError, OSError, EOFError, zlib.error)
UNREACHABLE = (URLError, OSError, RuntimeError)


@dataclass(frozen=True)
class IdxFiles:
    """60,000 training and 10,000 test images of ten classes, 28×28 grey, in four files under root/<folder>/raw."""

    name: str
    title: str
    folder: str
    """Also what torchvision calls its class."""
    classes: tuple[str, ...]
    digests: Mapping[str, str] = field(default_factory=dict, hash=False)
    """SHA-256 of the unpacked files by name, where it is known."""

    def available(self, root: Path) -> bool:
        """Whether the four raw files are there, unpacked or as they are downloaded."""
        return all(_standing(self.raw(root), stem) is not None for stem in STEMS)

    def raw(self, root: Path) -> Path:
        """Where they lie."""
        return root / self.folder / "raw"

    def load(self, split: str, root: Path) -> ImageSet:
        """One split.

        Raises:
            DataUnavailable: when the files are missing or damaged.
        """
        if not self.available(root):
            raise DataUnavailable(
                f"{self.title} is not in {self.raw(root)}; download it, or point VAE_EXPLORER_DATA at it."
            )
        images, labels = (self._array(root, stem, sides) for stem, sides in zip(SPLITS[split], (3, 1), strict=True))
        self._require_fitting(split, images.shape, labels)
        return ImageSet(self.name, split, images[:, None], labels.astype(np.int64), self.classes)

    def download(self, root: Path, progress: Callable[[str, int, int], object]) -> None:
        """Fetch the four files with their checksums verified, calling progress(name, done, total) before each.

        Each is put in its place whole, so that what was interrupted is not taken for damaged.

        Raises:
            DataUnavailable: without a network, on a damaged download, or when the folder cannot be written.
        """
        refuse_changes()
        source = self._torchvision()
        for done, (name, md5) in enumerate(source.resources):
            progress(name, done, len(source.resources))
            try:
                self._fetch(source.mirrors, name, md5, self.raw(root))
            except UNREACHABLE as error:
                raise DataUnavailable(
                    f"{self.title} could not be downloaded; check the network, or copy its four raw files to "
                    f"{self.raw(root)} (or point VAE_EXPLORER_DATA at a folder that holds {self.folder}/raw)."
                ) from error
        progress("done", len(source.resources), len(source.resources))

    def _array(self, root: Path, stem: str, sides: int) -> np.ndarray:
        file = _standing(self.raw(root), stem)
        assert file is not None
        try:
            return idx_array(_unpacked(file), sides)
        except UNREADABLE as error:
            raise DataUnavailable(f"{file} is damaged; delete it and download it again.") from error

    def _require_fitting(self, split: str, shape: tuple[int, ...], labels: np.ndarray) -> None:
        images, other = SPLITS[split]
        told = f"{other} holds {len(labels):,} labels, {images} {shape[0]:,} images of {shape[1]}×{shape[2]}"
        if shape != (len(labels), 28, 28) or not len(labels):
            raise DataUnavailable(f"{told}: they do not belong together; download them again.")
        if labels.max() >= len(self.classes):
            raise DataUnavailable(f"{other} holds labels up to {labels.max()}, not of {len(self.classes)} classes.")

    def _torchvision(self) -> Any:
        return getattr(torchvision_sets(), self.folder)

    def _fetch(self, mirrors: list[str], name: str, md5: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".fetched-") as fresh:
            _first_mirror(torchvision_sets().utils.download_and_extract_archive, mirrors, name, Path(fresh), md5)
            stem = name.removesuffix(".gz")
            self._require_published(Path(fresh) / stem)
            (Path(fresh) / stem).replace(folder / stem)

    def _require_published(self, file: Path) -> None:
        """MD5, which the archives are published with, holds against accidents alone."""
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        if digest != self.digests.get(file.name, digest):
            told = f"What came as {file.name} is not {self.title}’s published file; it is not kept."
            raise DataUnavailable(told)


def idx_array(data: bytes, sides: int) -> np.ndarray:
    """The bytes of a file in the format of MNIST (LeCun 1998) as uint8 with so many sides.

    Raises:
        ValueError: when they tell of anything else than there is.
    """
    head = 4 + 4 * sides
    shape = tuple(int.from_bytes(data[at : at + 4], "big") for at in range(4, head, 4))
    if data[:4] != bytes((0, 0, 8, sides)) or len(data) != head + math.prod(shape):
        raise ValueError("other bytes")
    return np.frombuffer(data, np.uint8, offset=head).reshape(shape).copy()


def _standing(folder: Path, stem: str) -> Path | None:
    names = (f"{stem}-ubyte", f"{stem}-ubyte{GZIP}")
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _unpacked(file: Path) -> bytes:
    with gzip.open(file) if file.suffix == GZIP else file.open("rb") as opened:
        return opened.read(MOST_BYTES)


def _first_mirror(fetch: Callable[..., None], mirrors: list[str], name: str, folder: Path, md5: str) -> None:
    last: Exception = OSError("no mirror")
    for mirror in mirrors:
        try:
            return fetch(f"{mirror}{name}", download_root=str(folder), filename=name, md5=md5)
        except UNREACHABLE as error:
            last = error
    raise last
