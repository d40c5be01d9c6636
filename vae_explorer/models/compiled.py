"""A model's forward pass, compiled where PyTorch finds a compiler."""

from collections.abc import Callable

import torch
from torch import Tensor

from vae_explorer.errors import InvalidSetting
from vae_explorer.models.vae import Output


def compiled_forward(model: Callable[..., Output]) -> Callable[[Tensor, Tensor, Tensor | None], Output]:
    """The model, compiled at its first call.

    Raises (at that call):
        InvalidSetting: where PyTorch finds nothing to compile with.
    """
    from torch._dynamo.exc import TorchDynamoException

    run = torch.compile(model)

    def forward(x: Tensor, eps: Tensor, y: Tensor | None) -> Output:
        try:
            return run(x, eps, y)
        except TorchDynamoException as error:
            raise InvalidSetting("This machine has no compiler that PyTorch can use; take --no-compile.") from error

    return forward
