"""Round trips, corruption of every file, and kills at any moment of a write."""

import contextlib
import io
import json
import re
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import save_tiny
from tests.kinds import FOREIGN, IMPORTED, KINDS, made_up_latents, save_kind
from vae_explorer import checkpoints, folders, models, runs
from vae_explorer.checkpoints import Checkpoint, catalogue, latents_npz
from vae_explorer.checkpoints.catalogue import MODELS
from vae_explorer.checkpoints.folder import config_bytes
from vae_explorer.errors import CheckpointError, InvalidSetting, StorageError

pytestmark = pytest.mark.thorough

FILES = (
    checkpoints.CONFIG,
    checkpoints.WEIGHTS,
    checkpoints.HISTORY,
    checkpoints.METRICS,
    checkpoints.LATENTS,
)


def test_where_an_imported_model_came_from_is_read_back(tmp_path):
    saved = save_kind(tmp_path / "imported", FOREIGN)
    assert checkpoints.open_checkpoint(saved.folder).recipe.imported == IMPORTED
    assert (saved.recipe.weight, saved.recipe.seed, saved.recipe.objective) == (None, None, "imported")
    assert not saved.recipe.differs_in_seed_alone(replace(saved.recipe, train=replace(saved.recipe.train, seed=3)))


@pytest.mark.parametrize(
    "strange",
    [{"margin": "0.4"}, {"layout": "x" * 201}, {"decided": {"activation": 3}}, {"images": -1}, {"more": 1}],
    ids=str,
)
def test_a_malformed_origin_is_refused(strange, tmp_path):
    saved = save_kind(tmp_path / "imported", FOREIGN)
    path = saved.folder / checkpoints.CONFIG
    values = json.loads(path.read_text())
    values["imported"] |= strange
    path.write_text(json.dumps(values))
    with pytest.raises(CheckpointError, match=r"imported is malformed|incomplete or malformed"):
        checkpoints.open_checkpoint(saved.folder)


def test_everything_is_read_back(tiny):
    again = checkpoints.open_checkpoint(tiny.folder)
    assert again == tiny
    assert checkpoints.read_history(again) == [{"epoch": 1, "loss": 1.0}]
    assert json.loads((again.folder / checkpoints.METRICS).read_text())["n"] == 360
    latents = checkpoints.read_latents(again)
    assert latents.mu.shape == (360, 3)
    assert (latents.dataset, latents.split) == ("digits", "test")
    weights = checkpoints.read_weights(again)
    assert all(np.array_equal(weights[name], value) for name, value in models.weights(MODELS.get(tiny)).items())


def test_the_version_names_the_content(tmp_path, digits):
    first, same = save_tiny(tmp_path / "a", digits), save_tiny(tmp_path / "b", digits)
    other = save_tiny(tmp_path / "c", digits, seed=1)
    assert first.version == same.version != other.version


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tiny, name):
    (tiny.folder / name).unlink()
    with pytest.raises(CheckpointError, match=f"{name} is missing"):
        checkpoints.open_checkpoint(tiny.folder)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_truncated_file_is_named(tiny, name):
    path = tiny.folder / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CheckpointError, match=f"{name} is truncated"):
        checkpoints.open_checkpoint(tiny.folder)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_corrupt_file_is_named(tiny, name):
    path = tiny.folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(CheckpointError, match=f"{name} is corrupt"):
        checkpoints.open_checkpoint(tiny.folder)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 2}', '{"format": 1}', '{"format": 1, "files": 3}', "[" * 100_000, "\xff"],
    ids=lambda text: text[:12],
)
def test_a_malformed_manifest_is_refused(tiny, text):
    (tiny.folder / checkpoints.CONFIG).write_bytes(text.encode("latin-1"))
    with pytest.raises(CheckpointError):
        checkpoints.open_checkpoint(tiny.folder)


def test_a_manifest_cannot_name_files_elsewhere(tiny):
    path = tiny.folder / checkpoints.CONFIG
    values = json.loads(path.read_text())
    values["files"]["../../secret"] = {"bytes": 0, "sha256": ""}
    path.write_text(json.dumps(values))
    with pytest.raises(CheckpointError, match="does not list"):
        checkpoints.open_checkpoint(tiny.folder)


