"""A file of weights to a checkpoint like any that was trained here."""

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, TypeVar

import numpy as np

from vae_explorer import checkpoints, datasets, folders, models, runs
from vae_explorer.checkpoints import Checkpoint, Imported, Recipe
from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import CheckpointError, ExplorerError, UnknownName
from vae_explorer.importers import IMPORTERS, graph_pair, graph_zip, notes, own, plan, weight_file
from vae_explorer.importers.decision import Decision, decide
from vae_explorer.importers.graph_ends import Shape
from vae_explorer.importers.layers import Layer, layers_of
from vae_explorer.importers.second_head import IMAGES as HEAD_IMAGES
from vae_explorer.importers.subject import Subject, of_weights, settled
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.models import graph_file
from vae_explorer.models.graph_file import GraphFile
from vae_explorer.pictures import zips
from vae_explorer.pictures.pile import BOUNDS

PRESET = "imported"
"""What stands in the place of a preset."""
Read = TypeVar("Read")
STRANGERS = {
    r".*(time_embed|time_mlp|down_blocks|input_blocks).*": "a diffusion network, which has no code of few units",
    r".*(layer4\.|classifier\.|\bfc\.weight$|features\.\d+).*": "a classifier, which has no decoder",
    r".*(attn|attention|transformer).*": "a transformer",
    r".*(discriminator|generator|netG|netD).*": "a GAN, which has no encoder of a posterior",
}
"""By names of weights, what they are if no VAE; in this order."""


class Known(NamedTuple):
    """What is certain of a file."""

    file: str
    subject: Subject


class Intake(NamedTuple):
    """A file that has become a checkpoint."""

    checkpoint: Checkpoint
    decision: Decision
    measured: Evaluation


def known(path: Path, shape: Shape, layout: str = "", chosen: Mapping[str, str] | None = None) -> Known:
    """What the names and shapes of a file's weights say, of images of this shape; with a person's answers.

    Raises:
        CheckpointError: when it cannot be read, or no layout known here fits.
        UnknownName, InvalidSetting: for an unknown layout or answer.
    """
    if layout and layout not in IMPORTERS:
        raise UnknownName("layout", layout, IMPORTERS)
    weights = weight_file.read(path)
    note = "" if layout else weight_file.noted(path)
    if note:
        return Known(path.name, settled(own.subject(note, weights, shape), chosen or {}))
    layers = layers_of(weights)
    rows = {layout: IMPORTERS[layout]} if layout else IMPORTERS
    found = next(plan.fitting(rows, layers, shape), None)
    if found is None:
        raise CheckpointError(_unknown(path.name, layers, layout))
    said = notes.answers(path, shape, found.latent_dim) if path.is_dir() else {}
    sure = {question: answer for question, answer in said.items() if question in found.open}
    return Known(path.name, settled(of_weights(found), {**sure, **(chosen or {})}))


def onnx_files(paths: Sequence[Path]) -> list[Path]:
    """Those of ONNX among files, or in the one folder that is given, or a zip of them; none where they are others."""
    if len(paths) == 1 and paths[0].is_dir():
        return sorted(paths[0].glob(f"**/*{graph_zip.ONNX}"))
    return [path for path in paths if path.suffix == graph_zip.ONNX or _is_graph_zip(path)]


def _is_graph_zip(path: Path) -> bool:
    try:
        return zipfile.is_zipfile(path) and _opened(path, _holds_graphs)
    except ExplorerError:
        return False  # whoever reads it says what is wrong with it


def _holds_graphs(file: IO[bytes]) -> bool:
    with zips.opened(file, BOUNDS) as archive:
        return graph_zip.holds_graphs(archive)


def graph_files(paths: Sequence[Path]) -> list[GraphFile]:
    """Files of ONNX, or one zip of them, parsed.

    Raises:
        MissingExtra: when the packages for it are not installed.
        CheckpointError, StorageError, InvalidSetting: when one cannot be read, or may not be run.
    """
    found: dict[str, bytes] = {}
    for path in paths:
        if path.suffix == graph_zip.ONNX or not zipfile.is_zipfile(path):
            found[str(path)] = _opened(path, lambda file: file.read(graph_file.MAX_BYTES + 1))
        else:
            found |= _opened(path, graph_zip.halves)
    return [graph_file.read(data, PurePosixPath(name).name) for name, data in found.items()]


