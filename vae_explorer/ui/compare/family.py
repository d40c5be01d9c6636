"""What the comparison starts with: the model that was being looked at, beside those that differ from it in β alone."""

from dataclasses import replace
from typing import NamedTuple

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.ui.params import MAX_COMPARED


class Images(NamedTuple):
    """What was encoded, and how large: only then is image 7 the same image in two models."""

    dataset: str
    split: str
    n: int
    shape: tuple[int, int, int]
    """Channels, height and width, as the model decodes them."""

    @property
    def words(self) -> str:
        """The same for a person."""
        title = datasets.dataset(self.dataset).title
        return f"{self.n:,} {self.split} images of {title}, {' × '.join(map(str, self.shape))}"


class Family(NamedTuple):
    """What models share that differ in β alone."""

    images: Images
    model: ModelConfig
    train: TrainConfig


def encoded_images(checkpoint: Checkpoint) -> Images:
    """Which images a model's latents are of."""
    measured = catalogue.EVALUATIONS.get(checkpoint)
    return Images(measured.dataset, measured.split, measured.n, checkpoint.recipe.model.image_shape)


def comparison(looked_at: str) -> tuple[str, ...]:
    """The models to compare at first: this one and its family, or else the largest family of its images, or of any."""
    families = _families()
    if looked_at in catalogue.usable():
        found = _beside(catalogue.usable()[looked_at], families)
        if len(found) > 1:
            return found
    largest = max(families.values(), key=len, default={})
    return tuple(largest.values())[:MAX_COMPARED] if len(largest) > 1 else ()


def _beside(checkpoint: Checkpoint, families: dict[Family, dict[float, str]]) -> tuple[str, ...]:
    own = families.get(_family(checkpoint), {})
    images = encoded_images(checkpoint)
    alike = [members for family, members in families.items() if family.images == images]
    members = own if len(own) > 1 else max(alike, key=len, default={})
    return (checkpoint.id, *(name for name in members.values() if name != checkpoint.id))[:MAX_COMPARED]


def _families() -> dict[Family, dict[float, str]]:
    """The models of each family by β, one for each; a model whose β was changed while it trained has seen two."""
    families: dict[Family, dict[float, str]] = {}
    for name, checkpoint in catalogue.usable().items():
        if not checkpoint.recipe.betas:
            families.setdefault(_family(checkpoint), {}).setdefault(checkpoint.recipe.train.beta, name)
    return families


def _family(checkpoint: Checkpoint) -> Family:
    recipe = checkpoint.recipe
    return Family(encoded_images(checkpoint), recipe.model, replace(recipe.train, beta=1.0))
