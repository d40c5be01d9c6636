"""Our Adam is PyTorch's, bit for bit, and starts without PyTorch's compiler."""

import subprocess
import sys

import pytest
import torch
from torch import nn

from tests.commands import ONE_EPOCH, ROOT
from vae_explorer.training.optimizers import Adam


def slopes(layers: nn.Module, seed: int) -> None:
    """Other slopes at every step; the last parameter gets none at the first."""
    generator = torch.Generator().manual_seed(seed)
    for index, parameter in enumerate(layers.parameters()):
        parameter.grad = None if (seed, index) == (0, 3) else torch.randn(parameter.shape, generator=generator)


def layers() -> nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(nn.Conv2d(3, 4, 3), nn.Linear(4, 5)).to(memory_format=torch.channels_last)


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.5, 0.9)])
def test_it_takes_the_steps_of_pytorchs_own(betas):
    mine, its = layers(), layers()
    ours = Adam(mine.parameters(), 1e-3, betas)
    theirs = torch.optim.Adam(its.parameters(), lr=1e-3, betas=betas, fused=True)
    for step in range(20):
        ours.lr = theirs.param_groups[0]["lr"] = 1e-3 / (step + 1)
        slopes(mine, step)
        slopes(its, step)
        ours.step()
        theirs.step()
    packed = ours.pack("adam")
    for index, (one, other) in enumerate(zip(mine.parameters(), its.parameters(), strict=True)):
        assert torch.equal(one, other)
        for key, value in theirs.state[other].items():
            assert (packed[f"adam.{index}.{key}"] == value.numpy()).all()
    ours.zero_grad()
    assert all(parameter.grad is None for parameter in mine.parameters())


def test_a_state_that_was_taken_up_goes_on_bit_for_bit():
    whole, cut = layers(), layers()
    first, second = Adam(whole.parameters(), 1e-3), Adam(cut.parameters(), 1e-3)
    for step in range(1, 6):
        if step == 3:
            packed, second = second.pack("adam"), Adam(cut.parameters(), 1e-3)
            second.unpack("adam", packed)
        for model, optimizer in ((whole, first), (cut, second)):
            slopes(model, step)
            optimizer.step()
    assert all(torch.equal(*pair) for pair in zip(whole.parameters(), cut.parameters(), strict=True))


@pytest.mark.process
def test_training_starts_without_what_takes_seconds_to_import(tmp_path):
    """From a click to the first point of the loss curve: PyTorch's compiler and scikit-learn are half of the wait."""
    code = (
        "import sys; from vae_explorer.cli import main; code = main(sys.argv[1:]); "
        "sys.exit(code or [name for name in ('torch._dynamo', 'sklearn', 'scipy') if name in sys.modules] or 0)"
    )
    words = [*ONE_EPOCH, "--out", str(tmp_path / "run"), "--journal", str(tmp_path / "journal")]
    answer = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr[-500:]