def _opened(path: Path, read: Callable[[IO[bytes]], Read]) -> Read:
    try:
        with path.open("rb") as file:
            return read(file)
    except OSError as error:
        raise CheckpointError(f"{path.name} cannot be read: {error.strerror}.") from error


def known_pair(files: Sequence[GraphFile], shape: Shape, chosen: Mapping[str, str] | None = None) -> Known:
    """What is certain of two ONNX files, of images of this shape; with a person's answers.

    Raises:
        CheckpointError: when they do not fit each other or the images.
        UnknownName, InvalidSetting: for an unknown answer.
    """
    pair = graph_pair.paired(files, shape)
    return Known(pair.encoder.file.name, settled(graph_pair.subject(pair), chosen or {}))


def certain(path: Path, layout: str = "") -> str:
    """What can be said of a file without images, in words.

    Raises:
        CheckpointError: when it cannot be read, or no layout known here fits.
    """
    refused: ExplorerError | None = None
    for shape in dict.fromkeys(row.image_shape for row in datasets.table().values()):
        try:
            print_of = known(path, shape, layout).subject
        except ExplorerError as error:
            refused = refused or error
            continue
        left = ", ".join(print_of.open) or "nothing"
        return f"{path.name} is of the layout {print_of.layout}, {print_of.latent_dim} units; {left} must be measured"
    raise refused or CheckpointError(f"{path.name} is no VAE that is known here.")


def bring(found: Known, images: ImageSet, folder: Path) -> Intake:
    """Decide by these images how the weights are read, and write the model as a checkpoint, measured on them.

    Raises:
        CheckpointError: when no reading reconstructs such images.
        InvalidSetting: when two do; the sentence says how to choose.
        StorageError: when the folder cannot be written.
    """
    folders.require_writable(folder)
    decision = decide(found.subject, _first(images, HEAD_IMAGES))
    config, weights = found.subject.network(decision.answers)
    recipe = Recipe(config, TrainConfig(), images.name, PRESET, 0, 0.0, 0.0, imported=_imported(found, decision))
    encoded, measured = runs.encode(models.restore(config, weights), images, folder.name)
    figures = checkpoints.Measurements(evaluation=measured)
    return Intake(checkpoints.save(folder, recipe, weights, [], figures, encoded), decision, measured)


def _first(images: ImageSet, most: int) -> np.ndarray:
    """The first images, in [0, 1]."""
    return np.asarray(images.images[:most], np.float32) / 255


def _imported(found: Known, decision: Decision) -> Imported:
    return Imported(
        found.subject.layout,
        found.file[:100],
        tuple(decision.answers.items()),
        tuple(decision.runner_up.items()),
        decision.alike,
        decision.margin,
        None if decision.head is None else decision.head.margin,
        decision.error,
        decision.images,
    )


def _unknown(name: str, layers: Mapping[str, Layer], layout: str) -> str:
    paths = [f"{path}.{leaf}" for path, layer in layers.items() for leaf in layer.tensors]
    told = ", ".join(paths[:4])
    if layout:
        return f"The weights of {name} are not named as in the layout {layout}: they begin with {told}."
    what = next((kind for names, kind in STRANGERS.items() if any(re.match(names, path) for path in paths)), "")
    guess = f"it looks like {what}; " if what else ""
    rows = ", ".join(IMPORTERS)
    return f"{name} is no VAE that is known here: {guess}its weights begin with {told}; layouts are {rows}."


def folder_name(path: Path, dataset: str) -> str:
    """What a run of this file is called where nobody says; halves of ONNX are called after neither."""
    if path.suffix == graph_zip.ONNX:
        return f"{dataset}-onnx"
    stem = re.sub(r"[^A-Za-z0-9._+-]+", "-", path.stem).strip("-.")[:40]
    return f"{dataset}-{stem or 'vae'}"