def test_a_manifest_with_bad_settings_says_which(tiny):
    path = tiny.folder / checkpoints.CONFIG
    values = json.loads(path.read_text())
    values["model"]["latent_dim"] = 10**9
    path.write_text(json.dumps(values))
    with pytest.raises(CheckpointError, match="latent_dim"):
        checkpoints.open_checkpoint(tiny.folder)


def _reseal(folder: Path, name: str, data: bytes) -> None:
    """Replace a file by one whose seal is right, as a hostile author would."""
    opened = checkpoints.open_checkpoint(folder)
    contents = {file: (folder / file).read_bytes() for file in opened.files} | {name: data}
    folders.write_folder(folder, {checkpoints.CONFIG: config_bytes(opened.recipe, contents), **contents})


def _with_latents(checkpoint: Checkpoint, data: bytes) -> Checkpoint:
    _reseal(checkpoint.folder, checkpoints.LATENTS, data)
    return checkpoints.open_checkpoint(checkpoint.folder)


def _npz(**arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def _claiming(values: int) -> bytes:
    """An archive whose mu claims a shape that no memory holds."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (values, 3)})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in (*latents_npz.NAMED, *latents_npz.ARRAYS, *latents_npz.DENSITIES):
            archive.writestr(f"{name}.npy", header.getvalue())
    return buffer.getvalue()


@pytest.mark.parametrize("field", ["epoch", "seconds"])
def test_absurd_numbers_in_a_manifest_are_refused(tiny, field):
    path = tiny.folder / checkpoints.CONFIG
    path.write_text(re.sub(rf'"{field}": [^,]*', f'"{field}": 1e999', path.read_text()))
    with pytest.raises(CheckpointError, match="not valid JSON"):
        checkpoints.open_checkpoint(tiny.folder)


def test_latents_with_pickles_shapes_or_values_that_do_not_fit_are_refused(tiny):
    good = dict(np.load(io.BytesIO((tiny.folder / checkpoints.LATENTS).read_bytes())))
    rate = {name: value for name, value in good.items() if name != "rate"}
    prior = {"prior_weights": np.ones(1), "prior_mu": np.zeros((1, 3)), "prior_logvar": np.zeros((1, 3))}
    checkpoints.read_latents(_with_latents(tiny, _npz(**good | prior)))
    hostile = {
        "pickle": _npz(**good | {"mu": np.array([object()], dtype=object)}),
        "shape": _npz(**good | {"label": good["label"][:-1]}),
        "nan": _npz(**good | {"mu": good["mu"] * np.nan}),
        "text": _npz(**good | {"nll": np.array(["x"] * 360)}),
        "missing": _npz(**{name: value for name, value in good.items() if name != "mu"}),
        "seed": _npz(**good | {"seed": np.array([1, 2])}),
        "kind": _npz(**{name: value for name, value in good.items() if name not in latents_npz.DENSITIES}),
        "half a posterior": _npz(**rate),
        "half a prior": _npz(**good | {"prior_mu": prior["prior_mu"]}),
        "a prior of no posterior": _npz(
            **{name: good[name] for name in (*latents_npz.NAMED, *latents_npz.ARRAYS)} | prior
        ),
        "a stranger": _npz(**good | {"more": np.zeros(3)}),
        "prior's shape": _npz(**good | prior | {"prior_mu": np.zeros((2, 3))}),
        "prior's width": _npz(**good | prior | {"prior_logvar": np.zeros((1, 2))}),
        "prior's weights": _npz(**good | prior | {"prior_weights": np.full(1, 0.5)}),
        "no Gaussian": _npz(**good | {name: value[:0] for name, value in prior.items()}),
        "prior's nan": _npz(**good | prior | {"prior_mu": np.full((1, 3), np.nan)}),
        "prior's variance": _npz(**good | prior | {"prior_logvar": np.full((1, 3), 1e4)}),
        "claims": _claiming(1 << 50),
        "garbage": b"PK\x03\x04 nonsense",
        "width": _npz(**good | {"mu": good["mu"][:, :2], "logvar": good["logvar"][:, :2], "kl_per_dim": np.ones(2)}),
    }
    for data in hostile.values():
        with pytest.raises(CheckpointError, match=r"latents\.npz"):
            checkpoints.read_latents(_with_latents(tiny, data))


@pytest.mark.parametrize("name", KINDS)
def test_latents_of_every_kind_are_read_back(tmp_path, name):
    latents = made_up_latents(KINDS[name], 3)
    again = checkpoints.read_latents(save_kind(tmp_path / name, KINDS[name]))
    assert (again.prior is None) == (KINDS[name].mixture == 0)
    for field in ("mu", "logvar", "label", "nll", "rate", "kl_per_dim"):
        assert np.array_equal(getattr(again, field), getattr(latents, field))
    for read, written in zip(again.prior or (), latents.prior or (), strict=True):
        assert np.array_equal(read, written)


def test_an_archive_that_would_unpack_to_too_much_is_refused(tiny):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mu.npy", bytes(1 << 25))
    _reseal(tiny.folder, checkpoints.LATENTS, buffer.getvalue())
    with pytest.raises(CheckpointError, match="unpack"):
        checkpoints.read_latents(checkpoints.open_checkpoint(tiny.folder), 1 << 24)


def test_weights_that_are_no_safetensors_are_refused(tiny):
    _reseal(tiny.folder, checkpoints.WEIGHTS, b"\xff" * 64)
    with pytest.raises(CheckpointError, match="safetensors"):
        checkpoints.read_weights(checkpoints.open_checkpoint(tiny.folder))


class Kill(BaseException):
    """Stands for a kill: no handler of ours may swallow it."""


@pytest.mark.parametrize("step", range(12))
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_checkpoint(tmp_path, digits, monkeypatch, step):
    folder = tmp_path / "one"
    old = save_tiny(folder, digits)
    new = save_tiny(tmp_path / "two", digits, seed=1).version
    calls = 0

    def dying(original):
        def call(*args, **kwargs):
            nonlocal calls
            calls += 1
            if calls > step:
                raise Kill
            return original(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(folders, "_write_file", dying(folders._write_file))
        patch.setattr(Path, "rename", dying(Path.rename))
        patch.setattr(folders.shutil, "rmtree", dying(folders.shutil.rmtree))
        with contextlib.suppress(Kill):
            save_tiny(folder, digits, seed=1)
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    assert catalogue.find("one").version in (old.version, new)
    with pytest.raises(InvalidSetting, match="exists already"):
        runs.refuse_existing(folder)
    assert save_tiny(folder, digits, seed=1).version == new
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_reader_never_disturbs_a_writer(tmp_path, digits, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    save_tiny(tmp_path / "one", digits)
    stop, absent, refused = threading.Event(), [], []

    def look():
        while not stop.is_set():
            absent.append("one" not in {entry.id for entry in catalogue.entries()})
            try:
                checkpoints.open_checkpoint(tmp_path / "one")
            except CheckpointError as error:
                refused.append(str(error))

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for seed in range(60):
            save_tiny(tmp_path / "one", digits, seed=seed)
    finally:
        stop.set()
        reader.join()
    assert len(absent) > 10
    assert refused == [], "what is replaced meanwhile is read anew"
    assert catalogue.find("one").version == checkpoints.open_checkpoint(tmp_path / "one").version


def test_the_version_names_the_recipe_too(tiny):
    path = tiny.folder / checkpoints.CONFIG
    values = json.loads(path.read_text())
    values["train"]["beta"] = 9.0
    path.write_text(json.dumps(values))
    assert checkpoints.open_checkpoint(tiny.folder).version != tiny.version


def test_an_unwritable_folder_leaves_the_old_checkpoint(tiny, digits, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_write_file", full)
    with pytest.raises(StorageError, match="No space left"):
        save_tiny(tiny.folder, digits, seed=1)
    assert checkpoints.open_checkpoint(tiny.folder) == tiny
