"""Every file that is read back, damaged in every way: one sentence or nothing of it, and all beside it works."""

import errno
import io
import json
import os
import pickle
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import safetensors.numpy

from tests.jobs.conftest import recorded
from tests.journal.test_files import LINE
from tests.kinds import KINDS, save_kind
from tests.live.test_journals import N, snapshot
from vae_explorer import checkpoints, datasets, factor_codes, folders, npz
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import catalogue
from vae_explorer.checkpoints.folder import config_bytes
from vae_explorer.datasets import flat_file, own
from vae_explorer.errors import ExplorerError, StorageError
from vae_explorer.jobs import desk, housekeeping, lives, overview, records, reports, slot, storage, sweeps
from vae_explorer.jobs.sweeps import Sweep
from vae_explorer.journal import atlas, snapshots, trace, wishes
from vae_explorer.journal.atlas import Atlas
from vae_explorer.journal.snapshots import Fixed
from vae_explorer.journal.wishes import Wish
from vae_explorer.live import journals
from vae_explorer.metrics.results import Result
from vae_explorer.projections import store
from vae_explorer.projections.settings import Settings
from vae_explorer.projections.store import Projection
from vae_explorer.run_settings import RunSettings
from vae_explorer.scorer import kept
from vae_explorer.unit_cards import shelf
from vae_explorer.unit_cards.card import FactorEffect, UnitCard

pytestmark = pytest.mark.thorough

BAD, FINE, KEY = "bad", "fine", "0" * 32
PATIENCE = 20
"""Seconds after which a reader is said to wait for ever."""
CARD = UnitCard(0, 40, 0, [[0.0] * 28] * 28, [0.5] * 3, (FactorEffect("class", 0.5, 0.1, None),), 1.0, 2.0, "")
MAP = Projection(Settings("tsne"), np.zeros((40, 2), np.float32), 0.5, 40, 15, 40, 1.0)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """One of every file, whole, and a neighbour of each."""
    place = tmp_path_factory.mktemp("sound")
    with pytest.MonkeyPatch.context() as patch:
        settle(place, patch)
        for ticket, name in enumerate((BAD, FINE), 1):
            whole = save_kind(place / "runs" / name, KINDS["multi-rate"])
            result = Result("toy", "digits", "test", 40, 0, {}, 1.0)
            measured = checkpoints.read_measurements(whole)._replace(results=(result,))
            checkpoint = checkpoints.store_measurements(whole, measured)
            checkpoints.store_unit_name(checkpoint, 0, "width")
            job = recorded(name, ticket, wanted=False)
            folder = records.job_folder(name)
            lives.write(folder, replace(lives.own(1), code=130))
            folders.write_file(folder / records.NOTES, b"note")
            folders.write_file(folder / "log.txt", b"said\n")
            keep_journal(records.journal(name))
            shared = {key: value for key, value in job.settings.training.items() if key not in ("beta", "seed")}
            keep_sweep(f"sweep-{ticket:08x}", replace(job.settings, training=shared), name)
            folders.write_file(cache_root() / "cards" / f"{name}.json", json.dumps(CARD.to_dict()).encode())
            codes = {"mu": np.zeros((40, 3), np.float32), "logvar": np.zeros((40, 3), np.float32)}
            folders.write_file(cache_root() / "codes" / f"{name}.npz", npz.pack(codes))
            kept.add(checkpoint, {"toy": result})
            images = np.random.default_rng(ticket).integers(0, 256, (30, 1, 8, 8), dtype=np.uint8)
            own.keep(name, images, np.zeros(30, np.int64), ("all",), datasets.data_root())
            flat_file.write(datasets.data_root() / "flat" / f"{name}.npy", images.shape, (images,))
        store.save(cache_root() / f"{KEY}.npz", MAP)
    return place


def settle(place: Path, patch: pytest.MonkeyPatch) -> None:
    for variable, folder in (("RUNS", "runs"), ("CACHE", "cache"), ("DATA", "data")):
        patch.setenv(f"VAE_EXPLORER_{variable}", str(place / folder))
    patch.setattr(slot, "pump", lambda: 0)


def keep_journal(journal: Path) -> None:
    originals, values = np.zeros((4, 1, 8, 8), np.uint8), np.array([-2.5, 0, 2.5], np.float32)
    snapshots.write_fixed(journal, Fixed(np.arange(N), np.arange(N), originals, np.zeros((4, 2), np.float32), values))
    for step in (0, 10, 25):
        snapshots.write(journal, snapshot(step))
    trace.write(journal, [LINE])
    wishes.write(journal, Wish(2.0, 1))
    wanted = atlas.wanted(journal)
    places = np.zeros((3, 4, 2), np.float32)
    atlas.write(journal, Atlas(wanted.steps, wanted.stamps, np.arange(4), places))


