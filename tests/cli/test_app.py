"""No command opens the app; a package without its app says so."""

import os
import sys

import pytest

from vae_explorer.cli import app, main
from vae_explorer.errors import ExplorerError


def test_no_command_becomes_streamlit(monkeypatch):
    became: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, words: became.append([program, *words[1:]]))
    assert main([]) == 0
    assert became == [[sys.executable, "-m", "streamlit", "run", str(app.APP)]]
    assert app.APP.is_file()


def test_a_package_without_its_app_says_what_to_do(tmp_path):
    with pytest.raises(ExplorerError, match="pip install -e"):
        app.open_app(tmp_path / "app.py")
