"""PRESETS: the systems that everyone starts from, as values of the settings."""

from dataclasses import dataclass, replace
from typing import Any

from vae_explorer.config import ModelConfig
from vae_explorer.errors import UnknownName


@dataclass(frozen=True)
class Preset:
    """A named starting point: layers and loss; image size, channels and classes come from the data set."""

    architecture: str
    latent_dim: int
    hidden: tuple[int, ...]
    channels: tuple[int, ...] = ()
    summary: str = ""
    scale: str = "logvar"
    heads: str = "linear"
    likelihood: str = "bernoulli"
    objective: str = "beta-vae"
    per_pixel: bool = False
    conditional: bool = False

    def model(self, image_shape: tuple[int, int, int], classes: int, **changes: Any) -> ModelConfig:
        """The preset as a ModelConfig for images [C, H, W] of so many classes, with these settings changed.

        Raises:
            InvalidSetting: for a value out of bounds.
        """
        names = ("architecture", "latent_dim", "hidden", "channels", "scale", "heads", "likelihood")
        chosen = {name: getattr(self, name) for name in names} | changes
        return ModelConfig(image_shape=image_shape, classes=classes if self.conditional else 0, **chosen)

    @property
    def plain(self) -> bool:
        """Whether its models are plain autoencoders."""
        return self.scale == "none"

    @property
    def linear(self) -> bool:
        """Whether its models are linear, and so solved for and not trained."""
        return self.architecture == "linear"

    @property
    def training(self) -> dict[str, Any]:
        """The settings of TrainConfig that make up the preset's loss."""
        return {"objective": self.objective, "per_pixel": self.per_pixel}


SYSTEMS: dict[str, Preset] = {
    "mlp-z2": Preset("mlp", 2, (512, 256), summary="two latent units, to see the whole plane at once"),
    "mlp-small-z2": Preset("mlp", 2, (256, 128), summary="two latent units for small data sets"),
    "mlp-400-z20": Preset("mlp", 20, (400,), summary="784-400-20, of PyTorch's examples (Kingma & Welling 2014)"),
    "mlp-512-256-z20": Preset("mlp", 20, (512, 256), summary="hidden layers of 512 and 256, twenty latent units"),
    "mlp-256-256-z10": Preset("mlp", 10, (256, 256), summary="ten latent units for sprites and their factors"),
    "mlp-256-z32": Preset("mlp", 32, (256,), summary="one hidden layer of 256, thirty-two latent units"),
    "mlp-256-64-z10-mse": Preset(
        "mlp",
        10,
        (256, 64),
        summary="784-256-64-10, a ReLU after both heads: a σ can get stuck at 0; mean squared error + KL / pixels",
        scale="sigma",
        heads="relu",
        likelihood="gaussian",
        per_pixel=True,
    ),
    "mlp-256-64-z10-mse-linear-heads": Preset(
        "mlp",
        10,
        (256, 64),
        summary="784-256-64-10, no ReLU after the heads: no σ gets stuck at 0; mean squared error + KL / pixels",
        scale="sigma",
        likelihood="gaussian",
        per_pixel=True,
    ),
    "conv-z10": Preset("conv", 10, (256,), (32, 64), "two strided convolutions and ten latent units"),
    "conv-64-z10": Preset("conv", 10, (64,), (32, 64), "as conv-z10 with a dense layer of 64: a quarter of its size"),
    "conv-32-64-z32": Preset("conv", 32, (), (32, 64), "two strided convolutions, heads straight from their features"),
    "burgess-z10": Preset(
        "burgess", 10, (256, 256), (32, 32, 32, 32), "four strided convolutions, of the papers on disentanglement"
    ),
}
LINEAR: dict[str, Preset] = {
    "pca-z2": Preset(
        "linear",
        2,
        (),
        summary="PCA of pixels: the two axes of least squared error (Pearson 1901), solved at once and not trained",
        scale="none",
        likelihood="gaussian",
        objective="pca",
    ),
}
"""Of each there is one alone: a linear model draws nothing, pays no KL and is given no label."""
PRESETS: dict[str, Preset] = (
    SYSTEMS
    | {f"ae-{name}": replace(row, scale="none", objective="ae", per_pixel=False) for name, row in SYSTEMS.items()}
    | {f"cvae-{name}": replace(row, conditional=True) for name, row in SYSTEMS.items()}
    | LINEAR
)
"""Every system, each also without sampling and KL (`ae-…`) and with the class label given to it (`cvae-…`); and PCA."""


def preset(name: str) -> Preset:
    """The preset of this name.

    Raises:
        UnknownName: listing the systems.
    """
    if name not in PRESETS:
        raise UnknownName("preset", name, (*SYSTEMS, "ae-…", "cvae-…", *LINEAR))
    return PRESETS[name]
