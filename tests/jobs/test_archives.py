"""A model as one zip: whole, of one moment, with its journal, and with nothing from outside its folders."""

import io
import os
import subprocess
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import save_tiny
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import CheckpointError, InvalidSetting
from vae_explorer.jobs import archives, desk, records, storage
from vae_explorer.journal import trace


@pytest.fixture
def run(runs_root, digits) -> Path:
    """A run of the command line with a journal and much beside it that is no part of either."""
    save_tiny(runs_root / "run", digits)
    journal = records.journal("run")
    (journal / "snapshots").mkdir(parents=True)
    (journal / trace.TRACE).write_text("a line\n")
    (journal / "snapshots" / "000000007.npz").write_bytes(b"a snapshot")
    (journal / "snapshots" / ".000000008.npz.new").write_bytes(b"half")
    (journal / "wish.json").write_text("{}")
    return runs_root / "run"


def names(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


SEALED = [f"run/{name}" for name in ("config.json", "history.jsonl", "latents.npz", "metrics.json")]
KEPT = [
    *SEALED,
    "run/weights.safetensors",
    ".jobs/run/journal/trace.jsonl",
    ".jobs/run/journal/snapshots/000000007.npz",
]


@pytest.mark.process
def test_unzipped_where_runs_lie_it_is_the_run_again(run, tmp_path, monkeypatch):
    data, version = archives.zipped("run"), checkpoints.open_checkpoint(run).version
    assert names(data) == KEPT
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "run.zip").write_bytes(data)
    subprocess.run(["python3", "-m", "zipfile", "-e", tmp_path / "run.zip", elsewhere], check=True)
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(elsewhere))
    assert catalogue.find("run").version == version
    assert np.isfinite(catalogue.LATENTS.get(catalogue.find("run")).mu).all()
    assert (records.journal("run") / trace.TRACE).read_text() == "a line\n"
    assert desk.board() == [], "and nothing is trained unasked"


def test_the_size_is_that_of_what_would_be_zipped(run):
    archive = zipfile.ZipFile(io.BytesIO(archives.zipped("run")))
    assert archives.size("run") == sum(entry.file_size for entry in archive.infolist())
    assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}


@pytest.mark.parametrize("name", ["mnist-mlp-z2", "digits-mlp-z2"])
def test_a_shipped_model_is_zipped_too(runs_root, name):
    folder = catalogue.HOME / "pretrained" / name
    archive = zipfile.ZipFile(io.BytesIO(archives.zipped(name)))
    assert archive.testzip() is None
    for entry in archive.infolist():
        assert archive.read(entry) == (folder / entry.filename.removeprefix(f"{name}/")).read_bytes()
    assert f"{name}/weights.safetensors" in archive.namelist()


def test_links_and_strangers_stay_out(run, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("mine")
    (run / "holiday.jpg").write_bytes(b"")
    (run / checkpoints.STATE).symlink_to(secret)
    (records.journal("run") / "fixed.npz").symlink_to(secret)
    os.mkfifo(records.journal("run") / "snapshots" / "000000009.npz")
    assert names(archives.zipped("run")) == KEPT
    snapshots = records.journal("run") / "snapshots"
    for path in snapshots.iterdir():
        path.unlink()
    snapshots.rmdir()
    snapshots.symlink_to(tmp_path)
    (tmp_path / "000000001.npz").write_bytes(b"mine")
    with pytest.raises(InvalidSetting, match="holds a link"):
        archives.zipped("run")
    (run.parent / "led-away").symlink_to(run)
    with pytest.raises(InvalidSetting, match="is a link"):
        archives.zipped("led-away")


@pytest.mark.parametrize("name", ["../run", "", ".jobs", "a/b"])
def test_a_path_is_no_name(run, name):
    for ask in (archives.size, archives.zipped):
        with pytest.raises(InvalidSetting, match="A run's name"):
            ask(name)


def test_what_is_not_there_or_too_large_is_refused(run):
    assert archives.size("nowhere") == 0
    with pytest.raises(CheckpointError, match="no checkpoint that can be read"):
        archives.zipped("nowhere")
    with pytest.raises(InvalidSetting, match="copy it"):
        archives.zipped("run", most=archives.size("run") - 1)


def test_a_folder_that_is_replaced_all_the_time_is_read_of_one_moment(run):
    checkpoint = checkpoints.open_checkpoint(run)
    weights, stop = checkpoints.read_weights(checkpoint), threading.Event()

    def replaced():
        epoch = 0
        while not stop.is_set():
            epoch += 1
            recipe = replace(checkpoint.recipe, epoch=1 + epoch % 9)
            history = [{"epoch": recipe.epoch}] * recipe.epoch
            checkpoints.save(run, recipe, weights, history)

    writer = threading.Thread(target=replaced)
    writer.start()
    try:
        for _ in range(20):
            archive = zipfile.ZipFile(io.BytesIO(archives.zipped("run")))
            config = archive.read("run/config.json").decode()
            lines = archive.read("run/history.jsonl").splitlines()
            assert f'"epoch": {len(lines)},' in config or lines == [b'{"epoch": 1, "loss": 1.0}']
    finally:
        stop.set()
        writer.join()


def test_storage_counts_what_lies_in_the_runs_folder_alone(run, tmp_path):
    (tmp_path / "large").write_bytes(bytes(10_000_000))
    before = storage.storage()
    (run.parent / "link").symlink_to(tmp_path)
    (run / "linked").symlink_to(tmp_path / "large")
    (records.jobs_root() / "other").mkdir()
    (records.jobs_root() / "other" / records.JOB).write_bytes(bytes(1000))
    after = storage.storage()
    assert (before.runs, after.runs) == (1, 2)
    assert after.used == before.used + 1000
    files = [path for path in run.parent.rglob("*") if path.is_file() and not path.is_symlink()]
    assert after.used == sum(path.stat().st_size for path in files)
    assert after.free > 0


def test_storage_of_a_folder_that_is_not_there_yet(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "not" / "yet"))
    found = storage.storage()
    assert (found.runs, found.used) == (0, 0)
    assert found.free > 0
