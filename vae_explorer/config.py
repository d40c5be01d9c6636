"""Settings of models and training: frozen, checked when they are made, and written as plain JSON."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from vae_explorer.errors import InvalidSetting, UnknownName

MAX_LATENT_DIM = 512
MAX_WIDTH = 8192
IMAGE_SIDES = (8, 128)
SCHEDULES: dict[str, Callable[[float], float]] = {
    "constant": lambda done: 1.0,
    "cosine": lambda done: 0.5 * (1 + math.cos(math.pi * done)),
}
"""Learning-rate factor for the share of steps done, 0 to 1 (cosine: Loshchilov & Hutter 2017)."""


def require(condition: bool, sentence: str) -> None:
    """Refuse a bad argument at the door, so that nothing is built or written from it.

    Raises:
        InvalidSetting: with the sentence, when the condition does not hold.
    """
    if not condition:
        raise InvalidSetting(sentence)


def _is_count(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_number(value: object, low: float, high: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and low <= value <= high


class _Settings:
    """Round trip to plain JSON values, shared by the settings below."""

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON values; tuples become lists."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}  # type: ignore[call-overload]

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Settings from JSON values.

        Raises:
            InvalidSetting: for a missing or unknown key, or a value out of bounds.
        """
        known = {field.name for field in fields(cls)}  # type: ignore[arg-type]
        require(isinstance(values, Mapping), f"{cls.__name__} must be an object of settings.")
        require(set(values) <= known, f"{cls.__name__} does not know {', '.join(sorted(set(values) - known))}.")
        try:
            return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
        except TypeError as error:
            raise InvalidSetting(f"{cls.__name__} is incomplete: {error}.") from error


@dataclass(frozen=True)
class ModelConfig(_Settings):
    """The shape of a VAE: everything needed to rebuild it before its weights are read."""

    architecture: str
    image_shape: tuple[int, int, int]
    latent_dim: int
    hidden: tuple[int, ...]
    channels: tuple[int, ...] = ()
    classes: int = 0
    scale: str = "logvar"
    prior: str = "normal"

    def __post_init__(self) -> None:
        shape = self.image_shape
        require(isinstance(self.architecture, str), "architecture must be a name.")
        require(
            isinstance(shape, tuple)
            and len(shape) == 3
            and shape[0] in (1, 3)
            and all(_is_count(side, *IMAGE_SIDES) for side in shape[1:]),
            f"image_shape must be (1 or 3, 8…128, 8…128), not {shape}.",
        )
        require(
            _is_count(self.latent_dim, 1, MAX_LATENT_DIM),
            f"latent_dim must be a whole number from 1 to {MAX_LATENT_DIM}, not {self.latent_dim}.",
        )
        for name, widths in (("hidden", self.hidden), ("channels", self.channels)):
            fits = isinstance(widths, tuple) and len(widths) <= 8 and all(_is_count(w, 1, MAX_WIDTH) for w in widths)
            require(fits, f"{name} must be at most 8 widths from 1 to {MAX_WIDTH}, not {widths}.")


@dataclass(frozen=True)
class TrainConfig(_Settings):
    """How a model is trained; beta is a number, so AE-like, VAE and beta-VAE runs differ by a value only."""

    beta: float = 1.0
    epochs: int = 10
    batch_size: int = 128
    lr: float = 2e-3
    schedule: str = "cosine"
    seed: int = 0

    def __post_init__(self) -> None:
        require(_is_number(self.beta, 0, 1e4), f"beta must be a number from 0 to 10000, not {self.beta}.")
        require(_is_count(self.epochs, 1, 100_000), f"epochs must be a whole number from 1, not {self.epochs}.")
        require(_is_count(self.batch_size, 1, 65_536), f"batch_size must be from 1 to 65536, not {self.batch_size}.")
        require(_is_number(self.lr, 1e-9, 10), f"lr must be above 0 and at most 10, not {self.lr}.")
        require(_is_count(self.seed, 0, 2**63 - 1), f"seed must be a whole number from 0, not {self.seed}.")
        if self.schedule not in SCHEDULES:
            raise UnknownName("schedule", str(self.schedule), SCHEDULES)


@dataclass(frozen=True)
class Preset:
    """A named starting point: an architecture with its widths; sizes and channels come from the data set."""

    architecture: str
    latent_dim: int
    hidden: tuple[int, ...]
    channels: tuple[int, ...] = ()
    summary: str = ""

    def model(self, image_shape: tuple[int, int, int], latent_dim: int | None = None) -> ModelConfig:
        """The preset as a ModelConfig for images of this shape [C, H, W]."""
        width = self.latent_dim if latent_dim is None else latent_dim
        return ModelConfig(self.architecture, image_shape, width, self.hidden, self.channels)


PRESETS: dict[str, Preset] = {
    "mlp-z2": Preset("mlp", 2, (512, 256), summary="two latent units, to see the whole plane at once"),
    "mlp-400-z20": Preset("mlp", 20, (400,), summary="784-400-20, the tutorials' VAE (Kingma & Welling 2014)"),
    "mlp-small-z2": Preset("mlp", 2, (256, 128), summary="two latent units for small data sets"),
    "conv-z10": Preset("conv", 10, (256,), (32, 64), "two strided convolutions and ten latent units"),
}


def preset(name: str) -> Preset:
    """The preset of this name.

    Raises:
        UnknownName: listing the known presets.
    """
    if name not in PRESETS:
        raise UnknownName("preset", name, PRESETS)
    return PRESETS[name]
