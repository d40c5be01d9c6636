"""No command opens the app; a package without its app says so."""

import os
import shutil
import subprocess
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


@pytest.mark.process
def test_without_its_settings_and_without_an_address_it_does_not_listen_on_every_interface(tmp_path):
    shutil.copy(app.APP, tmp_path)
    (tmp_path / "vae_explorer").symlink_to(app.APP.parent / "vae_explorer")
    command = [sys.executable, "-m", "streamlit", "run", app.APP.name, "--server.headless", "true"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("error: .streamlit/config.toml is not beside app.py")
