"""VAE_EXPLORER_READ_ONLY: whoever would write is refused in one sentence, and only the cache changes."""

import ast
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from tests.jobs.conftest import over, recorded
from tests.snapshots import Snapshot, snapshot
from vae_explorer import checkpoints, child_folder, datasets, folders, measurement, read_only, regular_files
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import catalogue
from vae_explorer.cli import COMMANDS, main
from vae_explorer.datasets import dsprites, own
from vae_explorer.errors import InvalidSetting, ReadOnly
from vae_explorer.importers import intake
from vae_explorer.jobs import archives, desk, housekeeping, lives, model_zip, records, slot, sweeps
from vae_explorer.journal import atlas_process, snapshots, trace, wishes
from vae_explorer.journal.wishes import Wish
from vae_explorer.metrics.results import Result
from vae_explorer.projections import compiled
from vae_explorer.run_settings import RunSettings
from vae_explorer.scorer import kept, process
from vae_explorer.ui import server_options
from vae_explorer.unit_cards import shelf

ROOT = Path(__file__).parents[1]
OVER, HALTED, GONE = "over", "halted", "gone"
SWEEP, SWEPT = "sweep-00000001", "sweep-00000002"
"""Of a run that waits and one that is gone; of one that is over."""
SETTINGS = RunSettings("mlp-small-z2", "digits", {"epochs": 1})
PICTURES = np.zeros((30, 1, 8, 8), np.uint8), np.zeros(30, np.int64), ("all",)
NOTHING: Any = None
"""What a writer asks for that is refused before it is looked at."""


class House(NamedTuple):
    """Folders of runs, data and cache with something in each, of an app that may not write."""

    place: Path
    before: Snapshot
    zipped: bytes


@pytest.fixture(scope="module")
def house(tmp_path_factory, digits) -> Iterator[House]:
    place = tmp_path_factory.mktemp("house")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("runs", "data", "cache"):
            patch.setenv(f"VAE_EXPLORER_{name.upper()}", str(place / name))
        over(OVER, digits, 2)
        recorded(HALTED, 1)
        keep_sweep(SWEEP, HALTED, GONE)
        keep_sweep(SWEPT, OVER)
        wishes.write(records.journal(HALTED), Wish(1.0, 1))
        folders.write_file(records.journal(HALTED) / snapshots.FOLDER / "000000001.npz", b"a picture")
        own.keep("mine", *PICTURES, datasets.data_root())
        zipped = archives.zipped(OVER)
        patch.setenv(read_only.VARIABLE, "1")
        yield House(place, snapshot(place / "runs", place / "data"), zipped)


def keep_sweep(name: str, *runs: str) -> None:
    settings = records.read(HALTED).settings
    shared = {key: value for key, value in settings.training.items() if key not in sweeps.VARIED}
    betas = [float(place) for place in range(1, 1 + len(runs))]
    told = settings.to_dict() | {"training": shared, "betas": betas, "seeds": [0], "runs": runs}
    path = records.jobs_root() / sweeps.FOLDER / f"{name}{sweeps.SUFFIX}"
    folders.write_file(path, json.dumps(told).encode())


def checkpoint() -> checkpoints.Checkpoint:
    return catalogue.find(OVER)


