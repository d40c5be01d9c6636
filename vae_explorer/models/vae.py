"""The contract every architecture keeps: encode images to a diagonal Gaussian, decode codes to logits."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Self

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot, softplus

from vae_explorer.config import ModelConfig
from vae_explorer.errors import CheckpointError, require
from vae_explorer.models.gates import Dial, add_gates
from vae_explorer.models.likelihoods import LIKELIHOODS
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.priors import PRIORS

SIGMA_FLOOR = 1e-8
"""Added to σ² where a head gives σ itself, which may be 0."""
MOMENTS: dict[str, Callable[[Tensor, Tensor], Posterior]] = {
    "logvar": Posterior,
    "sigma": lambda mu, sigma: Posterior(mu, (sigma.square() + SIGMA_FLOOR).log()),
    "softplus": lambda mu, head: Posterior(mu, (softplus(head).square() + SIGMA_FLOOR).log()),
}
HEADS: dict[str, Callable[[Tensor], Tensor]] = {"linear": lambda moments: moments, "relu": torch.relu}


class Ends(NamedTuple):
    """The layers of a network that stand at its ends."""

    first: nn.Module
    """Sees the image."""
    code: nn.Module
    """Sees the code."""
    last: nn.Module
    """Gives the logits."""


class Output(NamedTuple):
    """One pass through a VAE with K draws per image, draw by draw; K·B rows each.

    The posterior is repeated for every draw, z [K·B, D] are the draws and logits [K·B, C, H, W] the decoder's answer.
    """

    posterior: Posterior
    z: Tensor
    logits: Tensor


class VAE(nn.Module):
    """Base of the architectures; mode-free (no BatchNorm, no dropout), so one z decodes alike alone or among 400."""

    moments: nn.Linear
    """The heads: mu, and the posterior's scale beside it."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.likelihood = LIKELIHOODS[config.likelihood](config)
        self.prior = PRIORS[config.prior](config)
        self._dial: Dial | None = None

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        """q(z|x) of images x [B, C, H, W] in [0, 1] and, for a conditional model, labels y [B]; moments are [B, D]."""
        raise NotImplementedError

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        """Logits [B, C, H, W] of codes z [B, D]; the sigmoid is left to the display and the loss."""
        raise NotImplementedError

    def ends(self) -> Ends:
        """The layers that see the image and the code, and the one that gives the logits."""
        raise NotImplementedError

    def gated(self) -> Self:
        """The same network with gates, where it is to be one for a range of βs; it opens at β = 1."""
        if self.config.betas is not None:
            ends = self.ends()
            self._dial = add_gates(self, (self.moments, ends.code, ends.last))
            self.turn(self.config.betas.share(1.0))
        return self

    def take(self, weights: Mapping[str, np.ndarray]) -> None:
        """Stored weights in the place of those that an outline has no memory for; computed with in single precision.

        Raises:
            CheckpointError: when names or shapes are not those of this model; then nothing was allocated.
        """
        expected = {name: tuple(value.shape) for name, value in self.state_dict().items()}
        precise = {value.dtype for value in weights.values()} <= {np.dtype(np.float32), np.dtype(np.float16)}
        if not precise or expected != {name: value.shape for name, value in weights.items()}:
            raise CheckpointError("The weights do not fit the model that config.json describes; export them again.")
        single = {name: torch.from_numpy(value.astype(np.float32, copy=False)) for name, value in weights.items()}
        self.load_state_dict(single, assign=True)

    def turn(self, share: Tensor | float) -> None:
        """Set the β of the passes that follow by its share of the range, one for all rows or one for each [B].

        Kept by the network, not an argument of every pass: only its trainer turns it, and nobody else uses it then.
        """
        assert self._dial is not None
        self._dial.turn(share)

    def forward(self, x: Tensor, eps: Tensor, y: Tensor | None = None) -> Output:
        """Encode, draw z = mu + σ · eps and decode it; eps [K·B, D] comes from outside, K draws per image."""
        posterior = self.encode(x, y).float()
        draws = len(eps) // len(x)
        if draws > 1:
            posterior, y = posterior.repeat(draws), None if y is None else y.repeat(draws)
        z = posterior.sample(eps)
        return Output(posterior, z, self.decode(z, y).float())

    def eps(self, rows: int, generator: torch.Generator) -> Tensor:
        """Noise [rows, D] from N(0, I)."""
        return torch.randn((rows, self.config.latent_dim), generator=generator, device=generator.device)

    def heads(self, width: int) -> nn.Linear:
        """The layer from features of this width to the posterior's moments."""
        return nn.Linear(width, self.config.latent_dim * (1 if self.config.plain else 2))

    def posterior(self, moments: Tensor) -> Posterior:
        """What leaves the heads' layer [B, D or 2 D] as a posterior."""
        moments = HEADS[self.config.heads](moments)
        if self.config.plain:
            return Posterior(moments, None)
        return MOMENTS[self.config.scale](*moments.chunk(2, dim=1))

    def with_label(self, features: Tensor, y: Tensor | None) -> Tensor:
        """Features [B, F] or planes [B, F, H, W] with the label's one-hot code behind them, if the model takes one.

        y: ids [B], or the share of every class [B, K], which stands in the code's place.

        Raises:
            InvalidSetting: when a conditional model gets no label, or another one gets any.
        """
        classes = self.config.classes
        require((y is not None) == bool(classes), f"This model takes {'a label y' if classes else 'no label'}.")
        if y is None:
            return features
        code = (y if y.is_floating_point() else one_hot(y, classes)).to(features.dtype)
        if features.ndim == 4:
            code = code[:, :, None, None].expand(-1, -1, *features.shape[2:])
        return torch.cat((features, code), dim=1)
