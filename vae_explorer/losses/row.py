"""What a row of LOSSES says: what is minimised, the numbers it needs, and what it can be trained with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from vae_explorer.bounds import is_count, is_number

if TYPE_CHECKING:
    from torch import Tensor

Values = Mapping[str, float]
"""The values of a loss's own settings, by name."""


@dataclass(frozen=True)
class Setting:
    """A number that one loss cannot do without, and that no other takes."""

    name: str
    kind: type[int] | type[float]
    neutral: float
    """The value at which it does nothing; the settings of every other loss keep it."""
    high: float
    """At most; at least `neutral`, above it where the loss is chosen."""
    offered: float
    """What a form starts with."""
    title: str
    """In a form, with its unit."""
    help: str
    """On the command line."""
    unit: str = ""
    """Named where the bounds are told."""
    draws: bool = False
    """Whether it is the number of draws per image."""

    @property
    def bounds(self) -> str:
        """In words."""
        return f"from {self.neutral:g} to {self.high:g}" + (f" {self.unit}" if self.unit else "")

    def idle(self, value: object) -> bool:
        """Whether a value is the one at which it does nothing."""
        return self.fits(value) and value == self.neutral

    def fits(self, value: object) -> bool:
        """Whether a value is a number of this kind and within bounds."""
        within = is_count if self.kind is int else is_number
        return within(value, self.neutral, self.high)


class Parts(Protocol):
    """The rate of each drawn z in three parts, each [B], in nats."""

    @property
    def mutual_information(self) -> "Tensor": ...
    @property
    def total_correlation(self) -> "Tensor": ...
    @property
    def unit_wise_kl(self) -> "Tensor": ...


class Step(Protocol):
    """All that a loss may look at: one pass over a batch at one moment of training, in nats."""

    @property
    def nll(self) -> "Tensor":
        """Of each draw; [K·B]."""
        ...

    @property
    def rate(self) -> "Tensor":
        """Of each image; [B]."""
        ...

    @property
    def unit_kl(self) -> "Tensor":
        """KL of each unit, where the prior has a closed form; [B, D]."""
        ...

    @property
    def beta(self) -> "float | Tensor":
        """After annealing; one for each image [B] where a network is trained for many at once."""
        ...

    @property
    def done(self) -> float:
        """Share of training, 0 to 1."""
        ...

    def parts(self) -> Parts:
        """The rate's decomposition, q(z) estimated from the batch."""
        ...

    def log_weights(self) -> "Tensor":
        """log p(x|z) + log p(z) − log q(z|x) of each draw; [K·B]."""
        ...

    def total_correlation(self) -> "Tensor":
        """A discriminator's log ratio, of losses that have a critic; [B]."""
        ...


class Match(NamedTuple):
    """What of a model and a batch a loss may ask about."""

    batch_size: int
    latent_dim: int
    prior: str
    pixels: int
    """Of an image, in all its colours."""


class Requirement(NamedTuple):
    """Something a loss cannot be trained without, and the sentence where it is missing."""

    met: Callable[[Match], bool]
    sentence: str


class Critic(NamedTuple):
    """A discriminator of codes: how many hidden layers, the units of each, and the step size of its optimizer."""

    depth: int
    width: int
    lr: float


@dataclass(frozen=True)
class Loss:
    """One row: its formula and source, and the function of a step and of the row's own settings; a scalar."""

    summary: str
    minimised: "Callable[[Step, Values], Tensor]"
    weighted: bool = True
    """Whether beta is in it."""
    on_rate: bool = False
    """Whether beta weighs the rate as a whole, so that nll + β · rate is what is minimised."""
    plain: bool = False
    """Whether it is for plain autoencoders, and for these alone."""
    closed_form: bool = False
    """Whether its least value is known: a linear model is solved for, and steps only measure."""
    multi_rate: bool = False
    """Whether it can train one network for a range of βs."""
    compares: bool = False
    """Whether it compares the images of a batch with each other, so that they must be seen at one β."""
    per_image: bool = False
    """Whether it is a mean over images, each looked at by itself: processes then need none of each other's codes."""
    critic: Critic | None = None
    """The discriminator of codes that it needs, trained beside the model."""
    settings: tuple[Setting, ...] = ()
    requirements: tuple[Requirement, ...] = ()
