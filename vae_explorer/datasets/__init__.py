"""DATASETS: one file and one row each; nothing here needs a network unless a download is asked for.

row            Dataset: what a row of the table says
images         ImageSet: one split of a data set, in memory or drawn when it is asked for
drawn          images that are drawn when they are asked for
digits         scikit-learn's bundled digits, the data set that is always there
idx_files      MNIST's four raw files through torchvision, read from disk
mnist          MNIST
binarised      MNIST with every pixel drawn once, black or white
fashion_mnist  Fashion-MNIST
kmnist         KMNIST
cifar10        CIFAR-10 through torchvision
published_sets  torchvision, loaded when a published data set is wanted
sprites        a square, an ellipse or a heart, of known size, angle and place; and in colour
sprite_shapes  their outlines
sprites_million  a million of them, 28×28, drawn once into a flat file
flat_file      a file of images that is read through a memory map
dsprites       dSprites itself, from its published file
own            pictures of one's own, kept below the data root
"""

import os
from functools import partial
from pathlib import Path

from vae_explorer.datasets import (
    binarised,
    cifar10,
    digits,
    dsprites,
    fashion_mnist,
    kmnist,
    mnist,
    own,
    sprites,
    sprites_million,
)
from vae_explorer.datasets.images import ImageSet
from vae_explorer.datasets.row import Dataset, FirstRun
from vae_explorer.errors import UnknownName, require

SPLITS = ("train", "test")


DATASETS: dict[str, Dataset] = {
    "mnist": Dataset(
        "MNIST",
        FirstRun("mlp-z2", 10),
        (1, 28, 28),
        tuple("0123456789"),
        mnist.available,
        mnist.load,
        mnist.download,
        "11 MB",
        images=70_000,
    ),
    "mnist-binarised": Dataset(
        "MNIST, binarised",
        FirstRun("mlp-z2", 10),
        (1, 28, 28),
        tuple("0123456789"),
        mnist.available,
        binarised.load,
        mnist.download,
        "11 MB",
        images=70_000,
        grey=mnist.load,
    ),
    "digits": Dataset(
        "Digits",
        FirstRun("mlp-small-z2", 100),
        (1, 28, 28),
        tuple("0123456789"),
        digits.available,
        digits.load,
        digits.download,
        images=1_797,
    ),
    "sprites": Dataset(
        "Sprites",
        FirstRun("mlp-256-256-z10", 1),
        (1, 32, 32),
        sprites.SHAPE_NAMES,
        sprites.available,
        sprites.load,
        sprites.download,
        factors=sprites.FACTORS,
        images=737_280,
    ),
    "sprites-64": Dataset(
        "Sprites, 64 pixels",
        FirstRun("mlp-256-256-z10", 1),
        (1, 64, 64),
        sprites.SHAPE_NAMES,
        sprites.available,
        partial(sprites.load, side=64),
        sprites.download,
        factors=sprites.FACTORS,
        images=737_280,
    ),
    "sprites-colour": Dataset(
        "Sprites in colour",
        FirstRun("mlp-256-256-z10", 1),
        (3, 32, 32),
        sprites.SHAPE_NAMES,
        sprites.available,
        partial(sprites.load, colour=True),
        sprites.download,
        factors=sprites.COLOUR_FACTORS,
        images=737_280,
    ),
    "sprites-million": Dataset(
        "A million sprites",
        FirstRun("mlp-256-256-z10", 1),
        (1, 28, 28),
        sprites.SHAPE_NAMES,
        sprites_million.available,
        sprites_million.load,
        sprites_million.download,
        "0.8 GB on disk, drawn here in about ten seconds",
        factors=sprites_million.FACTORS,
        images=sum(sprites_million.SIZES.values()),
    ),
    "dsprites": Dataset(
        "dSprites",
        FirstRun("mlp-256-256-z10", 1),
        (1, 64, 64),
        sprites.SHAPE_NAMES,
        dsprites.available,
        dsprites.load,
        dsprites.download,
        "26 MB",
        factors=sprites.FACTORS,
        images=737_280,
    ),
    "fashion-mnist": Dataset(
        "Fashion-MNIST",
        FirstRun("mlp-z2", 10),
        (1, 28, 28),
        fashion_mnist.CLASSES,
        fashion_mnist.available,
        fashion_mnist.load,
        fashion_mnist.download,
        "31 MB",
        images=70_000,
    ),
    "kmnist": Dataset(
        "KMNIST",
        FirstRun("mlp-z2", 10),
        (1, 28, 28),
        kmnist.CLASSES,
        kmnist.available,
        kmnist.load,
        kmnist.download,
        "21 MB",
        images=70_000,
    ),
    "cifar10": Dataset(
        "CIFAR-10",
        FirstRun("burgess-z10", 2),
        (3, 32, 32),
        cifar10.CLASSES,
        cifar10.available,
        cifar10.load,
        cifar10.download,
        "170 MB",
        images=60_000,
    ),
}


def data_root() -> Path:
    """Where data sets lie: VAE_EXPLORER_DATA, or the folder `data` beside the app."""
    return Path(os.environ.get("VAE_EXPLORER_DATA") or Path(__file__).parents[2] / "data").expanduser()


def table() -> dict[str, Dataset]:
    """The rows of DATASETS, and behind them those of one's own pictures."""
    return DATASETS | own.rows(data_root())


def require_title(title: str) -> None:
    """Refuse what cannot name a set of one's own, or names a row of DATASETS.

    Raises:
        InvalidSetting: saying what can, or which.
    """
    own.require_title(title)
    taken = {said.casefold(): row.title for name, row in DATASETS.items() for said in (name, row.title)}
    known = taken.get(title.casefold(), "")
    require(not known, f"There is a data set {known} already; choose another name.")


def stamp() -> int:
    """What changes when a data set of one's own comes or goes."""
    return own.stamp(data_root())


def dataset(name: str) -> Dataset:
    """The row of this name; also of pictures of one's own that were deleted, for the models that were trained on them.

    Raises:
        UnknownName: listing the known data sets.
        DataUnavailable: for pictures of one's own that nothing is known of here.
    """
    row = DATASETS.get(name) or own.find(name, data_root())
    if row is None:
        raise UnknownName("data set", name, table())
    return row


def load(name: str, split: str, root: Path | None = None) -> ImageSet:
    """One split of a data set, whole in memory.

    Raises:
        UnknownName: for a name or split that is not known.
        DataUnavailable: when its files are not on this machine or are damaged.
    """
    row = dataset(name)
    if split not in SPLITS:
        raise UnknownName("split", split, SPLITS)
    return row.load(split, root or data_root())
