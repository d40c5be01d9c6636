"""Graph: an ONNX graph, run."""

import math

import numpy as np
import torch
from torch import Tensor

from vae_explorer.errors import CheckpointError
from vae_explorer.models.graph_file import GraphFile, library

BATCH = 256
"""Rows at a time: what lies between two layers is held for all of them at once."""


class Graph:
    """A function of batches, on the processor; other threads may call it at the same time.

    Raises:
        CheckpointError: when the steps of the file cannot be run here.
    """

    def __init__(self, file: GraphFile) -> None:
        library()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # threads that wait leave the cores
        options.log_severity_level = 4
        self.file, self._fixed = file, file.taken.sides[0]
        try:
            self._session = onnxruntime.InferenceSession(file.data, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # its kinds have no common base but this one
            raise CheckpointError(f"{file.name} cannot be run by onnxruntime: {_first_line(error)}") from error

    def __call__(self, x: Tensor) -> Tensor:
        """What it gives for x [B, …], each row flat and several outputs side by side: float32 [B, F].

        Raises:
            CheckpointError: when it does not take x, or gives no row for each of x.
        """
        size = self._fixed or BATCH
        parts = [self._flat(part.numpy(), size) for part in x.detach().float().contiguous().split(size)]
        return torch.from_numpy(np.concatenate(parts))

    def sides(self, x: Tensor) -> tuple[tuple[int, ...], ...]:
        """Of one row of each output for x; raises as a call does."""
        size = self._fixed or len(x)
        return tuple(one.shape[1:] for one in self._run(x[:size].numpy(), size))

    def _flat(self, x: np.ndarray, size: int) -> np.ndarray:
        arrays = self._run(x, size)
        flat = [one.reshape(len(x), math.prod(one.shape[1:])).astype(np.float32, copy=False) for one in arrays]
        return flat[0] if len(flat) == 1 else np.concatenate(flat, axis=1)

    def _run(self, x: np.ndarray, size: int) -> list[np.ndarray]:
        rows, taken = len(x), self.file.taken
        if self._fixed is not None and rows < size:
            x = np.concatenate((x, np.zeros((size - rows, *x.shape[1:]), x.dtype)))
        try:
            found = self._session.run(None, {taken.name: x.astype(taken.kind, copy=False)})
        except Exception as error:  # as above
            raise CheckpointError(f"{self.file.name} does not take {list(x.shape)}: {_first_line(error)}") from error
        arrays = [np.asarray(one) for one in found]
        if any(one.ndim < 2 or len(one) != len(x) for one in arrays):
            given = ", ".join(str(list(one.shape)) for one in arrays)
            raise CheckpointError(f"{self.file.name} gives {given} for {len(x)} rows; it must give a row for each.")
        return [one[:rows] for one in arrays]


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
