"""RunSettings: what a run is to be, from a preset and what differs from it. No PyTorch."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vae_explorer import datasets
from vae_explorer.config import VALIDATION_SHARE, ModelConfig, TrainConfig
from vae_explorer.errors import require
from vae_explorer.losses import LOSSES
from vae_explorer.presets import preset

COURSE = ("epochs", "lr", "keep", "patience")
"""Settings of training, beside beta, that may become others while a run goes on."""
SHAPE = ("latent_dim", "likelihood", "variance", "prior", "components", "multi_rate")
"""Settings of the model's shape that a run may be given."""


def training_names() -> tuple[str, ...]:
    """Settings of training that a run may be given; the preset alone says per_pixel."""
    return tuple(name for name in TrainConfig().to_dict() if name != "per_pixel")


@dataclass(frozen=True)
class RunSettings:
    """A preset, a data set, and the settings of training and of the model's shape that differ from the preset.

    Checked when they are made, as training and model would be.

    Raises:
        UnknownName: for a preset or data set that is not known.
        InvalidSetting: for a setting that a run may not be given, or a value out of bounds.
    """

    preset: str
    dataset: str
    training: Mapping[str, Any] = field(default_factory=dict)
    shape: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = training_names()
        require(set(self.training) <= set(names), f"A run may be given {', '.join(names)}.")
        require(set(self.shape) <= set(SHAPE), f"A run's model may be given {', '.join(SHAPE)}.")
        plain = all(isinstance(value, str | int | float) for value in self.shape.values())
        require(plain, "A run's settings are words and numbers.")
        _ = self.model  # which checks itself, as training does
        drawn = not self.train.redraw or datasets.dataset(self.dataset).grey is not None
        require(drawn, f"The pixels of {self.dataset} are not drawn; leave redraw out, or take mnist-binarised.")

    @property
    def train(self) -> TrainConfig:
        """The settings of training, with what preset and data set say; what an epoch is chosen by is held out."""
        first = datasets.dataset(self.dataset).first_run
        usual = {"epochs": first.epochs, "batch_size": first.batch_size, **preset(self.preset).training}
        chosen = self.training.get("keep", "last") != "last" or self.training.get("patience", 0) != 0
        held = {"validation": VALIDATION_SHARE} if chosen else {}
        return TrainConfig.from_dict({**usual, **held, **self.training})

    @property
    def model(self) -> ModelConfig:
        """The model's shape for the images of the data set."""
        data = datasets.dataset(self.dataset)
        return preset(self.preset).model(data.image_shape, len(data.classes), **self.shape)

    @property
    def name(self) -> str:
        """<dataset>-<preset>[-<what was changed>…][-b<beta>]-s<seed>: what the run is called unless it is named.

        Of an objective that has no beta, none is named; of a multi-rate network both ends of its range are.
        """
        train, shape = self.train, self.shape
        changes = [f"z{shape['latent_dim']}"] if "latent_dim" in shape else []
        changes += [str(shape[setting]) for setting in ("likelihood", "prior") if setting in shape]
        changes += ["redraw"] if train.redraw else []
        changes += [] if train.objective == preset(self.preset).objective else [train.objective]
        betas = self.model.betas
        one = [f"b{train.beta:g}"] if self.weighted else []
        weight = one if betas is None else [f"b{betas.low:g}-{betas.high:g}"]
        return "-".join([self.dataset, self.preset, *changes, *weight, f"s{train.seed}"])

    @property
    def weighted(self) -> bool:
        """Whether there is a beta in what is minimised."""
        return LOSSES[self.train.objective].weighted

    def with_training(self, **changes: Any) -> "RunSettings":
        """The same run, with these settings of training."""
        return replace(self, training={**self.training, **changes})

    def written_out(self) -> "RunSettings":
        """Every setting by name, those left at their defaults too, which may be others some day."""
        train, model = self.train.to_dict(), self.model
        training = {name: train[name] for name in training_names()}
        return replace(self, training=training, shape={name: getattr(model, name) for name in SHAPE})

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON values."""
        return {
            "preset": self.preset,
            "dataset": self.dataset,
            "training": dict(self.training),
            "shape": dict(self.shape),
        }

    def options(self) -> list[str]:
        """The settings as options of `python -m vae_explorer train`; what is None is left out."""
        values = {"preset": self.preset, "dataset": self.dataset, **self.training, **self.shape}
        return [_word(name.replace("_", "-"), value) for name, value in values.items() if value is not None]


def _word(name: str, value: object) -> str:
    return f"--{'' if value else 'no-'}{name}" if isinstance(value, bool) else f"--{name}={value}"
