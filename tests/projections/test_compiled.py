"""Where numba keeps what it compiles, by what can be written."""

import os
from pathlib import Path

import pytest

from vae_explorer.projections import compiled


@pytest.fixture(autouse=True)
def bare(tmp_path, monkeypatch):
    """No place of the person's own; what ends on “locked” cannot be written, and neither can packages."""
    monkeypatch.setenv(compiled.PLACE, "")
    monkeypatch.setenv("HOME", str(tmp_path / "locked"))
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))
    (tmp_path / "locked").mkdir()
    mine = lambda path, mode: str(path).startswith(str(tmp_path)) and "locked" not in str(path)  # noqa: E731
    monkeypatch.setattr(compiled.os, "access", mine)


def test_it_is_our_cache_where_neither_packages_nor_home_can_be_written(tmp_path):
    compiled.keep_compiled()
    assert os.environ[compiled.PLACE] == str(tmp_path / "cache" / "numba")


def test_it_is_gone_with_the_process_where_our_cache_cannot_be_written_either(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled.tempfile, "tempdir", str(tmp_path))
    (tmp_path / "cache").write_text("a file")
    compiled.keep_compiled()
    assert Path(os.environ[compiled.PLACE]).parent == tmp_path


def test_it_is_numba_s_own_choice_where_there_is_one_and_a_person_s_before(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    compiled.keep_compiled()
    assert not os.environ[compiled.PLACE]
    monkeypatch.setenv("HOME", str(tmp_path / "locked"))
    monkeypatch.setenv(compiled.PLACE, "chosen")
    compiled.keep_compiled()
    assert os.environ[compiled.PLACE] == "chosen"
