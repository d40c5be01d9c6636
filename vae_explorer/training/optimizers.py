"""Adam, and its state as plain arrays, so that a run goes on bit for bit."""

from collections.abc import Iterable, Mapping

import numpy as np
import torch
from torch import Tensor
from torch.optim.adam import adam as adam_step

from vae_explorer.errors import CheckpointError

MOMENTS = ("exp_avg", "exp_avg_sq")
MISFIT = "The state of training does not fit the model; train again from the start."


class Adam:
    """Adam in one fused pass over the weights (Kingma & Ba 2015).

    PyTorch's own class imports its compiler, a second and a half in which nothing is trained; the pass is the same.
    """

    def __init__(self, parameters: Iterable[Tensor], lr: float, betas: tuple[float, float] = (0.9, 0.999)) -> None:
        self._parameters, self._betas = list(parameters), betas
        self._state: dict[int, dict[str, Tensor]] = {}
        self.lr = lr

    def zero_grad(self) -> None:
        """Forget the slopes."""
        for parameter in self._parameters:
            parameter.grad = None

    @torch.no_grad()
    def step(self) -> None:
        """One step against the slopes; a parameter that has none stays as it is."""
        found = [(index, one, one.grad) for index, one in enumerate(self._parameters) if one.grad is not None]
        states = [self._state.get(index) or self._begun(index) for index, _, _ in found]
        first, second = ([state[key] for state in states] for key in MOMENTS)
        adam_step(
            [one for _, one, _ in found],
            [slope for _, _, slope in found],
            first,
            second,
            [],
            [state["step"] for state in states],
            fused=True,
            amsgrad=False,
            beta1=self._betas[0],
            beta2=self._betas[1],
            lr=self.lr,
            weight_decay=0.0,
            eps=1e-8,
            maximize=False,
        )

    def pack(self, name: str) -> dict[str, np.ndarray]:
        """Steps and moments of every parameter, by name."""
        return {
            f"{name}.{index}.{key}": to_array(value)
            for index, state in sorted(self._state.items())
            for key, value in state.items()
        }

    def unpack(self, name: str, arrays: Mapping[str, np.ndarray]) -> None:
        """Take up what `pack` gave, each moment in the memory layout of its parameter, as the fused pass needs it.

        Raises:
            CheckpointError: when an array is missing or of another shape.
        """
        for index, parameter in enumerate(self._parameters):
            state = {"step": torch.from_numpy(taken(arrays, f"{name}.{index}.step", ())).to(parameter.device)}
            for key in MOMENTS:
                stored = torch.from_numpy(taken(arrays, f"{name}.{index}.{key}", tuple(parameter.shape)))
                state[key] = torch.empty_like(parameter).copy_(stored)
            self._state[index] = state

    def _begun(self, index: int) -> dict[str, Tensor]:
        parameter = self._parameters[index]
        moments = {key: torch.zeros_like(parameter) for key in MOMENTS}
        self._state[index] = {"step": torch.zeros((), device=parameter.device), **moments}
        return self._state[index]


def to_array(values: Tensor) -> np.ndarray:
    """A copy in memory order C, whatever the tensor's."""
    return values.detach().cpu().numpy().copy()


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
