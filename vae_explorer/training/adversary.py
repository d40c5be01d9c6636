"""FactorVAE's discriminator: it tells codes from codes whose units were permuted (Kim & Mnih 2018)."""

import itertools
from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from vae_explorer.losses.row import Critic
from vae_explorer.training.optimizers import Adam, taken, to_array

BETAS = (0.5, 0.9)


class Discriminator(nn.Module):
    """Codes [B, D] to logits [B, 2]: drawn from q(z), or from the product of its marginals."""

    def __init__(self, latent_dim: int, critic: Critic) -> None:
        super().__init__()
        pairs = itertools.pairwise((latent_dim, *(critic.width,) * critic.depth))
        layers = [layer for a, b in pairs for layer in (nn.Linear(a, b), nn.LeakyReLU(0.2, inplace=True))]
        self.layers = nn.Sequential(*layers, nn.Linear(critic.width, 2))

    def forward(self, z: Tensor) -> Tensor:
        return self.layers(z)

    def log_ratio(self, z: Tensor) -> Tensor:
        """log D(z) − log(1 − D(z)), an estimate of the total correlation at z; [B]."""
        joint, product = self.layers(z).unbind(1)
        return joint - product


def permute_units(z: Tensor, generator: torch.Generator) -> Tensor:
    """Each unit shuffled over the batch by itself: draws from the product of marginals (Kim & Mnih 2018, alg. 1)."""
    order = torch.rand(z.shape, generator=generator, device=z.device).argsort(dim=0)
    return z.gather(0, order)


class Adversary:
    """The discriminator and its optimizer, taught beside the model on codes that it does not learn from."""

    def __init__(self, latent_dim: int, critic: Critic, seed: int, device: torch.device) -> None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.discriminator = Discriminator(latent_dim, critic).to(device)
        self.optimizer = Adam(self.discriminator.parameters(), critic.lr, BETAS)

    def learn(self, z: Tensor, other: Tensor, generator: torch.Generator) -> None:
        """One step on codes z [B, D] against permuted ones of another batch."""
        codes = torch.cat((z.detach(), permute_units(other.detach(), generator)))
        truth = torch.arange(2, device=z.device).repeat_interleave(len(z))
        self.optimizer.zero_grad()
        cross_entropy(self.discriminator(codes), truth).backward()
        self.optimizer.step()

    def state(self) -> dict[str, np.ndarray]:
        """All that it needs to go on bit for bit, by name."""
        weights = self.discriminator.state_dict()
        own = {f"critic.{name}": to_array(value) for name, value in weights.items()}
        return own | self.optimizer.pack("critic-adam")

    def resume(self, state: Mapping[str, np.ndarray]) -> None:
        """Take up what `state` gave.

        Raises:
            CheckpointError: when it does not fit.
        """
        for name, value in self.discriminator.state_dict().items():
            value.copy_(torch.from_numpy(taken(state, f"critic.{name}", tuple(value.shape))))
        self.optimizer.unpack("critic-adam", state)
