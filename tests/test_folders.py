"""Single files written whole; folders are under test with the checkpoints they hold."""

from pathlib import Path

import pytest

from vae_explorer import folders
from vae_explorer.errors import StorageError


class Kill(BaseException):
    """Stands for a kill: no handler of ours may swallow it."""


def test_a_file_is_written_into_a_folder_that_is_made(tmp_path):
    path = tmp_path / "new" / "deep" / "a.png"
    folders.write_file(path, b"one")
    folders.write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [found.name for found in path.parent.iterdir()] == ["a.png"]


@pytest.mark.parametrize("step", ["_write_file", "rename"])
def test_a_kill_leaves_the_old_file_and_the_next_write_tidies_up(tmp_path, monkeypatch, step):
    path = tmp_path / "a.png"
    folders.write_file(path, b"old")

    def dying(*args):
        raise Kill

    with monkeypatch.context() as patch:
        patch.setattr(*((folders, step) if step == "_write_file" else (Path, step)), dying)
        with pytest.raises(Kill):
            folders.write_file(path, b"new")
    assert path.read_bytes() == b"old"
    folders.write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [found.name for found in tmp_path.iterdir()] == ["a.png"]


def test_what_cannot_be_written_is_one_sentence_and_changes_nothing(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    folders.write_file(path, b"old")
    (tmp_path / "folder").mkdir()
    for bad in (Path("/proc/nowhere/a.png"), path / "b.png", tmp_path / "folder"):
        with pytest.raises(StorageError, match=f"{bad.name} cannot be written"):
            folders.write_file(bad, b"new")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_write_file", full)
    with pytest.raises(StorageError, match=r"a\.png cannot be written: No space left on device"):
        folders.write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.png", "folder"]


def test_folders_beside_the_files_are_kept_and_nothing_is_lost_where_they_cannot_be(tmp_path, monkeypatch):
    def found() -> dict[str, bytes]:
        return {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    folder = tmp_path / "run"
    folders.write_folder(folder, {"a": b"old"})
    folders.write_file(folder / "maps" / "m", b"kept")
    folders.write_file(folder / "others" / "o", b"not kept")
    folders.write_folder(folder, {"a": b"new"}, beside=("maps", "absent"))
    assert found() == {"run/a": b"new", "run/maps/m": b"kept"}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.shutil, "copytree", full)
    with pytest.raises(StorageError, match="run cannot be written: No space left"):
        folders.write_folder(folder, {"a": b"newer"}, beside=("maps",))
    assert found() == {"run/a": b"new", "run/maps/m": b"kept"}


@pytest.mark.parametrize("step", [(folders, "_sync"), (folders.shutil, "rmtree")])
def test_a_kill_leaves_a_folder_whole_or_deletes_it(tmp_path, monkeypatch, step):
    folder = tmp_path / "run"
    folders.write_folder(folder, {"a": b"a", "b": b"b"})

    def dying(*args, **kwargs):
        raise Kill

    with monkeypatch.context() as patch:
        patch.setattr(*step, dying)
        with pytest.raises(Kill):
            folders.remove(folder)
    assert sorted(path.name for path in folder.glob("*")) in (["a", "b"], [])
    assert folders.names(tmp_path) in ({"run"}, set())
    folders.remove(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_a_kill_left_in_its_old_place_is_deleted_or_moved_from_there(tmp_path):
    for act in (folders.remove, lambda folder: folders.move(folder, tmp_path / "moved")):
        (tmp_path / ".run.old").mkdir()
        act(tmp_path / "run")
        assert "run" not in folders.names(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["moved"]


def test_what_cannot_be_deleted_or_moved_is_one_sentence(tmp_path, monkeypatch):
    def refused(*args):
        raise PermissionError(13, "Permission denied")

    folder = tmp_path / "run"
    folder.mkdir()
    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(StorageError, match=r"run cannot be deleted: Permission denied\."):
        folders.remove(folder)
    with pytest.raises(StorageError, match=r"run cannot be renamed: Permission denied\."):
        folders.move(folder, tmp_path / "other")
    assert folder.is_dir()
