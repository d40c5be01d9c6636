"""What a page that watches a run reads of its journal: an index again and again, and each snapshot once."""

import json
import math
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from starlette.requests import Request

from vae_explorer import datasets, regular_files
from vae_explorer.colours import class_colours
from vae_explorer.errors import ExplorerError, StorageError, UnknownName
from vae_explorer.jobs import records, reports
from vae_explorer.journal import atlas, gif, snapshots
from vae_explorer.journal.atlas import Atlas
from vae_explorer.journal.snapshots import Fixed, Snapshot
from vae_explorer.live.protocol import frame
from vae_explorer.live.reads import Answer

BINARY = "application/octet-stream"
PLANE, UMAP = "plane", "umap"
_MAKING = threading.Lock()


class _Entry(NamedTuple):
    """A snapshot as the index tells it."""

    step: int
    stamp: str
    """What changes when it is written again."""
    epoch: float
    beta: float
    bounds: list[float] | None
    """x0, x1, y0, y1 of its points; None when none of them is finite."""


def read_index(request: Request) -> Answer:
    """Which snapshots there are of a run, and whether it is at work; a run that has none yet has an empty list."""
    job = records.read(request.path_params["name"])
    journal = records.journal(job.name)
    at_work = reports.state(job).pending
    stamp = _fixed_stamp(journal)
    found = [entry._asdict() for entry in _entries(journal)] if stamp else []
    index = {"at_work": at_work, "epochs": job.epochs, "fixed": str(stamp) if stamp else None, "snapshots": found}
    return Answer(json.dumps(index, allow_nan=False).encode(), "application/json", False)


def read_fixed(request: Request) -> Answer:
    """What every snapshot shows: class ids [N] and originals [M, C, H, W] as bytes, with the values of a walk."""
    journal = records.journal(records.read(request.path_params["name"]).name)
    stamp = _fixed_stamp(journal)
    fixed = snapshots.read_fixed(journal)
    m, c, h, w = fixed.originals.shape
    header = {"n": len(fixed.label), "m": m, "c": c, "h": h, "w": w, "values": fixed.values.tolist()}
    body = np.clip(fixed.label, 0, 255).astype(np.uint8).tobytes() + fixed.originals.tobytes()
    return Answer(frame(header, body), BINARY, _is_named(request, stamp))


def read_snapshot(request: Request) -> Answer:
    """One snapshot: its figures in the header; the map as float32 [N, 2] and all pictures as bytes in the body."""
    journal = records.journal(records.read(request.path_params["name"]).name)
    step = _step(journal, request.path_params["step"])
    stamp = snapshots.stamp(journal, step)
    return Answer(_frame(journal, step, stamp), BINARY, _is_named(request, stamp))


def read_map(request: Request) -> Answer:
    """The UMAP over time: its snapshots in the header; indices uint32 [n] and places float32 [T, n, 2] as bytes."""
    journal = records.journal(records.read(request.path_params["name"]).name)
    if request.path_params["map"] != UMAP:
        raise UnknownName("map", request.path_params["map"], (UMAP,))
    stamp = atlas.stamp(journal)
    found = _atlas(journal, snapshots.read_fixed(journal))
    header = {"n": len(found.indices), "steps": found.steps.tolist(), "bounds": _bounds(found.xy.reshape(-1, 2))}
    body = found.indices.astype("<u4").tobytes() + found.xy.astype("<f4").tobytes()
    return Answer(frame(header, body), BINARY, _is_named(request, stamp))


def read_film(request: Request) -> Answer:
    """The journal as a GIF, on the map that is asked for; one at a time is made, and the last ones are kept."""
    job, kind = records.read(request.path_params["name"]), request.query_params.get("map", PLANE)
    if kind not in (PLANE, UMAP):
        raise UnknownName("map", kind, (PLANE, UMAP))
    journal = records.journal(job.name)
    stamps = tuple((entry.step, entry.stamp) for entry in _entries(journal))
    if not stamps:
        raise StorageError(f"There is no snapshot of {job.name} yet; ask again when there is one.")
    with _MAKING:
        over_time = atlas.stamp(journal) if kind == UMAP else None
        return Answer(_film(journal, stamps, over_time, job.settings.dataset, job.epochs), "image/gif", False)


