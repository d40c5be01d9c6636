"""The processes that torchrun started, as Ranks: gradients are averaged by PyTorch's DistributedDataParallel."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.autograd import Function
from torch.autograd.function import once_differentiable
from torch.nn.parallel import DistributedDataParallel

from vae_explorer.errors import TrainingStopped
from vae_explorer.models.vae import VAE, Output
from vae_explorer.torchrun import Place
from vae_explorer.training.ranks import Ranks

STEP = timedelta(seconds=50)
"""Longest wait for the others within a step, at which all are: what one dead process takes of the others' time."""
PATIENT = timedelta(minutes=30)
"""Longest wait for what one does alone, such as fetching a data set, measuring and writing."""
BUCKET_MB = 25
"""Of slopes in a message. PyTorch's own default, but that it begins with one of 1 MB, which most models here exceed."""
MOST_FIGURES = 3
"""Loss, distortion and rate; beside them, each unit's KL."""
BACKENDS = {"cpu": "gloo", "cuda": "nccl"}
LOST = re.compile("gloo|NCCL|Connection (closed|reset)|Timed out waiting|Broken pipe")
"""What a collective says whose other end has gone: an error of a kind of its own does not always come."""


class _Gathered(Function):
    """Rows [K, B, …] out of every process's own.

    Every process computes the same loss of them, so a gradient need not be sent back: it is the same everywhere. The
    mean over processes, which the weights are given, makes the sum of their parts out of as many times each part.
    """

    @staticmethod
    def forward(ctx: Any, own: Tensor, group: dist.ProcessGroup) -> Tensor:
        ctx.index, ctx.count = group.rank(), group.size()
        parts = [torch.empty_like(own, memory_format=torch.contiguous_format) for _ in range(ctx.count)]
        dist.all_gather(parts, own.contiguous(), group)
        return torch.cat(parts, 1)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, slope: Tensor) -> tuple[Tensor, None]:  # type: ignore[override]
        return slope.chunk(ctx.count, 1)[ctx.index] * ctx.count, None


class _Laden(nn.Module):
    """A model, and a weight whose slopes are figures: a message of their own would take as long as all slopes do."""

    def __init__(self, model: VAE) -> None:
        super().__init__()
        self.model = model
        device = next(model.parameters()).device
        self.load = nn.Parameter(torch.zeros(MOST_FIGURES + model.config.latent_dim, device=device))

    def forward(self, x: Tensor, eps: Tensor, y: Tensor | None) -> Output:
        return self.model(x, eps, y)


class Group(Ranks):
    """One process of several that are joined."""

    def __init__(self, place: Place, device: str) -> None:
        self.index, self.local, self.count = place.index, place.local, place.count
        prompt = dist.new_group(timeout=STEP, backend=BACKENDS[device])
        assert isinstance(prompt, dist.ProcessGroup)  # a number only for a process that is not of the group
        self._prompt = prompt
        self._load: nn.Parameter | None = None

    def own(self, rows: Tensor, draws: int = 1) -> Tensor:
        return rows.unflatten(0, (draws, -1)).chunk(self.count, 1)[self.index].flatten(0, 1)

    def gathered(self, own: Tensor, draws: int = 1) -> Tensor:
        return _Gathered.apply(own.unflatten(0, (draws, -1)), self._prompt).flatten(0, 1)

    def shared(self, model: VAE) -> DistributedDataParallel:
        # said of planes of one channel, whose strides are two ways to say the same
        warnings.filterwarnings("ignore", "Grad strides do not match bucket view strides", UserWarning)
        laden = _Laden(model)
        self._load = laden.load
        return DistributedDataParallel(
            laden,
            process_group=self._prompt,
            bucket_cap_mb=BUCKET_MB,
            forward_sync_buffers=False,
            gradient_as_bucket_view=True,
        )

    def descend(self, loss: Tensor, figures: Tensor) -> Tensor:
        assert self._load is not None
        self._load.grad = None
        load = self._load[: len(figures)]
        (loss + (load * figures.detach()).sum()).backward()
        assert self._load.grad is not None
        return self._load.grad[: len(figures)].clone()

    def agreed(self, said: bool) -> bool:
        flag = torch.tensor([said], dtype=torch.uint8)
        dist.broadcast(flag, 0)
        return bool(flag.item())

    def wait(self) -> None:
        dist.barrier()


@contextmanager
def joined(place: Place, device: str) -> Iterator[Group]:
    """This process among all that torchrun started with it, once every one of them has come.

    Raises:
        TrainingStopped: when another one has ended, or does not answer.
    """
    if device == "cuda":
        torch.cuda.set_device(place.local)
    try:
        dist.init_process_group("gloo", timeout=PATIENT)
        yield Group(place, device)
    except RuntimeError as error:
        if not (isinstance(error, dist.DistError) or LOST.search(str(error))):
            raise
        told = f"Process {place.index + 1} of {place.count} has lost another one, which ended or does not answer"
        raise TrainingStopped(f"{told}; the last whole epoch is kept. Go on with --resume.") from error
    finally:
        if dist.is_initialized():
            dist.destroy_process_group()
