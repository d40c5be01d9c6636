"""The checkpoints of this machine by id, and bounded caches of what was loaded from them, shared by live and ui."""

import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vae_explorer import checkpoints, datasets, folders, metrics, regular_files
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.checkpoints.beta_views import folder_name, near_beta, view
from vae_explorer.checkpoints.inventory import Entry, Inventory
from vae_explorer.checkpoints.shelf import Shelf
from vae_explorer.errors import CheckpointError, StorageError, UnknownName
from vae_explorer.latents import sampling
from vae_explorer.latents.beta_latents import BetaLatents, seen_at
from vae_explorer.latents.encoded import Latents
from vae_explorer.latents.map_points import of_points
from vae_explorer.latents.sampling import FittedMixture
from vae_explorer.metrics.evaluation import Evaluation, evaluation
from vae_explorer.metrics.results import Result
from vae_explorer.projections import store
from vae_explorer.projections.chart import Chart, MapChart, PlaneChart, SpaceChart
from vae_explorer.projections.cloud import Cloud
from vae_explorer.projections.planes import Plane, pca_plane
from vae_explorer.projections.store import Projection
from vae_explorer.regular_files import Stamp

if TYPE_CHECKING:
    from vae_explorer.models.vae import VAE

DEFAULT_ID = "mnist-mlp-z2"
DEFAULT_MISSING = f"the folder pretrained/{DEFAULT_ID} is missing."
INVENTORY = Inventory()
GAUSSIANS, FITTED = 10, 2000
"""Of the aggregate posterior: components, and images that they are fitted to, which takes 0.2 to 1 s."""
HOME = Path(__file__).parents[2]


def roots() -> tuple[Path, Path]:
    """The folders that hold checkpoints: those shipped, and those trained here (VAE_EXPLORER_RUNS, or `runs`)."""
    return HOME / "pretrained", Path(os.environ.get("VAE_EXPLORER_RUNS") or HOME / "runs").expanduser()


def entries() -> tuple[Entry, ...]:
    """Every checkpoint folder, the default first, then those shipped, then those trained here."""
    found: dict[str, Entry] = {}
    known = datasets.stamp()
    for root in roots():
        for entry in INVENTORY.entries(root, known):
            found.setdefault(entry.id, entry)
    found.setdefault(DEFAULT_ID, Entry(DEFAULT_ID, None, DEFAULT_MISSING))
    return tuple(sorted(found.values(), key=lambda entry: entry.id != DEFAULT_ID))


def usable() -> dict[str, Checkpoint]:
    """The checkpoints that can be opened, by id, in the order of `entries`."""
    return {entry.id: entry.checkpoint for entry in entries() if entry.checkpoint is not None}


def opened(name: str) -> Checkpoint | None:
    """The checkpoint of a folder's name; None where there is none that can be opened. No other folder is looked at."""
    entry = _named(name)
    return None if entry is None else entry.checkpoint


def find(name: str) -> Checkpoint:
    """The checkpoint of this id; `name@2` is a multi-rate one at β = 2. No other folder is looked at.

    Raises:
        UnknownName: listing the usable ids, or the βs of a multi-rate one.
        CheckpointError: saying why a folder of that name cannot be used.
    """
    entry = _named(folder_name(name))
    if entry is None:
        raise UnknownName("model", name, usable())
    if entry.checkpoint is None:
        raise CheckpointError(f"{name}: {entry.reason}")
    return view(entry.checkpoint, name)


def _named(name: str) -> Entry | None:
    """The entry of this name; of two, the shipped one."""
    if not checkpoints.NAME.fullmatch(name):
        return None
    for root in roots():
        if regular_files.is_there(folders.standing(root / name)):
            return INVENTORY.entry(root / name, datasets.stamp())
    return Entry(name, None, DEFAULT_MISSING) if name == DEFAULT_ID else None


def projection(checkpoint: Checkpoint, key: str) -> Projection:
    """A fitted map of the checkpoint's latents, shipped with it or computed here.

    Raises:
        UnknownName: when there is none of this key.
        StorageError: when its file is damaged.
    """
    return _projection(*_located(checkpoint, key))


def chart(checkpoint: Checkpoint, projection: str) -> Chart:
    """The way between latent space and a map: `pca`, `latents` for latent space itself, or the key of a fitted one.

    Raises:
        UnknownName: when there is no map of this key.
        StorageError: when its file is damaged.
    """
    if projection == "pca":
        return PlaneChart(PLANES.get(checkpoint), _cloud(checkpoint))
    if projection == "latents":
        return SpaceChart(_cloud(checkpoint))
    file = _located(checkpoint, projection)
    with _SURVEYING:
        return MapChart(_surveyed(*file), _cloud(checkpoint))


