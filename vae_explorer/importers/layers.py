"""The layers of weights in a file: their tensors by the place that names them, and what their shapes say."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

NORM_EPS = 1e-5
"""Added to a running variance by PyTorch's batch norms unless they are told otherwise; no file says it."""


class Layer(NamedTuple):
    """One layer of weights."""

    path: str
    """Where it stands in its network, such as "encoder.0"."""
    tensors: Mapping[str, np.ndarray]

    @property
    def weight(self) -> np.ndarray:
        """Its weight: [outputs, inputs], a convolution's with a kernel behind, or a norm's [channels]."""
        return self.tensors["weight"]

    @property
    def is_norm(self) -> bool:
        """Whether it is a batch norm with running statistics."""
        return "running_var" in self.tensors

    def bias(self, outputs: int) -> np.ndarray:
        """Its bias, 0 where it has none."""
        return self.tensors.get("bias", np.zeros(outputs, np.float32))

    @property
    def scale(self) -> tuple[np.ndarray, np.ndarray]:
        """What a batch norm in use multiplies by and adds, for each channel."""
        mean, deviation = self.tensors["running_mean"], np.sqrt(self.tensors["running_var"] + NORM_EPS)
        factor = self.tensors.get("weight", np.ones_like(mean)) / deviation
        return factor, self.tensors.get("bias", np.zeros_like(mean)) - mean * factor

    @property
    def place(self) -> int | None:
        """Its number in a sequence, whose gaps tell of layers without weights; None of a layer with a name."""
        last = self.path.rpartition(".")[2]
        return int(last) if last.isdigit() else None


def layers_of(state: Mapping[str, np.ndarray]) -> dict[str, Layer]:
    """The layers by path, the first part of the path left out where all have it in common."""
    found: dict[str, dict[str, np.ndarray]] = {}
    for name, value in stripped(state).items():
        path, _, leaf = name.rpartition(".")
        found.setdefault(path, {})[leaf] = value
    return {path: Layer(path, found[path]) for path in in_order(found)}


def stripped(state: Mapping[str, np.ndarray]) -> Mapping[str, np.ndarray]:
    """Names without what wrappers put before all of them, such as "module." or "model."."""
    firsts = {name.partition(".")[0] for name in state}
    if len(firsts) != 1 or not all("." in name.partition(".")[2] for name in state):
        return state
    return stripped({name.partition(".")[2]: value for name, value in state.items()})


def in_order(paths: Iterable[str]) -> list[str]:
    """Paths as a person numbers them: 2 before 10, whatever order a file keeps them in."""
    return sorted(
        paths, key=lambda path: [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _parts(path)]
    )


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"(\d+)", path) if part]
