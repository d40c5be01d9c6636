"""MNIST through torchvision (LeCun et al. 1998): read from disk, downloaded only on request."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError

from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import DataUnavailable


def available(root: Path) -> bool:
    """Whether the four raw files are under root/MNIST/raw."""
    stems = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    return all((_folder(root) / f"{stem}-ubyte").is_file() for stem in stems)


def load(split: str, root: Path) -> ImageSet:
    """The 60,000 training or 10,000 test digits, 28×28 grey.

    Raises:
        DataUnavailable: when the files are missing or damaged.
    """
    if not available(root):
        raise DataUnavailable(
            f"MNIST is not in {root / 'MNIST' / 'raw'}; download it, or point VAE_EXPLORER_DATA at it."
        )
    try:
        mnist = _torchvision_mnist()(str(root), train=split == "train")
    except (RuntimeError, ValueError, OSError, AssertionError) as error:
        raise DataUnavailable(
            f"The files in {root / 'MNIST' / 'raw'} are damaged; delete them and download again."
        ) from error
    return ImageSet("mnist", split, mnist.data.numpy()[:, None], mnist.targets.numpy(), tuple("0123456789"))


def download(root: Path, progress: Callable[[str, int, int], object]) -> None:
    """Fetch the four files with their checksums verified, calling progress(name, done, total) before each.

    Raises:
        DataUnavailable: without a network, on a damaged download, or when the folder cannot be written.
    """
    from torchvision.datasets.utils import download_and_extract_archive

    mnist = _torchvision_mnist()
    folder = _folder(root)
    for done, (name, md5) in enumerate(mnist.resources):
        progress(name, done, len(mnist.resources))
        try:
            _first_mirror(download_and_extract_archive, mnist.mirrors, name, folder, md5)
        except (URLError, OSError, RuntimeError) as error:
            raise DataUnavailable(
                "MNIST could not be downloaded; check the network, or copy its four raw files to "
                f"{root / 'MNIST' / 'raw'} (or point VAE_EXPLORER_DATA at a folder that holds MNIST/raw)."
            ) from error
    progress("done", len(mnist.resources), len(mnist.resources))


def _first_mirror(fetch: Callable[..., None], mirrors: list[str], name: str, folder: Path, md5: str) -> None:
    last: Exception = OSError("no mirror")
    for mirror in mirrors:
        try:
            return fetch(f"{mirror}{name}", download_root=str(folder), filename=name, md5=md5)
        except (URLError, OSError, RuntimeError) as error:
            last = error
    raise last


def _torchvision_mnist() -> Any:
    from torchvision.datasets import MNIST

    return MNIST


def _folder(root: Path) -> Path:
    return root / "MNIST" / "raw"
