"""CIFAR-10: 60,000 small colour photos of ten kinds of things, through torchvision (Krizhevsky 2009)."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from vae_explorer.datasets.idx_files import UNREACHABLE
from vae_explorer.datasets.images import ImageSet
from vae_explorer.datasets.published_sets import torchvision_sets
from vae_explorer.errors import DataUnavailable
from vae_explorer.read_only import refuse_changes

UNREADABLE = (RuntimeError, ValueError, OSError, AssertionError, TypeError, LookupError, OverflowError)
CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
FOLDER = "cifar-10-batches-py"
FILES = (*(f"data_batch_{number}" for number in range(1, 6)), "test_batch", "batches.meta")


def available(root: Path) -> bool:
    """Whether all of its files are under root/cifar-10-batches-py."""
    return all((root / FOLDER / name).is_file() for name in FILES)


def load(split: str, root: Path) -> ImageSet:
    """The 50,000 training or 10,000 test photos, 32×32 in colour.

    Its files are pickles: torchvision reads those alone whose checksums are the published ones.

    Raises:
        DataUnavailable: when the files are missing or damaged.
    """
    folder = root / FOLDER
    if not available(root):
        raise DataUnavailable(f"CIFAR-10 is not in {folder}; download it, or point VAE_EXPLORER_DATA at it.")
    try:
        found = _torchvision()(str(root), train=split == "train")
    except UNREADABLE as error:
        raise DataUnavailable(f"The files in {folder} are damaged; delete them and download again.") from error
    images = np.ascontiguousarray(found.data.transpose(0, 3, 1, 2))
    return ImageSet("cifar10", split, images, np.array(found.targets, np.int64), CLASSES)


def download(root: Path, progress: Callable[[str, int, int], object]) -> None:
    """Fetch the archive, 170 MB, with its checksum verified; its folder is put in its place whole.

    Raises:
        DataUnavailable: without a network, on a damaged download, or when the folder cannot be written.
    """
    refuse_changes()
    source = _torchvision()
    progress(source.filename, 0, 1)
    try:
        _fetch(source, root)
    except UNREACHABLE as error:
        raise DataUnavailable(
            f"CIFAR-10 could not be downloaded; check the network, or unpack its python version in {root}."
        ) from error
    progress("done", 1, 1)


def _fetch(source: Any, root: Path) -> None:
    fetch = torchvision_sets().utils.download_and_extract_archive
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=".fetched-") as fresh:
        fetch(source.url, fresh, filename=source.filename, md5=source.tgz_md5)
        shutil.rmtree(root / FOLDER, ignore_errors=True)
        (Path(fresh) / FOLDER).rename(root / FOLDER)


def _torchvision() -> Any:
    return torchvision_sets().CIFAR10