def keep_sweep(name: str, settings: RunSettings, run: str) -> None:
    values = {"betas": (1.0,), "seeds": (0,), "runs": (run,), "ticket": 1, "created": ""}
    Sweep(name, settings, (1.0,), (0,), (run,))
    folders.write_file(
        records.jobs_root() / sweeps.FOLDER / f"{name}.json", json.dumps(settings.to_dict() | values).encode()
    )


def model() -> None:
    """All that pages read of a model; a model that is listed can be decoded with."""
    catalogue.entries()
    checkpoint = catalogue.find(BAD)
    for read in (catalogue.EVALUATIONS, catalogue.RESULTS, catalogue.MODELS, catalogue.LATENTS, catalogue.STOPS):
        read.get(checkpoint)
    assert all(isinstance(line, dict) for line in checkpoints.read_history(checkpoint))


def unit_names() -> None:
    names = checkpoints.read_unit_names(catalogue.find(BAD))
    assert all(isinstance(unit, int) and name.isprintable() for unit, name in names.items())


def run() -> None:
    assert all(isinstance(status.epoch, int) for status in desk.board())
    for look in (records.queue, records.names, overview.unfinished, storage.storage):
        look()
    assert len(housekeeping.noted(BAD)) <= housekeeping.MOST
    job = records.read(BAD)
    assert job.settings.training["epochs"] == job.epochs
    reports.report(job)
    reports.history(BAD)
    reports.log(BAD)
    lives.free(records.job_folder(BAD))


def journal() -> None:
    place = records.journal(BAD)
    assert FINE in {job.name for job in records.every()}
    trace.read(place)
    desk.last_wish(BAD)
    there = [entry.step for entry in journals._entries(place)]
    assert {10, 25} <= set(there)
    for step in there:
        json.dumps(journals._entries(place)[0]._asdict(), allow_nan=False)
        journals._frame(place, step, snapshots.stamp(place, step))
    snapshots.read_fixed(place)
    atlas.read(place)
    wishes.read(place)
    snapshots.read(place, 0)


def sweep() -> None:
    assert "sweep-00000002" in {one.name for one in sweeps.every()}
    assert all(one.cells and int(one.settings.training["epochs"]) for one in sweeps.every())


def pictures() -> None:
    assert FINE in {one.title for one in own.sets(datasets.data_root())}
    bad = [name for name in datasets.table() if name.startswith(f"own-{BAD}")]
    assert bad or own.damaged(datasets.data_root())
    for name in bad:
        datasets.load(name, "train")


def flat() -> None:
    for name in (BAD, FINE):
        file = flat_file.opened(datasets.data_root() / "flat" / f"{name}.npy")
        assert file.read(slice(0, 3)).shape[1:] == file.shape[1:]


def cached() -> None:
    checkpoint = catalogue.find(BAD)
    kept.read(checkpoint)
    card = shelf._kept(cache_root() / "cards" / f"{BAD}.json", checkpoint)
    assert card is None or np.array(card.slope, float).shape == (28, 28)
    codes = factor_codes._kept(cache_root() / "codes" / f"{BAD}.npz", (40, 3))
    assert codes is None or np.isfinite(codes[0]).all()
    catalogue.projection(checkpoint, KEY)


class Reader(NamedTuple):
    """A file, as a pattern, and what reads it."""

    file: str
    read: Callable[[], None]