WRITERS: dict[str, Callable[[House], object]] = {
    "a run started": lambda house: desk.start(SETTINGS),
    "a run resumed": lambda house: desk.resume(HALTED),
    "a run trained further": lambda house: desk.train_further(OVER, 9, 1e-3, 1.0),
    "a run stopped": lambda house: desk.stop(HALTED),
    "another β": lambda house: desk.change_beta(HALTED, 2.0),
    "a sweep started": lambda house: sweeps.start(SETTINGS, (1.0, 4.0), (0,)),
    "a sweep stopped": lambda house: sweeps.stop(sweeps.read(SWEEP)),
    "a sweep resumed": lambda house: sweeps.resume(sweeps.read(SWEEP)),
    "a sweep deleted": lambda house: sweeps.delete(sweeps.read(SWEEP), with_runs=False),
    "a sweep deleted with its runs": lambda house: sweeps.delete(sweeps.read(SWEPT), with_runs=True),
    "a run deleted": lambda house: housekeeping.delete(OVER),
    "a run renamed": lambda house: housekeeping.rename(OVER, "other"),
    "a note": lambda house: housekeeping.note(OVER, "seen"),
    "a note taken away": lambda house: housekeeping.note(OVER, ""),
    "a unit named": lambda house: checkpoints.store_unit_name(checkpoint(), 0, "width"),
    "scores beside the checkpoint": lambda house: measurement.store(checkpoint(), {"toy": toy()}),
    "a model from a zip": lambda house: model_zip.unzipped(io.BytesIO(house.zipped)),
    "weights from elsewhere": lambda house: intake.bring(NOTHING, NOTHING, catalogue.roots()[1] / "foreign"),
    "pictures kept": lambda house: own.keep("other", *PICTURES, datasets.data_root()),
    "pictures deleted": lambda house: own.delete("mine", datasets.data_root()),
    **{
        f"{name} fetched": lambda house, row=row: row.download(datasets.data_root(), lambda *told: None)
        for name, row in datasets.DATASETS.items()
        if row.download_size
    },
    "dSprites unpacked": lambda house: dsprites._pack(house.place / "any.npz", house.place / "data" / "bits", 1),
    "maps over time": lambda house: atlas_process.compute(records.journal(HALTED), lambda *told: None),
    "a wish": lambda house: wishes.write(records.journal(HALTED), Wish(2.0, 2)),
    "a wish taken back": lambda house: wishes.forget(records.journal(HALTED)),
    "a snapshot let go": lambda house: snapshots.remove(records.journal(HALTED), 1),
    "a line of a trace": lambda house: regular_files.append(records.journal(HALTED) / trace.TRACE, b"{}\n"),
    "a life": lambda house: lives.write(records.job_folder(HALTED), lives.own(1)),
    "a lock": lambda house: lives.claimed(records.job_folder(HALTED) / lives.LOCK),
    "a folder tidied": lambda house: folders.tidy(records.journal(HALTED)),
    "a file outside": lambda house: folders.write_file(house.place / "codes.csv", b""),
    "a file beside the cache": lambda house: folders.write_file(house.place / "cache-2" / "file", b""),
    "a way out of the cache": lambda house: folders.write_file(cache_root() / ".." / "runs" / "file", b""),
}


def toy() -> Result:
    return Result("toy", "digits", "test", 40, 0, {}, 1.0)


@pytest.mark.parametrize("writer", WRITERS)
def test_whoever_would_write_is_refused_in_one_sentence(house, writer):
    with pytest.raises(ReadOnly, match=r"^This app is read-only: [^.]+\.$"):
        WRITERS[writer](house)
    assert snapshot(house.place / "runs", house.place / "data") == house.before
    assert {path.name for path in house.place.iterdir()} <= {"runs", "data", "cache"}


CHANGING = [name for name, command in COMMANDS.items() if command.changes]


@pytest.mark.parametrize("command", CHANGING)
def test_a_command_that_is_for_what_it_writes_is_refused_before_it_begins(house, command, capsys):
    data, run = "--dataset=digits", str(house.place / "runs" / OVER)
    words = {"sweep": [data], "estimate": [data], "import": ["vae.pth", data], "embed": [run], "project": [run]}
    assert main([command, *words.get(command, [])]) == 2
    assert capsys.readouterr().err == f"error: {ReadOnly()}\n"


def test_a_command_writes_into_the_cache_and_to_its_output_alone(house, capsys):
    words = "sample", str(house.place / "runs" / OVER), "--n", "1", "--out"
    assert main([*words, str(house.place / "picture.png")]) == 2
    assert str(ReadOnly()) in capsys.readouterr().err
    assert main([*words, str(cache_root() / "picture.png")]) == 0
    assert main(["evaluate", str(house.place / "runs" / OVER), "--samples", "1"]) == 0
    assert f"not stored: {ReadOnly()}" in capsys.readouterr().err
    assert snapshot(house.place / "runs", house.place / "data") == house.before


def test_what_waits_is_shown_and_not_started(house):
    assert slot.pump() == 0
    assert [status.name for status in desk.board()] == [HALTED, OVER]
    assert desk.status(HALTED).state == "queued"


def test_what_is_computed_is_kept_in_the_cache(house, monkeypatch):
    monkeypatch.delenv(compiled.PLACE, raising=False)
    process._stored(checkpoint(), {"toy": toy()})
    shelf.card(checkpoint(), 0)
    compiled.keep_compiled()
    with child_folder.child_folder() as folder:
        assert folder.is_relative_to(cache_root())
    assert kept.read(checkpoint()) == (toy(),)
    assert {path.name for path in cache_root().iterdir()} >= {"scores", "cards", "numba", child_folder.TEMPORARY}
    assert snapshot(house.place / "runs", house.place / "data") == house.before


