"""Adam, and its state as plain arrays, so that a run goes on bit for bit."""

from collections.abc import Iterable, Mapping

import numpy as np
import torch
from torch import Tensor

from vae_explorer.errors import CheckpointError

MOMENTS = ("exp_avg", "exp_avg_sq")
MISFIT = "The state of training does not fit the model; train again from the start."


def adam(parameters: Iterable[Tensor], lr: float, betas: tuple[float, float] = (0.9, 0.999)) -> torch.optim.Adam:
    """Adam in one fused pass over the weights (Kingma & Ba 2015)."""
    return torch.optim.Adam(parameters, lr=lr, betas=betas, fused=True)


def to_array(values: Tensor) -> np.ndarray:
    """A copy in memory order C, whatever the tensor's."""
    return values.detach().cpu().numpy().copy()


def pack(optimizer: torch.optim.Adam, name: str) -> dict[str, np.ndarray]:
    """Steps and moments of every parameter, by name."""
    packed: dict[str, np.ndarray] = {}
    for index, parameter in enumerate(optimizer.param_groups[0]["params"]):
        for key, value in optimizer.state[parameter].items():
            packed[f"{name}.{index}.{key}"] = to_array(value)
    return packed


def unpack(optimizer: torch.optim.Adam, name: str, arrays: Mapping[str, np.ndarray]) -> None:
    """Take up what `pack` gave, each moment in the memory layout of its parameter, as the fused pass needs it.

    Raises:
        CheckpointError: when an array is missing or of another shape.
    """
    for index, parameter in enumerate(optimizer.param_groups[0]["params"]):
        state = {"step": torch.from_numpy(taken(arrays, f"{name}.{index}.step", ())).to(parameter.device)}
        for key in MOMENTS:
            stored = torch.from_numpy(taken(arrays, f"{name}.{index}.{key}", tuple(parameter.shape)))
            state[key] = torch.empty_like(parameter).copy_(stored)
        optimizer.state[parameter] = state


def taken(
    arrays: Mapping[str, np.ndarray], name: str, shape: tuple[int, ...], dtype: type[np.generic] = np.float32
) -> np.ndarray:
    """A copy of the array of this name.

    Raises:
        CheckpointError: when it is missing, or of another shape or type.
    """
    if name not in arrays or arrays[name].shape != shape or arrays[name].dtype != dtype:
        raise CheckpointError(MISFIT)
    return arrays[name].copy()
