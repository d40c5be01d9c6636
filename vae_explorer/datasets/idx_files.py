"""Data sets that come as MNIST's four raw files, through torchvision: read from disk, downloaded only on request."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

from vae_explorer.datasets.images import ImageSet
from vae_explorer.datasets.published_sets import torchvision_sets
from vae_explorer.errors import DataUnavailable

STEMS = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
UNREADABLE = (RuntimeError, ValueError, OSError, AssertionError, TypeError, LookupError, OverflowError)
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
        """Whether the four raw files are there."""
        return all((self.raw(root) / f"{stem}-ubyte").is_file() for stem in STEMS)

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
        try:
            found = self._torchvision()(str(root), train=split == "train")
            images, labels = found.data.numpy()[:, None], found.targets.numpy()
            self._require_fitting(images.shape, labels)
        except UNREADABLE as error:
            sentence = f"The files in {self.raw(root)} are damaged; delete them and download again."
            raise DataUnavailable(sentence) from error
        return ImageSet(self.name, split, images, labels, self.classes)

    def download(self, root: Path, progress: Callable[[str, int, int], object]) -> None:
        """Fetch the four files with their checksums verified, calling progress(name, done, total) before each.

        Each is put in its place whole, so that what was interrupted is not taken for damaged.

        Raises:
            DataUnavailable: without a network, on a damaged download, or when the folder cannot be written.
        """
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

    def _require_fitting(self, shape: tuple[int, ...], labels: Any) -> None:
        if shape != (len(labels), 1, 28, 28) or not len(labels) or labels.max() >= len(self.classes):
            raise ValueError("other images")

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


def _first_mirror(fetch: Callable[..., None], mirrors: list[str], name: str, folder: Path, md5: str) -> None:
    last: Exception = OSError("no mirror")
    for mirror in mirrors:
        try:
            return fetch(f"{mirror}{name}", download_root=str(folder), filename=name, md5=md5)
        except UNREACHABLE as error:
            last = error
    raise last