@pytest.mark.parametrize(("value", "locked"), [(None, False), ("", False), ("0", False), ("1", True)])
def test_1_locks_the_app_and_0_does_not(monkeypatch, value, locked):
    monkeypatch.delenv(read_only.VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(read_only.VARIABLE, value)
    assert read_only.read_only() == locked


@pytest.mark.parametrize("value", ["true", "yes", "2", " 1", "off" * 99])
def test_any_other_value_is_refused_before_anything_begins(monkeypatch, capsys, value):
    monkeypatch.setenv(read_only.VARIABLE, value)
    with pytest.raises(InvalidSetting, match=r"^VAE_EXPLORER_READ_ONLY is 1 \(.*\) or 0, not “.*”\.$") as refused:
        read_only.read_only()
    assert main([]) == 2
    assert capsys.readouterr().err == f"error: {refused.value}\n"
    with pytest.raises(SystemExit, match=r"^error: VAE_EXPLORER_READ_ONLY"):
        server_options.require_mode()


@pytest.mark.parametrize("inside", ["runs", "data"])
def test_a_cache_that_holds_runs_or_data_is_refused_at_the_start(house, monkeypatch, inside):
    server_options.require_mode()
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(house.place / inside))
    with pytest.raises(SystemExit, match=rf"^error: .*/{inside} lies in the cache, .* of its own\.$"):
        server_options.require_mode()


ONE_ARGUMENT = {"replace", "rename"}
"""Methods of a path by one argument; strings and dataclasses take others."""
BY_NAME = {"os.replace", "os.rename", "os.remove", "shutil.move", "shutil.copy", "torch.save", "np.save", "np.savez"}
CALLS = {"mkdir", "makedirs", "unlink", "rmdir", "rmtree", "touch", "truncate", "symlink_to", "hardlink_to"}
CALLS |= {"write_text", "write_bytes", "copytree", "copyfile", "copy2", "chmod", "save_file", "open_memmap"}
CALLS |= {"tofile", "savetxt", "extractall", "urlretrieve", "download_url", "download_and_extract_archive"}
CALLS |= {"mkdtemp", "mkstemp", "TemporaryDirectory", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile"}
FLAGS = {"O_CREAT", "O_WRONLY", "O_RDWR", "O_APPEND"}
ALLOWED: dict[str, str] = {
    "folders": "the door: every function asks read_only",
    "regular_files": "append asks read_only",
    "child_folder": "in the cache of a read-only app, else in the system's temporary folder",
    "reported_task": "what a child process says, into its folder",
    "exports/state_dict": "into memory",
    "exports/graphs": "into memory",
    "jobs/archives": "into memory",
    "projections/process": "into the folder of its child process",
    "leash": "deletes the folder of its child process",
    "projections/compiled": "in the cache, or in a temporary folder that is gone with the process",
    "jobs/lives": "locks, whose opening asks read_only",
    "jobs/records": "the desk's lock, which asks read_only",
    "jobs/keeper": "the log of a run; a read-only app starts none",
    "jobs/heartbeat": "that of a run; a read-only app starts none",
    "engines/slurm": "the folder of a sweep's jobs; a read-only app starts none",
    "datasets/idx_files": "a download, which asks read_only",
    "datasets/cifar10": "a download, which asks read_only",
    "datasets/dsprites": "a download and what is made of it, which ask read_only",
    "trials": "a temporary folder; a read-only app estimates nothing",
    "ui/library/weight_form": "what was dropped, in a temporary folder; a read-only app takes no files",
    "memory": "the kernel's own file of this process",
}
"""Modules that write by themselves, and why that is no way around read_only; all others write through `folders`."""


def writes(path: Path) -> set[str]:
    """The calls in a module that write to the disk, or may."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    named = [(name(call), call) for call in calls]
    return {called for called, call in named if called in CALLS or opens(called, call) or moves(called, call)}


def name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def opens(called: str, call: ast.Call) -> bool:
    """With a mode that writes: `open("wb")`, `os.open(path, os.O_CREAT)`, a memory map."""
    given = [*call.args, *(word.value for word in call.keywords)]
    modes = {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    flags = {node.attr for one in given for node in ast.walk(one) if isinstance(node, ast.Attribute)}
    writing = any(len(mode) <= 3 and set(mode) & set("wax+") and set(mode) <= set("rwaxbt+") for mode in modes)
    return (called in ("open", "memmap", "fdopen", "ZipFile") and writing) or (called == "open" and bool(flags & FLAGS))


def moves(called: str, call: ast.Call) -> bool:
    alone = len(call.args) == 1 and not call.keywords and isinstance(call.func, ast.Attribute)
    return (called in ONE_ARGUMENT and alone) or ast.unparse(call.func) in BY_NAME


def test_nobody_writes_past_the_door():
    package = ROOT / "vae_explorer"
    found = {path.relative_to(package).with_suffix("").as_posix(): writes(path) for path in package.rglob("*.py")}
    assert {module: calls for module, calls in found.items() if calls and module not in ALLOWED} == {}
    assert {module for module in ALLOWED if not found[module]} == set(), "no longer needed"
