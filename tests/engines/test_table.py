"""The table of engines: what each row says and needs; what is refused at its door."""

import importlib.util
import socket
from pathlib import Path

import pytest

from tests.engines.conftest import swept
from vae_explorer import engines
from vae_explorer.engines import ENGINES, ray_cluster
from vae_explorer.errors import InvalidSetting, MissingExtra, UnknownName

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ENGINES)
def test_a_row_says_what_it_needs(name, monkeypatch):
    row = ENGINES[name]
    assert engines.choice(name) == (name, row, "")
    assert engines.title(name) == row.title
    with pytest.raises(InvalidSetting, match="address"):
        engines.choice(f"{name}:" if row.address else f"{name}:somewhere")
    if row.package:
        assert row.package in (ROOT / row.extra).read_text().partition("==")[0]
        monkeypatch.setattr(importlib.util, "find_spec", lambda package: None)
        with pytest.raises(MissingExtra, match=rf"on {row.title} .* run `pip install -r {row.extra}`\.$"):
            engines.choice(name)


def test_an_engine_that_nobody_knows_is_refused():
    with pytest.raises(UnknownName, match="no engine “spark”; known are local, ray, slurm"):
        engines.choice("spark")


@pytest.mark.parametrize("address", ["here", "here:", "here:port", ":6379", "here:70000"])
def test_what_is_no_address_of_ray_is_refused_in_one_line(address, runs_root, capsys):
    code, _, said = swept(capsys, f"ray:{address}", "1", 1)
    assert (code, said.count("\n"), "HOST:PORT" in said) == (2, 1, True)


def test_an_address_that_does_not_answer_is_refused_in_one_line(runs_root, capsys, monkeypatch):
    """One refuses, one takes what is said and keeps silent."""
    monkeypatch.setattr(ray_cluster, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for port in (silent.getsockname()[1], 1):
            code, _, said = swept(capsys, f"ray:127.0.0.1:{port}", "1", 1)
            assert (code, said.count("\n")) == (2, 1)
            assert said.startswith(f"error: No cluster of Ray answers at 127.0.0.1:{port} within")
    assert ray_cluster.PATIENCE <= 10
    assert not runs_root.exists()
