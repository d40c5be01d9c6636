"""Networks as tutorials write them, independent of ours, trained for a moment on the digits; each once a session."""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from vae_explorer import datasets

ACTIVATIONS = {
    "relu": nn.ReLU,
    "leaky-0.01": lambda: nn.LeakyReLU(0.01),
    "leaky-0.2": lambda: nn.LeakyReLU(0.2),
    "elu": nn.ELU,
    "tanh": nn.Tanh,
}
INPUTS = {"unit": lambda x: x, "signed": lambda x: 2 * x - 1, "standardised": lambda x: (x - 0.1307) / 0.3081}
SIGMAS = {"log-variance": lambda h: (h / 2).exp(), "log-sigma": torch.exp, "sigma": lambda h: h.abs() + 1e-6}


class Kind(NamedTuple):
    """What no state dict says."""

    activation: str = "relu"
    input: str = "unit"
    output: str = "sigmoid"
    head: str = "log-variance"


class Network(nn.Module):
    """Encoder to features, two heads, decoder to what comes before the output map."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def features(self, x: Tensor) -> Tensor:
        raise NotImplementedError

    def moments(self, h: Tensor) -> tuple[Tensor, Tensor]:
        raise NotImplementedError

    def drawn(self, z: Tensor) -> Tensor:
        raise NotImplementedError

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        return self.moments(self.features(INPUTS[self.kind.input](x)))

    def picture(self, z: Tensor) -> Tensor:
        """In [0, 1]."""
        out = self.drawn(z).reshape(len(z), 1, 28, 28)
        if self.kind.output == "sigmoid":
            return out.sigmoid()
        if self.kind.output == "tanh":
            return (out.tanh() + 1) / 2
        return {"unit": out, "signed": (out + 1) / 2, "standardised": out * 0.3081 + 0.1307}[self.kind.input].clamp(
            0, 1
        )

    def loss(self, x: Tensor) -> Tensor:
        mu, h = self.encode(x)
        sigma = SIGMAS[self.kind.head](h)
        out = self.drawn(mu + sigma * torch.randn_like(mu)).reshape(x.shape)
        if self.kind.output == "sigmoid":
            distortion = F.binary_cross_entropy_with_logits(out, x, reduction="sum")
        else:
            seen = out.tanh() if self.kind.output == "tanh" else out
            distortion = (seen - INPUTS[self.kind.input](x)).square().sum()
        return distortion + 0.5 * (mu.square() + sigma.square() - 1 - 2 * sigma.log()).sum()


class Dense(Network):
    """784-64-6-64-784 with the names of pytorch/examples."""

    def __init__(self, kind: Kind, width: int = 64, units: int = 6) -> None:
        super().__init__(kind)
        self.fc1, self.fc21, self.fc22 = nn.Linear(784, width), nn.Linear(width, units), nn.Linear(width, units)
        self.fc3, self.fc4 = nn.Linear(units, width), nn.Linear(width, 784)
        self.act = ACTIVATIONS[kind.activation]()

    def features(self, x: Tensor) -> Tensor:
        return self.act(self.fc1(x.flatten(1)))

    def moments(self, h: Tensor) -> tuple[Tensor, Tensor]:
        return self.fc21(h), self.fc22(h)

    def drawn(self, z: Tensor) -> Tensor:
        return self.fc4(self.act(self.fc3(z)))


class Planes(Network):
    """Sequences of convolutions with batch norms beside named heads."""

    def __init__(self, kind: Kind, units: int = 6) -> None:
        super().__init__(kind)
        act = ACTIVATIONS[kind.activation]
        down = [
            nn.Conv2d(1, 8, 3, 2, 1),
            nn.BatchNorm2d(8),
            act(),
            nn.Conv2d(8, 16, 3, 2, 1),
            nn.BatchNorm2d(16),
            act(),
        ]
        self.encoder = nn.Sequential(*down, nn.Flatten())
        self.fc_mu, self.fc_logvar = nn.Linear(784, units), nn.Linear(784, units)
        self.decoder_input = nn.Linear(units, 784)
        up = [nn.ConvTranspose2d(16, 8, 3, 2, 1, 1), nn.BatchNorm2d(8), act(), nn.ConvTranspose2d(8, 1, 3, 2, 1, 1)]
        self.decoder = nn.Sequential(nn.Unflatten(1, (16, 7, 7)), *up)

    def features(self, x: Tensor) -> Tensor:
        return self.encoder(x)

    def moments(self, h: Tensor) -> tuple[Tensor, Tensor]:
        return self.fc_mu(h), self.fc_logvar(h)

    def drawn(self, z: Tensor) -> Tensor:
        return self.decoder(self.decoder_input(z))


RESIZED = {
    "max": lambda: nn.MaxPool2d(2),
    "average": lambda: nn.AvgPool2d(2),
    "nearest": lambda: nn.Upsample(scale_factor=2),
    "bilinear": lambda: nn.Upsample(scale_factor=2, mode="bilinear"),
    "aligned": lambda: nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True),
}


class Resized(Planes):
    """The same with convolutions of stride 1, pools behind those of the encoder and enlargements before the others."""

    pool, enlargement = "max", "nearest"

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        act, pool, larger = ACTIVATIONS[kind.activation], RESIZED[self.pool], RESIZED[self.enlargement]
        down = [nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), act(), pool(), nn.Conv2d(8, 16, 3, padding=1), act()]
        self.encoder = nn.Sequential(*down, pool(), nn.Flatten())
        up = [larger(), nn.Conv2d(16, 8, 3, padding=1), act(), larger(), nn.Conv2d(8, 1, 3, padding=1)]
        self.decoder = nn.Sequential(nn.Unflatten(1, (16, 7, 7)), *up)


class Averaged(Resized):
    pool, enlargement = "average", "bilinear"


class Aligned(Resized):
    enlargement = "aligned"


@cache
def images(split: str = "train") -> Tensor:
    return torch.from_numpy(np.asarray(datasets.load("digits", split).images, np.float32) / 255)


@cache
def trained(kind: Kind, made: type[Network] = Dense, steps: int = 400, lr: float = 4e-3) -> Network:
    """A few seconds' training; weights say nothing before."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = made(kind)
        adam, x = torch.optim.Adam(network.parameters(), lr), images()
        for step in range(steps):
            batch = x[torch.randint(len(x), (160,))]
            for group in adam.param_groups:
                group["lr"] = lr * min(1.0, 2 - 2 * step / steps)
            adam.zero_grad()
            network.loss(batch).backward()
            adam.step()
    return network.eval().requires_grad_(False)


