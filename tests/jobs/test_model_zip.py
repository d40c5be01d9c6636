"""A zip of a model is a run again; of anything else nothing is left."""

import io
import zipfile

import pytest

from tests.conftest import save_tiny
from vae_explorer import checkpoints
from vae_explorer.errors import CheckpointError, ExplorerError, InvalidSetting, StorageError
from vae_explorer.jobs import archives, model_zip


@pytest.fixture
def data(runs_root, digits) -> bytes:
    save_tiny(runs_root / "run", digits)
    return archives.zipped("run")


def changed(data: bytes, **contents: bytes | None) -> bytes:
    """With other contents of files by name, their dots as underscores; None leaves a file out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            found = contents.get(name.rpartition("/")[2].replace(".", "_"), old.read(name))
            if found is not None:
                new.writestr(name, found)
    return buffer.getvalue()


def test_a_downloaded_model_is_that_model_again(data, runs_root):
    version = checkpoints.open_checkpoint(runs_root / "run").version
    assert model_zip.unzipped(io.BytesIO(data)) == "run-2"
    assert checkpoints.open_checkpoint(runs_root / "run-2").version == version


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"weights_safetensors": b"other"}, CheckpointError),
        ({"weights_safetensors": None}, CheckpointError),
        ({"config_json": b"{}"}, CheckpointError),
        ({"config_json": None}, InvalidSetting),
    ],
)
def test_files_that_do_not_belong_together_leave_nothing(change, kind, data, runs_root):
    with pytest.raises(kind):
        model_zip.unzipped(io.BytesIO(changed(data, **change)))
    assert [path.name for path in runs_root.iterdir() if not path.name.startswith(".")] == ["run"]


def test_a_file_outside_a_models_folder_is_not_written(data, runs_root, tmp_path):
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("../climbed.txt", "up")
        archive.writestr("run/stranger.sh", "rm")
    name = model_zip.unzipped(buffer)
    assert checkpoints.strangers(runs_root / name) == []
    assert not list(tmp_path.rglob("climbed.txt"))


def test_too_many_bytes_no_archive_and_a_bad_name_are_refused(data, runs_root):
    with pytest.raises(InvalidSetting, match="larger than"):
        model_zip.unzipped(io.BytesIO(data), most=10)
    for cut in (data[:100], b"", b"no zip"):
        with pytest.raises(StorageError):
            model_zip.unzipped(io.BytesIO(cut))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../config.json", "{}")
    with pytest.raises(ExplorerError):
        model_zip.unzipped(buffer)
    assert [path.name for path in runs_root.iterdir() if not path.name.startswith(".")] == ["run"]
