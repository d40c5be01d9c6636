"""Settings of models and training: frozen, checked when they are made, and written as plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from vae_explorer.beta_range import BetaRange
from vae_explorer.bounds import is_count, is_number, require_seed
from vae_explorer.errors import UnknownName, require
from vae_explorer.losses import LOSSES, loss_settings
from vae_explorer.plain_json import Settings
from vae_explorer.schedules import ANNEALINGS, SCHEDULES

MAX_LATENT_DIM = 512
MAX_WIDTH = 8192
MAX_LAYERS = 100
MAX_CLASSES = 10_000
MAX_COMPONENTS = 2000
VALIDATION_SHARE = 0.05
"""Of the training images, held out where an epoch is to be chosen: looking at them takes about 2 % of an epoch."""
IMAGE_SIDES = (8, 128)
PRECISIONS = {"fp32": "float32 throughout", "bf16": "products in bfloat16, where the processor has them"}
STARTS = {
    "prepared": "weights that carry the signal (He et al. 2015), biases that answer with the mean image",
    "plain": "PyTorch's own weights and biases",
}
SCALES = {
    "logvar": "the second head is log σ²",
    "sigma": "the second head is σ itself",
    "softplus": "the second head's softplus is σ",
    "none": "no second head: a plain autoencoder",
}
HEADS = {
    "linear": "nothing after the heads: mu and the posterior's scale take any value",
    "relu": "a ReLU after the heads: neither falls below 0, and a unit's σ can get stuck at 0",
}
LIKELIHOODS = {
    "bernoulli": "grey levels read as Bernoulli means",
    "gaussian": "Gaussian pixels of one fixed variance",
    "gaussian-learned": "Gaussian pixels of one learned variance (Rybkin et al. 2021)",
}
KEPT = {"last": "the last epoch", "best": "the epoch that is best on validation images"}
PRIORS = {
    "normal": "N(0, I)",
    "mixture": "a learned mixture of Gaussians",
    "vamp": "VampPrior, the posteriors of learned pseudo-inputs (Tomczak & Welling 2018)",
}


def _one_of(noun: str, name: object, known: Mapping[str, object]) -> None:
    if not isinstance(name, str) or name not in known:
        raise UnknownName(noun, str(name), known)


@dataclass(frozen=True)
class ModelConfig(Settings):
    """The shape of a VAE: everything needed to rebuild it before its weights are read."""

    architecture: str
    image_shape: tuple[int, int, int]
    latent_dim: int
    hidden: tuple[int, ...]
    channels: tuple[int, ...] = ()
    classes: int = 0
    """How many classes the label may have that encoder and decoder are given; 0: they are given none."""
    scale: str = "logvar"
    heads: str = "linear"
    likelihood: str = "bernoulli"
    variance: float = 0.5
    """Of a Gaussian likelihood's pixels: fixed, or where learning starts; at 0.5 the nll is the squared error + c."""
    prior: str = "normal"
    components: int = 1
    """Gaussians in the prior."""
    multi_rate: str = ""
    """The lowest and the highest β that one network is trained for at once, such as "0.25,16"; empty: for one β."""
    encoder: tuple[str, ...] = ()
    """The layers of a network that is written out, as words (models/layer_words.py)."""
    decoder: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it is a plain autoencoder: a code instead of a posterior, and so no rate and no prior."""
        return self.scale == "none"

    @property
    def linear(self) -> bool:
        """Whether it is linear in pixels and code: then the best one is known, and none is trained."""
        return self.architecture == "linear"

    @property
    def betas(self) -> BetaRange | None:
        """The βs that it is trained for at once; None: for one."""
        return BetaRange.parsed(self.multi_rate) if self.multi_rate else None

    @property
    def density(self) -> bool:
        """Whether its nll is of a density, which may be below 0 and is no length of a code."""
        return self.likelihood != "bernoulli"

    def __post_init__(self) -> None:
        shape = self.image_shape
        require(isinstance(self.architecture, str), "architecture must be a name.")
        require(
            isinstance(shape, tuple)
            and len(shape) == 3
            and shape[0] in (1, 3)
            and all(is_count(side, *IMAGE_SIDES) for side in shape[1:]),
            f"image_shape must be (1 or 3, 8…128, 8…128), not {shape}.",
        )
        require(
            is_count(self.latent_dim, 1, MAX_LATENT_DIM),
            f"latent_dim must be a whole number from 1 to {MAX_LATENT_DIM}, not {self.latent_dim}.",
        )
        for name, widths in (("hidden", self.hidden), ("channels", self.channels)):
            fits = isinstance(widths, tuple) and len(widths) <= 8 and all(is_count(w, 1, MAX_WIDTH) for w in widths)
            require(fits, f"{name} must be at most 8 widths from 1 to {MAX_WIDTH}, not {widths}.")
        for words in (self.encoder, self.decoder):
            fits = isinstance(words, tuple) and len(words) <= MAX_LAYERS and all(isinstance(w, str) for w in words)
            fits = fits and (not words or self.architecture == "layered")
            require(fits, f"Only a layered network has layers as words, at most {MAX_LAYERS}.")
        self._check_densities()

    def _check_densities(self) -> None:
        require(is_count(self.classes, 0, MAX_CLASSES), f"classes must be from 0 to {MAX_CLASSES}, not {self.classes}.")
        for noun, known in (("scale", SCALES), ("heads", HEADS), ("likelihood", LIKELIHOODS), ("prior", PRIORS)):
            _one_of(noun, getattr(self, noun), known)
        require(is_number(self.variance, 1e-4, 1e4), f"variance must be from 0.0001 to 10000, not {self.variance}.")
        require(
            self.likelihood != "bernoulli" or self.variance == 0.5,
            "variance belongs to a Gaussian likelihood; leave it out, or give likelihood gaussian.",
        )
        least, most = (1, 1) if self.prior == "normal" else (2, MAX_COMPONENTS)
        require(
            is_count(self.components, least, most),
            f"components must be from {least} to {most} with the prior “{self.prior}”, not {self.components}.",
        )
        require(self.prior != "vamp" or not self.classes, "A VampPrior's pseudo-inputs have no labels; use mixture.")
        require(not self.plain or self.prior == "normal", "A plain autoencoder has no prior to choose.")
        require(isinstance(self.multi_rate, str), f"multi_rate must be such as 0.25,16, not {self.multi_rate}.")
        _ = self.betas  # which checks itself
        usual = not self.multi_rate or (self.prior == "normal" and not self.plain)
        require(usual, "A multi-rate network has a rate and the prior normal; leave multi_rate or the other out.")


@dataclass(frozen=True)
class TrainConfig(Settings):
    """How a model is trained; beta is a number, so AE-like, VAE and beta-VAE runs differ by a value only."""

    beta: float = 1.0
    objective: str = "beta-vae"
    annealing: str = "none"
    own: tuple[tuple[str, float], ...] = ()
    """Names and values of the settings that the objective has for itself; written beside the others, as if fields."""
    per_pixel: bool = False
    """Divide the loss by the number of pixels, as losses with a mean over pixels do."""
    epochs: int = 10
    batch_size: int = 128
    lr: float = 3e-3
    schedule: str = "one-cycle"
    start: str = "prepared"
    precision: str = "fp32"
    held_out: int | None = None
    """A class id that is left out of training, to be recognised as an anomaly afterwards."""
    seed: int = 0
    validation: float = 0.0
    """Share of the training images that is held out to judge epochs by; 0: none, and nothing is chosen."""
    keep: str = "last"
    patience: int = 0
    """Epochs without a better one after which training ends; 0: it never does."""
    redraw: bool = False
    """Whether pixels are drawn anew in every epoch, black or white, by their grey levels."""

    def __post_init__(self) -> None:
        for noun, known in (
            ("objective", LOSSES),
            ("annealing", ANNEALINGS),
            ("schedule", SCHEDULES),
            ("precision", PRECISIONS),
            ("start", STARTS),
            ("keep", KEPT),
        ):
            _one_of(noun, getattr(self, noun), known)
        require(is_number(self.beta, 0, 1e4), f"beta must be a number from 0 to 10000, not {self.beta}.")
        require(
            is_count(self.epochs, 1, 100_000), f"epochs must be a whole number from 1 to 100000, not {self.epochs}."
        )
        require(is_count(self.batch_size, 1, 65_536), f"batch_size must be from 1 to 65536, not {self.batch_size}.")
        require(is_number(self.lr, 1e-9, 10), f"lr must be above 0 and at most 10, not {self.lr}.")
        require_seed(self.seed)
        require(isinstance(self.per_pixel, bool), f"per_pixel must be true or false, not {self.per_pixel}.")
        held = self.held_out is None or is_count(self.held_out, 0, MAX_CLASSES)
        require(held, f"held_out must be a class id, not {self.held_out}.")
        self._check_choice()
        self._check_objective()

    def _check_choice(self) -> None:
        require(is_number(self.validation, 0, 0.5), f"validation must be a share from 0 to 0.5, not {self.validation}.")
        patience = is_count(self.patience, 0, 100_000)
        require(patience, f"patience must be a whole number of epochs from 0 to 100000, not {self.patience}.")
        require(isinstance(self.redraw, bool), f"redraw must be true or false, not {self.redraw}.")
        chosen = self.keep == "best" or self.patience > 0
        judged = "keep best and patience judge by held-out images; give validation a share above 0, such as 0.05."
        require(not chosen or self.validation > 0, judged)

    def _check_objective(self) -> None:
        row, known, own = LOSSES[self.objective], loss_settings(), self.values
        untouched = self.beta == 1 and self.annealing == "none"
        require(row.weighted or untouched, f"The objective {self.objective} has no beta; leave beta and annealing out.")
        strange = sorted(set(own) - set(known))
        require(not strange, f"TrainConfig does not know {', '.join(strange)}.")
        for name, value in own.items():
            require(known[name].fits(value), f"{name} must be {known[name].bounds}, not {value}.")
            unused = f"{name} belongs to another objective than {self.objective}; leave it out."
            require(known[name] in row.settings, unused)
        for setting in row.settings:
            wanted = f"The objective {self.objective} needs {setting.name} above {setting.neutral:g}."
            require(own.get(setting.name, setting.neutral) != setting.neutral, wanted)

    @classmethod
    def names(cls) -> set[str]:
        """The names of all settings, those of single objectives among them."""
        return (super().names() - {"own"}) | set(loss_settings())

    @classmethod
    def of(cls, **values: Any) -> Self:
        """Settings by name; a setting of another objective may be given at the value at which it does nothing."""
        known = loss_settings()
        given = {name: values.pop(name) for name in known if name in values}
        own = tuple(pair for pair in sorted(given.items()) if not known[pair[0]].idle(pair[1]))
        return cls(**values, own=own)

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON values, those of every objective in the place of `own`."""
        own = {name: setting.neutral for name, setting in loss_settings().items()} | self.values
        written: dict[str, Any] = {}
        for name, value in super().to_dict().items():
            written |= own if name == "own" else {name: value}
        return written

    @property
    def values(self) -> dict[str, float]:
        """The values of the objective's own settings by name."""
        return dict(self.own)

    @property
    def draws(self) -> int:
        """Draws per image, K."""
        own = self.values
        return next((int(own[row.name]) for row in LOSSES[self.objective].settings if row.draws), 1)