def state(network: nn.Module, **names: str) -> dict[str, Tensor]:
    """The state dict under other names of the layers."""
    found = {}
    for key, value in network.state_dict().items():
        path, _, leaf = key.rpartition(".")
        found[f"{names.get(path, path)}.{leaf}"] = value.clone()
    return found


NAMINGS = {
    "pytorch-examples": {},
    "named-heads": {"fc21": "fc_mu", "fc22": "fc_logvar"},
    "named-heads, fc2": {"fc21": "fc_mu", "fc22": "fc_logvar", "fc3": "fc2", "fc4": "fc3"},
    "jackson-kang": {
        "fc1": "Encoder.FC_input",
        "fc21": "Encoder.FC_mean",
        "fc22": "Encoder.FC_var",
        "fc3": "Decoder.FC_hidden",
        "fc4": "Decoder.FC_output",
    },
    "sequences": {
        "fc1": "encoder.0",
        "fc21": "fc_mu",
        "fc22": "fc_logvar",
        "fc3": "decoder.0",
        "fc4": "decoder.2",
    },
}
"""One network under the names of other sources."""


def chunked(network: Network, order: str = "mu-first") -> dict[str, Tensor]:
    """The same network with one layer for both heads."""
    found = state(network, fc1="encoder.0", fc3="decoder.0", fc4="decoder.2")
    for leaf in ("weight", "bias"):
        mu, other = found.pop(f"fc21.{leaf}"), found.pop(f"fc22.{leaf}")
        pairs = {"mu-first": (mu, other), "mu-last": (other, mu)}
        joined = torch.stack((mu, other), 1).flatten(0, 1) if order == "interleaved" else torch.cat(pairs[order])
        found[f"encoder.2.{leaf}"] = joined
    return found


def as_log_sigma(weights: dict[str, Tensor], head: str = "fc22") -> dict[str, Tensor]:
    """The same network with a head of log σ: half of one of log σ²."""
    return {key: value / 2 if key.startswith(f"{head}.") else value for key, value in weights.items()}
