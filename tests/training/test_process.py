"""What a process that trains is set up with."""

import pytest
import torch

from vae_explorer.errors import InvalidSetting, UnknownName
from vae_explorer.training import process


@pytest.fixture(autouse=True)
def restored():
    """The process as it was."""
    threads = torch.get_num_threads()
    yield
    torch.set_flush_denormal(False)
    torch.set_num_threads(threads)


def test_threads_are_set_only_when_they_are_given():
    process.prepare()
    assert process.threads() == torch.get_num_threads() == 1
    process.prepare(2)
    assert process.threads() == torch.get_num_threads() == 2


def test_denormals_count_as_nothing():
    smallest = torch.tensor([1e-40])
    assert (smallest * 1).item() > 0
    if not torch.set_flush_denormal(True):
        pytest.skip("this processor cannot flush denormals")
    torch.set_flush_denormal(False)
    process.prepare()
    assert (smallest * 1).item() == 0


def test_the_slowdown_is_a_ratio_and_leaves_the_threads_alone():
    process.prepare(2)
    assert process.slowdown() > 0
    assert torch.get_num_threads() == 2


def test_auto_takes_the_fastest_device_that_is_here(monkeypatch):
    monkeypatch.setitem(process.PRESENT, "cuda", lambda: False)
    monkeypatch.setitem(process.PRESENT, "mps", lambda: False)
    assert process.device("auto") == process.device("cpu") == "cpu"
    with pytest.raises(InvalidSetting, match="no mps device"):
        process.device("mps")
    monkeypatch.setitem(process.PRESENT, "mps", lambda: True)
    assert process.device("auto") == process.device("mps") == "mps"
    monkeypatch.setitem(process.PRESENT, "cuda", lambda: True)
    assert process.device("auto") == "cuda"


def test_an_unknown_device_lists_the_known():
    with pytest.raises(UnknownName, match="cuda, mps, cpu, auto"):
        process.device("tpu")