JOB, JOURNAL = f"runs/.jobs/{BAD}", f"runs/.jobs/{BAD}/journal"
READERS = {
    "config": Reader(f"runs/{BAD}/config.json", model),
    "weights": Reader(f"runs/{BAD}/weights.safetensors", model),
    "history": Reader(f"runs/{BAD}/history.jsonl", model),
    "latents": Reader(f"runs/{BAD}/latents.npz", model),
    "stops": Reader(f"runs/{BAD}/betas.npz", model),
    "figures": Reader(f"runs/{BAD}/metrics.json", model),
    "the run's history": Reader(f"runs/{BAD}/history.jsonl", run),
    "unit names": Reader(f"runs/{BAD}/unit_names.json", unit_names),
    "job": Reader(f"{JOB}/job.json", run),
    "life": Reader(f"{JOB}/life.json", run),
    "note": Reader(f"{JOB}/notes.txt", run),
    "log": Reader(f"{JOB}/log.txt", run),
    "trace": Reader(f"{JOURNAL}/trace.jsonl", journal),
    "wish": Reader(f"{JOURNAL}/wish.json", journal),
    "fixed images": Reader(f"{JOURNAL}/fixed.npz", journal),
    "snapshot": Reader(f"{JOURNAL}/snapshots/000000000.npz", journal),
    "atlas": Reader(f"{JOURNAL}/aligned-umap.npz", journal),
    "sweep": Reader("runs/.jobs/.sweeps/sweep-00000001.json", sweep),
    "pictures": Reader(f"data/own/{BAD}-*/about.json", pictures),
    "training pictures": Reader(f"data/own/{BAD}-*/train.npz", pictures),
    "flat file": Reader(f"data/flat/{BAD}.npy", flat),
    "map": Reader(f"cache/{KEY}.npz", cached),
    "card": Reader(f"cache/cards/{BAD}.json", cached),
    "codes": Reader(f"cache/codes/{BAD}.npz", cached),
    "scores": Reader("cache/scores/*.json", cached),
}
SEALED = ("weights", "history", "latents", "stops", "figures")
"""Files whose digest stands in config.json, so that only somebody who wrote that too can have damaged them so."""


def socket_at(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # its name is longer than a socket's may be
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 42)


IN_PLACE: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None,
    "a pipe": os.mkfifo,
    "a socket": socket_at,
    "a folder": Path.mkdir,
    "a link to endless zeros": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a file beyond all bounds": sparse,
}
"""What lies where the file was."""


def changed(change: Callable[[Any], Any]) -> Callable[[bytes], Iterator[bytes]]:
    """Each value that a file holds on its top level, or one below, changed in turn."""

    def variants(data: bytes) -> Iterator[bytes]:
        if data.startswith(b"PK"):
            arrays = npz.unpack(data, 1 << 28, "it")
            for name in arrays:
                with suppress(*UNCHANGEABLE):
                    yield npz.pack(arrays | {name: np.asarray(change(arrays[name]))})
        elif data.startswith(b"{"):
            values = json.loads(data)
            for name, value in values.items():
                for held in (values, value) if isinstance(value, dict) else (values,):
                    for key in [name] if held is values else held:
                        with suppress(*UNCHANGEABLE):
                            other = held | {key: change(held[key])}
                            yield json.dumps(other if held is values else values | {name: other}).encode() + b"\n"

    return variants


UNCHANGEABLE = (ValueError, TypeError, IndexError, OverflowError)
"""What a change says to a value of another kind."""


def filled(number: float) -> Callable[[Any], Any]:
    """An array of it, or the number itself in place of anything else."""
    return lambda value: np.full(value.shape, number) if isinstance(value, np.ndarray) else number


def pickled(data: bytes) -> Iterator[bytes]:
    buffer, hostile = io.BytesIO(), np.array([{}], object)
    np.savez(buffer, mu=hostile, xy=hostile, step=hostile, images=hostile, betas=hostile)
    yield buffer.getvalue()
    yield pickle.dumps({"mu": 1})


def tensors(data: bytes) -> Iterator[bytes]:
    """Weights that are no numbers, of another kind or shape, or far too many."""
    if not data.startswith((b"PK", b"\x93NUMPY", b"{", b"[", b"n", b"s")):
        found = safetensors.numpy.load(data)
        first = next(iter(found))
        for other in (np.nan, np.inf):
            yield safetensors.numpy.save(found | {first: np.full_like(found[first], other)})
        yield safetensors.numpy.save(found | {first: found[first].astype(np.int64)})
        yield safetensors.numpy.save(found | {first: found[first][:1]})
        yield safetensors.numpy.save({str(i): np.zeros(1, np.float32) for i in range(5_000)})
    yield (1 << 60).to_bytes(8, "little") + b"{}"