def _cloud(checkpoint: Checkpoint) -> Cloud:
    """What distances are measured to; while β is turned the nearest stop's, as one takes a tenth of a second."""
    stop = near_beta(checkpoint, checkpoint.recipe.beta)
    return (CLOUDS if stop.whole is None else _STOP_CLOUDS).get(stop)


class _File(NamedTuple):
    """A map's file, what changes when it is written again, and how many points it must have."""

    path: Path
    stamp: Stamp | None
    n: int


def _located(checkpoint: Checkpoint, key: str) -> _File:
    """The first file of this key that is sound: a damaged one that was shipped gives way to one made here."""
    n = len(LATENTS.get(checkpoint).label)
    files = [_File(path, regular_files.stamp(path), n) for path in store.places(key, checkpoint.folder)]
    for file in files:
        with suppress(StorageError):
            _projection(*file)
            return file
    if not files:
        raise UnknownName("map", key, ())
    _projection(*files[-1])
    return files[-1]


def _restore(checkpoint: Checkpoint) -> "VAE":
    """The network; of a multi-rate one, an ordinary one at the checkpoint's β, which any thread may use."""
    from vae_explorer import models

    if checkpoint.recipe.model.betas is None:
        return _stored(checkpoint)
    return models.at_beta(_GATED.get(checkpoint.whole or checkpoint), checkpoint.recipe.beta)


def _stored(checkpoint: Checkpoint) -> "VAE":
    from vae_explorer import models

    return models.restore(checkpoint.recipe.model, checkpoints.read_weights(checkpoint))


def _latents(checkpoint: Checkpoint) -> Latents:
    whole = checkpoint.whole
    if whole is None:
        return _SPLITS.get(checkpoint)
    return seen_at(STOPS.get(whole), checkpoint.recipe.beta, _SPLITS.get(whole))


def _stops(checkpoint: Checkpoint) -> BetaLatents:
    return checkpoints.read_stops(checkpoint, _SPLITS.get(checkpoint))


def _evaluation(checkpoint: Checkpoint) -> Evaluation:
    stored = checkpoints.read_measurements(checkpoint).evaluation if checkpoint.at is None else None
    return evaluation(LATENTS.get(checkpoint)) if stored is None else stored


def _results(checkpoint: Checkpoint) -> Mapping[str, Result]:
    """By row, what was measured on the split that is encoded."""
    encoded = EVALUATIONS.get(checkpoint)
    stored = checkpoints.read_measurements(checkpoint).results
    source = encoded.dataset, encoded.split, checkpoint.recipe.model, checkpoint.at
    return metrics.on_split(stored, *source) | encoded.results()


def _codes(checkpoint: Checkpoint) -> Cloud:
    """Those of a map’s points; their own σ, by which codes of a collapsed posterior are blurred, is no distance."""
    latents = LATENTS.get(checkpoint)
    logvar = None if latents.logvar is None else of_points(latents.logvar)
    blur = 0.0 if logvar is None else float(np.exp(0.5 * np.median(logvar.astype(float))))
    return Cloud(of_points(latents.mu), blur)


def _mixture(checkpoint: Checkpoint) -> FittedMixture:
    latents = LATENTS.get(checkpoint)
    distinct = len(np.unique(latents.mu, axis=0)) if latents.plain else len(latents.mu)
    return sampling.fit_mixture(latents.mu, latents.logvar, min(GAUSSIANS, distinct), most=FITTED)


_SPLITS: Shelf[Latents] = Shelf(checkpoints.read_latents, 8, measured=False)
STOPS: Shelf[BetaLatents] = Shelf(_stops, 3, measured=False)
LATENTS: Shelf[Latents] = Shelf(_latents, 16, measured=False)
EVALUATIONS: Shelf[Evaluation] = Shelf(_evaluation, 64)
RESULTS: Shelf[Mapping[str, Result]] = Shelf(_results, 1024)
_GATED: "Shelf[VAE]" = Shelf(_stored, 3, measured=False)
MODELS: "Shelf[VAE]" = Shelf(_restore, 16, measured=False)
PLANES: Shelf[Plane] = Shelf(lambda checkpoint: pca_plane(LATENTS.get(checkpoint).mu), 64, measured=False)
MIXTURES: Shelf[FittedMixture] = Shelf(_mixture, 64, measured=False)
CLOUDS: Shelf[Cloud] = Shelf(_codes, 4, measured=False)
_STOP_CLOUDS: Shelf[Cloud] = Shelf(_codes, 40, measured=False)
_SURVEYING = threading.Lock()


@lru_cache(maxsize=16)
def _projection(path: Path, stamp: Stamp | None, n: int) -> Projection:
    return store.read(path, n)


@lru_cache(maxsize=16)
def _surveyed(path: Path, stamp: Stamp | None, n: int) -> Cloud:
    return Cloud(of_points(_projection(path, stamp, n).xy))