def damaged(journal: Path) -> list[int]:
    """The steps whose snapshots cannot be read."""
    found = {entry.step for entry in _entries(journal)}
    return [step for step in snapshots.steps(journal) if step not in found and snapshots.stamp(journal, step)]


def _entries(journal: Path) -> list[_Entry]:
    """The snapshots that can be read; a damaged one hides no other."""
    entries = [_entry(journal, step, snapshots.stamp(journal, step)) for step in snapshots.steps(journal)]
    return [entry for entry in entries if entry is not None]


@lru_cache(maxsize=2048)
def _entry(journal: Path, step: int, stamp: int) -> _Entry | None:
    """The file is opened once for each stamp, not at every look."""
    try:
        found = snapshots.read(journal, step)
    except ExplorerError:
        return None
    return _Entry(step, str(stamp), found.epoch, found.beta, _bounds(found.xy))


def _bounds(xy: np.ndarray) -> list[float] | None:
    finite = xy[np.isfinite(xy).all(axis=1)].astype(float)
    if not len(finite):
        return None
    (x0, y0), (x1, y1) = finite.min(axis=0), finite.max(axis=0)
    return [x0, x1, y0, y1]


@lru_cache(maxsize=16)
def _frame(journal: Path, step: int, stamp: int) -> bytes:
    found = snapshots.read(journal, step)
    (units, values), (c, h, w) = found.walks.shape[:2], found.walks.shape[2:]
    sizes = {"n": len(found.xy), "m": len(found.reconstructions), "k": len(found.samples), "units": units}
    figures = {name: _number(getattr(found, name)) for name in ("step", "epoch", "seconds", "beta", "nll", "rate")}
    kl = None if found.kl is None else [_number(value) for value in found.kl.tolist()]
    header = figures | sizes | {"values": values, "c": c, "h": h, "w": w, "kl": kl}
    pictures = (found.reconstructions, found.samples, found.walks)
    return frame(header, b"".join([found.xy.astype("<f4").tobytes(), *(part.tobytes() for part in pictures)]))


@lru_cache(maxsize=2)
def _film(
    journal: Path, stamps: tuple[tuple[int, str], ...], over_time: int | None, dataset: str, epochs: int
) -> bytes:
    """The film of these snapshots; with the stamp of the UMAP over time, on that."""
    fixed, steps = snapshots.read_fixed(journal), [step for step, _ in stamps]
    names = datasets.dataset(dataset).classes
    classes = dict(zip(names, class_colours(len(names)), strict=True))
    read = partial(snapshots.read, journal)
    if over_time is not None:
        found = _atlas(journal, fixed)
        fixed, read = fixed._replace(label=fixed.label[found.indices]), _over_time(read, found, steps)
    return gif.film(fixed, steps, read, classes, epochs)


def _over_time(read: Callable[[int], Snapshot], found: Atlas, steps: Sequence[int]) -> Callable[[int], Snapshot]:
    """Snapshots on the maps of an atlas."""
    places = dict(zip(steps, found.places(steps), strict=True))
    return lambda step: read(step)._replace(xy=found.at(places[step]))


def _atlas(journal: Path, fixed: Fixed) -> Atlas:
    found = atlas.read(journal)
    if found.indices.max() >= len(fixed.label):
        raise StorageError("The UMAP over time is of other images; ask for it again on Train.")
    return found


def _fixed_stamp(journal: Path) -> int:
    """What changes when the fixed images are others; 0 while there are none."""
    found = regular_files.stamp(journal / snapshots.FIXED)
    return 0 if found is None else found.modified


def _step(journal: Path, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise UnknownName("snapshot", text, map(str, snapshots.steps(journal)))


def _is_named(request: Request, stamp: int) -> bool:
    return bool(stamp) and request.query_params.get("v") == str(stamp)


def _number(value: float | None) -> float | None:
    """A figure as JSON has it; what is not finite is not known."""
    return value if value is not None and math.isfinite(value) else None
