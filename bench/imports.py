"""How soon a large file of weights is a model: what an import takes beyond reading the file."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import torch
from torch import Tensor

from bench.app import ROOT
from bench.figure import Figure, median
from vae_explorer import checkpoints, coding, datasets, models
from vae_explorer.datasets.images import ImageSet
from vae_explorer.importers import intake, weight_file
from vae_explorer.importers.second_head import IMAGES

ROUNDS = 3
GOAL = 3.0


class Measured(NamedTuple):
    """Seconds of one import, by as many images as decisions rest on."""

    read: float
    """Of reading the file alone."""
    imported: float
    """Of the rest."""
    worked: float
    """Of the processor in all: what other work on the machine adds least to."""


class Sides(NamedTuple):
    """Which axes of a layer's weight are of hidden units, and so are widened; None: an end of the network."""

    outputs: int | None
    inputs: int | None


class Wide(NamedTuple):
    """A shipped model, and by how much it is widened."""

    model: str
    times: int
    layers: Mapping[str, Sides]


FILES = {
    "MLP 784-4096-2048-2": Wide(
        "mnist-mlp-z2",
        8,
        {
            "encoder.0": Sides(0, None),
            "encoder.2": Sides(0, 1),
            "moments": Sides(None, 1),
            "decoder.0": Sides(0, None),
            "decoder.2": Sides(0, 1),
            "logits": Sides(None, 1),
        },
    ),
    "128 and 256 planes and 1,024 units": Wide(
        "mnist-conv-z10-b1",
        4,
        {
            "encoder.0": Sides(0, None),
            "encoder.2": Sides(0, 1),
            "encoder.5.0": Sides(0, 1),
            "moments": Sides(None, 1),
            "dense.0": Sides(0, None),
            "dense.2": Sides(0, 1),
            "decoder.0": Sides(1, 0),
            "decoder.2": Sides(None, 0),
        },
    ),
}
NAMES = {"logits": "decoder.4"}


def run() -> Iterator[Figure]:
    """Shipped models of MNIST with every hidden unit several times, which give the same pictures as before."""
    images = datasets.load("mnist", "test")
    few = replace(images, images=images.images[:IMAGES], labels=images.labels[:IMAGES])
    with tempfile.TemporaryDirectory() as place:
        for name, wide in FILES.items():
            file = Path(place) / "wide.pth"
            torch.save(_state(wide), file)
            yield from _figures(f"{name}, {file.stat().st_size / 1e6:.0f} MB", file, few, images)


def _figures(name: str, file: Path, few: ImageSet, images: ImageSet) -> Iterator[Figure]:
    found = [_measured(file, few, round) for round in range(ROUNDS)]
    yield Figure(f"{name}: read, median of {ROUNDS}", median([one.read for one in found]), "s")
    yield Figure(f"{name}: imported beyond that", median([one.imported for one in found]), "s", GOAL)
    yield Figure(f"{name}: work of that, all cores together", median([one.worked for one in found]), "s")
    started = perf_counter()
    checkpoint = checkpoints.open_checkpoint(_folder(file, ROUNDS - 1))
    model = models.restore(checkpoint.recipe.model, checkpoints.read_weights(checkpoint))
    coding.encode_set(model, images)
    yield Figure(f"{name}: opened, and {len(images):,} images encoded", perf_counter() - started, "s")


def _measured(file: Path, images: ImageSet, round: int) -> Measured:
    started = perf_counter()
    weight_file.read(file)
    read, worked = perf_counter() - started, process_time()
    intake.bring(intake.known(file, images.image_shape), images, _folder(file, round))
    return Measured(read, perf_counter() - started - 2 * read, process_time() - worked)


def _folder(file: Path, round: int) -> Path:
    return file.parent / f"{file.stat().st_size}-{round}"


def _state(wide: Wide) -> dict[str, Tensor]:
    """The model's weights as a tutorial names them, hidden units repeated and what they give shared out."""
    weights = checkpoints.read_weights(checkpoints.open_checkpoint(ROOT / "pretrained" / wide.model))
    found: dict[str, Tensor] = {}
    for name, sides in wide.layers.items():
        weight, bias = (torch.from_numpy(weights[f"{name}.{leaf}"]).float() for leaf in ("weight", "bias"))
        if sides.outputs is not None:
            weight, bias = torch.cat([weight] * wide.times, sides.outputs), bias.repeat(wide.times)
        if sides.inputs is not None:
            weight = torch.cat([weight / wide.times] * wide.times, sides.inputs)
        both = {"weight": weight, "bias": bias}
        found |= {f"{NAMES.get(name, name)}.{leaf}": value for leaf, value in both.items()}
    for leaf in ("weight", "bias"):
        mu, logvar = found.pop(f"moments.{leaf}").chunk(2)
        found |= {f"fc_mu.{leaf}": mu.clone(), f"fc_logvar.{leaf}": logvar.clone()}
    return found