CONTENT: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "nothing": lambda data: iter([b""]),
    "half": lambda data: iter([data[: len(data) // 2], data[:-1], data[1:]]),
    "no text": lambda data: iter([b"\xff\xfe\x00" * 100, b"\0" * 4096]),
    "other JSON": lambda data: iter(
        [b"[]\n", b"null\n", b"3\n", b'"text"\n', b"{}\n", b"NaN\n", b"[" * 100_000 + b"\n"]
    ),
    "nested": lambda data: iter([b'{"a":' * 900 + b"1" + b"}" * 900 + b"\n"]),
    "values gone": changed(lambda value: None),
    "values as text": changed(lambda value: "text"),
    "values as lists": changed(lambda value: [[3]]),
    "values not a number": changed(filled(float("nan"))),
    "values endless": changed(filled(float("inf"))),
    "values of 400 digits": changed(lambda value: 10**400),
    "values negative": changed(lambda value: -1),
    "values large": changed(lambda value: 2**62),
    "values of markup": changed(lambda value: "<script>alert(1)</script>\n**[x](javascript:1)**"),
    "values shorter": changed(lambda value: value[:-1]),
    "values of another shape": changed(lambda value: value[None] if isinstance(value, np.ndarray) else [value]),
    "pickles": pickled,
    "tensors": tensors,
}
"""What the file holds instead: a few contents for each."""


@pytest.fixture
def place(sound, tmp_path, monkeypatch) -> Iterator[Path]:
    """A copy of the sound files, and an end to whatever waits for ever."""
    shutil.copytree(sound, tmp_path / "place")
    settle(tmp_path / "place", monkeypatch)
    signal.signal(signal.SIGALRM, lambda number, frame: pytest.fail("a reader waits for ever"))
    signal.alarm(PATIENCE)
    yield tmp_path / "place"
    signal.alarm(0)


def told_by(reader: Reader) -> str:
    """What a person is told by reading: a refusal, or nothing."""
    try:
        reader.read()
    except ExplorerError as error:
        return str(error)
    return ""


def is_harmless(told: str) -> bool:
    """Whether that is one sentence or none, and what is sound beside it is still there."""
    sentence = not told or (told.endswith(".") and len(told) < 400)
    return sentence and catalogue.find(FINE).id == FINE and FINE in {status.name for status in desk.board()}


def file_of(reader: Reader, place: Path) -> Path:
    return min(place.glob(reader.file))


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_what_is_sound_is_read(reader, place):
    told = told_by(reader)
    assert told == ""
    assert is_harmless(told)
    assert file_of(reader, place).is_file()


@pytest.mark.parametrize("lying", IN_PLACE)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_what_lies_in_a_files_place_is_told_or_left_out(reader, lying, place):
    path = file_of(reader, place)
    path.unlink()
    IN_PLACE[lying](path)
    told = told_by(reader)
    assert is_harmless(told), told


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_file_that_may_not_be_read_is_told_or_left_out(reader, place, monkeypatch):
    """Whoever runs the tests may be allowed everything, so that the door itself is told."""
    path, opened = file_of(reader, place), os.open

    def refusing(found, *options, **more):
        if str(found) == str(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(found, *options, **more)

    monkeypatch.setattr(os, "open", refusing)
    told = told_by(reader)
    assert is_harmless(told), told


@pytest.mark.parametrize("folder", ["runs", "runs/.jobs", "runs/.jobs/.sweeps", "data/own"])
def test_a_folder_that_may_not_be_read_is_told_or_left_out(folder, place, monkeypatch):
    looked = os.scandir

    def refusing(found):
        if str(found) == str(place / folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return looked(found)

    monkeypatch.setattr(os, "scandir", refusing)
    assert len(catalogue.entries()) > 2
    assert folder != "runs" or any("cannot be read: Permission denied" in one.reason for one in catalogue.entries())
    for look in (desk.board, sweeps.every, storage.storage, records.names):
        with suppress(StorageError):
            look()
    assert datasets.table()


@pytest.mark.parametrize("content", CONTENT)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_what_a_file_holds_instead_is_told_or_left_out(reader, content, place):
    path = file_of(reader, place)
    for data in CONTENT[content](path.read_bytes()):
        folders.write_file(path, data)
        told = told_by(reader)
        assert is_harmless(told), told


@pytest.mark.parametrize("content", CONTENT)
@pytest.mark.parametrize("name", SEALED)
def test_what_a_sealed_file_holds_instead_is_told_or_left_out(name, content, place):
    reader = READERS[name]
    path = file_of(reader, place)
    opened = checkpoints.open_checkpoint(path.parent)
    files = {file: (path.parent / file).read_bytes() for file in opened.files}
    for data in CONTENT[content](path.read_bytes()):
        contents = files | {path.name: data}
        folders.write_folder(path.parent, {checkpoints.CONFIG: config_bytes(opened.recipe, contents), **contents})
        told = told_by(reader)
        assert is_harmless(told), told
