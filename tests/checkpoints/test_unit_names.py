"""Names of units: kept whatever rewrites the folder, never the reason why a model cannot be opened."""

import io
import json
import logging
import os
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import save_tiny
from vae_explorer import checkpoints, folders, runs
from vae_explorer.checkpoints import UNIT_NAMES, Checkpoint, catalogue, read_unit_names, store_unit_name, unit_names
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.errors import CheckpointError, InvalidSetting, StorageError
from vae_explorer.jobs import archives, housekeeping, records
from vae_explorer.projections.store import SHIPPED

NAME = "x <b>position</b> & [y](z)"
MLP = ModelConfig("mlp", (1, 28, 28), 3, (16,))


@pytest.fixture
def run(tmp_path, monkeypatch, digits) -> Checkpoint:
    """A run of three units, of which unit 1 has a name."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    checkpoint = save_tiny(tmp_path / "run", digits)
    store_unit_name(checkpoint, 1, NAME)
    return checkpoint


def test_a_name_is_read_back_as_it_was_given_and_an_empty_one_removes_it(run):
    store_unit_name(run, 0, "  Größe 大小 ")
    assert read_unit_names(run) == {0: "Größe 大小", 1: NAME}
    store_unit_name(run, 1, "stroke")
    store_unit_name(run, 0, "  ")
    assert read_unit_names(run) == {1: "stroke"}
    store_unit_name(run, 1, "")
    assert read_unit_names(run) == {}


def test_the_name_that_stands_is_not_written_another_time(tmp_path, digits, run):
    nameless = save_tiny(tmp_path / "nameless", digits)
    store_unit_name(nameless, 0, " ")
    assert not (nameless.folder / UNIT_NAMES).exists()
    before = (run.folder / UNIT_NAMES).stat().st_mtime_ns
    store_unit_name(run, 1, NAME)
    assert (run.folder / UNIT_NAMES).stat().st_mtime_ns == before


def test_a_name_changes_no_version_and_reads_no_weights_again(run, monkeypatch):
    assert catalogue.find("run").version == run.version
    monkeypatch.setattr(checkpoints, "open_checkpoint", lambda folder: pytest.fail("opened again"))
    store_unit_name(run, 2, "width")
    assert catalogue.find("run").version == run.version


def test_another_process_is_seen_at_once(run):
    assert read_unit_names(run) == {1: NAME}
    folders.write_file(run.folder / UNIT_NAMES, json.dumps({"1": NAME[::-1]}).encode())
    assert read_unit_names(run) == {1: NAME[::-1]}


def test_all_of_many_names_given_at_once_are_kept(tmp_path, digits):
    checkpoint = save_tiny(tmp_path / "wide", digits, latent_dim=12)
    threads = [threading.Thread(target=store_unit_name, args=(checkpoint, unit, f"n{unit}")) for unit in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_unit_names(checkpoint) == {unit: f"n{unit}" for unit in range(12)}


@pytest.mark.parametrize(
    "name",
    [
        "x" * 41,
        "x" * 5_000,
        "a\nb",
        "a\u2028b",
        "a\tb",
        "a\0b",
        "\u202eevil",
        "a\u2066b",
        "a\u200bb",
        "\ud800",
        "\ue000",
    ],
    ids=ascii,
)
def test_a_name_that_is_none_is_refused_in_one_short_line(run, name):
    with pytest.raises(InvalidSetting, match=r"A unit's name .*, not .*;.*\.$") as refused:
        store_unit_name(run, 0, name)
    said = str(refused.value)
    assert len(said) < 200
    assert said.isprintable()
    assert read_unit_names(run) == {1: NAME}


@pytest.mark.parametrize("unit", [-1, 3])
def test_a_unit_that_the_model_has_not_gets_no_name(run, unit):
    with pytest.raises(InvalidSetting, match=f"unit must be from 0 to 2, not {unit}"):
        store_unit_name(run, unit, "a")


DAMAGED = {
    "empty": b"",
    "no JSON": b'{"1": "a',
    "no object": b'["a"]',
    "no such unit": b'{"3": "a"}',
    "negative": b'{"-1": "a"}',
    "huge": b'{"' + b"9" * 5_000 + b'": "a"}',
    "two spellings": b'{"01": "a"}',
    "no text": b'{"1": 5}',
    "no name": b'{"1": ""}',
    "long": json.dumps({"1": "x" * 41}).encode(),
    "two lines": b'{"1": "a\\nb"}',
    "turned": b'{"1": "\\u202eb"}',
    "deep": b"[" * 100_000,
    "bytes": b"\xff\xfe",
    "1 MiB": b'{"1": "a"}' + b" " * unit_names.MAX_BYTES,
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_means_no_names_one_line_in_the_log_and_no_harm(run, caplog, kind):
    (run.folder / UNIT_NAMES).write_bytes(DAMAGED[kind])
    with caplog.at_level(logging.WARNING):
        assert read_unit_names(run) == read_unit_names(run) == {}
    assert len(caplog.records) == 1
    assert catalogue.find("run").version == run.version
    store_unit_name(run, 2, "width")
    assert read_unit_names(run) == {2: "width"}


@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_file_is_not_opened(run, tmp_path, kind):
    path = run.folder / UNIT_NAMES
    path.unlink()
    (tmp_path / "elsewhere").write_text('{"0": "secret"}')
    make = {"folder": path.mkdir, "pipe": lambda: os.mkfifo(path), "link": lambda: path.symlink_to("../elsewhere")}
    make[kind]()
    assert read_unit_names(run) == {}


def test_a_place_that_cannot_be_written_is_one_sentence_and_keeps_the_names(run, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_write_file", full)
    with pytest.raises(StorageError, match=r"unit_names\.json cannot be written: No space left on device\."):
        store_unit_name(run, 0, "a")
    assert read_unit_names(run) == {1: NAME}


def test_a_model_that_is_gone_is_not_made_again_by_a_name(run):
    folders.remove(run.folder)
    with pytest.raises(CheckpointError, match="There is no folder run"):
        store_unit_name(run, 0, "a")
    assert not run.folder.exists()


def test_what_was_measured_since_is_in_no_names_way(run):
    again = checkpoints.store_measurements(run, checkpoints.read_measurements(run)._replace(results=()))
    assert read_unit_names(again) == {1: NAME}
    store_unit_name(run, 0, "width")
    assert read_unit_names(again) == {0: "width", 1: NAME}


def test_embedding_keeps_the_names(run, digits):
    checkpoint, _ = runs.measure(run.folder, run.recipe, digits)
    assert read_unit_names(checkpoint) == {1: NAME}


def test_a_run_between_its_old_and_its_new_folder_is_read_where_it_stands(run):
    run.folder.rename(run.folder.with_name(".run.old"))
    assert read_unit_names(run) == {1: NAME}
    assert read_unit_names(checkpoints.open_checkpoint(run.folder)) == {1: NAME}


def test_a_model_trained_anew_has_no_names_of_the_old_one(run):
    train = TrainConfig.of(epochs=2, batch_size=240, seed=7)
    (run.folder / SHIPPED).mkdir()
    runs.refuse_existing(run.folder, replace=True)
    named = []

    def look(*args):
        named.append((run.folder / UNIT_NAMES).exists())

    checkpoint, _ = runs.execute(runs.Plan("mlp-z2", "digits", MLP, train, run.folder), None, look)
    assert named == [False, False]
    assert read_unit_names(checkpoint) == {}
    with pytest.raises(CheckpointError, match="trained anew since it was opened"):
        store_unit_name(run, 0, "a")


def test_a_run_that_goes_on_keeps_its_names(tmp_path):
    class Interrupted(Exception):
        pass

    def interrupt(*args):
        raise Interrupted

    train = TrainConfig.of(epochs=2, batch_size=240, seed=7)
    planned = runs.Plan("mlp-z2", "digits", MLP, train, tmp_path / "run")
    with pytest.raises(Interrupted):
        runs.execute(planned, None, interrupt)
    half = checkpoints.open_checkpoint(planned.folder)
    store_unit_name(half, 1, NAME)
    checkpoint, _ = runs.execute(replace(planned, resumed=half), None, lambda *args: None)
    assert read_unit_names(checkpoint) == {1: NAME}


def test_names_go_along_in_the_archive_and_come_back_out_of_it(run, tmp_path, monkeypatch):
    archive = zipfile.ZipFile(io.BytesIO(archives.zipped("run")))
    assert f"run/{UNIT_NAMES}" in archive.namelist()
    assert archives.size("run") == sum(entry.file_size for entry in archive.infolist())
    archive.extractall(tmp_path / "elsewhere")
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "elsewhere"))
    assert read_unit_names(catalogue.find("run")) == {1: NAME}


def test_a_named_run_is_renamed_and_deleted_as_any_other(run):
    records.job_folder("run").mkdir(parents=True)
    housekeeping.rename("run", "other")
    assert read_unit_names(catalogue.find("other")) == {1: NAME}
    Path(records.run_folder("other") / f".{UNIT_NAMES}.new").write_bytes(b"half")
    housekeeping.delete("other")
    assert not records.run_folder("other").exists()
