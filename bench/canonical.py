"""The loop of the tutorials in its plain form, which ours is measured against; nothing of the project is used here."""

import time
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, Subset
from torchvision import transforms
from torchvision.datasets import MNIST


class PlainMLP(nn.Module):
    """784-400-20, as in the examples of PyTorch."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.fc21, self.fc22 = nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20)
        self.fc3, self.fc4 = nn.Linear(20, 400), nn.Linear(400, 784)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        h = functional.relu(self.fc1(x.view(-1, 784)))
        mu, logvar = self.fc21(h), self.fc22(h)
        z = mu + torch.exp(0.5 * logvar) * torch.randn_like(logvar)
        return torch.sigmoid(self.fc4(functional.relu(self.fc3(z)))).view_as(x), mu, logvar


class PlainBurgess(nn.Module):
    """Four convolutions of 32 channels, two layers of 256, ten units; 32×32 images."""

    def __init__(self) -> None:
        super().__init__()
        wide = [1, 32, 32, 32, 32]
        down = [m for a, b in pairwise(wide) for m in (nn.Conv2d(a, b, 4, 2, 1), nn.ReLU())]
        up: list[nn.Module] = [m for a, b in pairwise(wide) for m in (nn.ReLU(), nn.ConvTranspose2d(b, a, 4, 2, 1))]
        inner = [nn.Flatten(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 20)]
        outer = [nn.Linear(10, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 128)]
        self.encoder = nn.Sequential(*down, *inner)
        self.decoder = nn.Sequential(*outer, nn.Unflatten(1, (32, 2, 2)), *_mirrored(up), nn.Sigmoid())

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mu, logvar = self.encoder(x).chunk(2, dim=1)
        z = mu + torch.exp(0.5 * logvar) * torch.randn_like(logvar)
        return self.decoder(z), mu, logvar


def _mirrored(layers: list[nn.Module]) -> list[nn.Module]:
    """Pairs of ReLU and convolution, the innermost pair first."""
    pairs = list(zip(layers[::2], layers[1::2], strict=True))
    return [layer for pair in reversed(pairs) for layer in pair]


SYSTEMS: dict[str, type[nn.Module]] = {"mlp-400-z20": PlainMLP, "burgess-z10": PlainBurgess}


class Lap(NamedTuple):
    """An epoch of training, in seconds since the first step."""

    seconds: float
    images: int


def loss_function(x_hat: Tensor, x: Tensor, mu: Tensor, logvar: Tensor) -> Tensor:
    """Summed cross-entropy + KL, of the batch."""
    bce = functional.binary_cross_entropy(x_hat, x, reduction="sum")
    return bce - 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())


def images(root: str, train: bool, side: int, beforehand: bool = True) -> MNIST:
    """The data set; at another side than 28 resized beforehand, or image by image as the loader reads them."""
    steps = [] if beforehand or side == 28 else [transforms.Resize(side)]
    found = MNIST(root, train=train, transform=transforms.Compose([*steps, transforms.ToTensor()]))
    if side != 28 and beforehand:
        resized = functional.interpolate(found.data[:, None].float(), side, mode="bilinear", antialias=True)
        found.data = resized[:, 0].round().to(torch.uint8)
    return found


def train(model: nn.Module, data: MNIST, n: int, batch: int, lr: float, epochs: int) -> Iterator[Lap]:
    """DataLoader, Adam, one epoch after the other."""
    loader = DataLoader(Subset(data, range(n)), batch_size=batch, shuffle=True, drop_last=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    seconds = 0.0
    for _ in range(epochs):
        started = time.perf_counter()
        seen = 0
        for x, _label in loader:
            optimizer.zero_grad()
            x_hat, mu, logvar = model(x)
            loss = loss_function(x_hat, x, mu, logvar)
            loss.backward()
            optimizer.step()
            seen += len(x)
        seconds += time.perf_counter() - started
        yield Lap(seconds, seen)


@torch.no_grad()
def test(model: nn.Module, data: MNIST) -> float:
    """nll + rate of the test images, in nats per image."""
    x = data.data[:, None].float() / 255
    return float(sum(loss_function(*_first(model, part)) for part in x.split(1000))) / len(x)


def _first(model: nn.Module, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    x_hat, mu, logvar = model(x)
    return x_hat, x, mu, logvar
