"""What the comparison starts with: the model that was being looked at, beside those that differ from it in β alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.ui.encoded_images import Images, encoded_images

SIDE_BY_SIDE = 4
"""Models that fit a small screen."""


class Family(NamedTuple):
    """What models share that differ in β alone."""

    images: Images
    model: ModelConfig
    train: TrainConfig


def comparison(looked_at: str) -> tuple[str, ...]:
    """The models to compare at first: this one and its family, or else the largest family of its images, or of any.

    As many as stand side by side on a small screen, and among them the multi-rate network of the family's shape.
    """
    families = _families()
    if looked_at in catalogue.usable():
        found = _beside(catalogue.usable()[looked_at], families)
        if len(found) > 1:
            return _fitting(found, kept=1)
    largest = max(families.values(), key=len, default={})
    return _fitting([largest[beta] for beta in sorted(largest)]) if len(largest) > 1 else ()


def _fitting(names: Sequence[str], kept: int = 0) -> tuple[str, ...]:
    """The first `kept`, others evenly from the rest, and their network where there is one."""
    networks = _networks(names)[:1]
    room = SIDE_BY_SIDE - kept - len(networks)
    first, rest = list(names[:kept]), list(names[kept:])
    places = sorted({round(i * (len(rest) - 1) / max(room - 1, 1)) for i in range(min(room, len(rest)))})
    return tuple(dict.fromkeys((*first, *(rest[place] for place in places), *networks)))


def _networks(names: Sequence[str]) -> list[str]:
    """The multi-rate networks of the same images and shape as a model of them."""
    usable = catalogue.usable()
    shapes = {(encoded_images(usable[name]), replace(usable[name].recipe.model, multi_rate="")) for name in names}

    def belongs(one: Checkpoint) -> bool:
        shape = encoded_images(one), replace(one.recipe.model, multi_rate="")
        return one.recipe.model.betas is not None and shape in shapes

    return [name for name, one in usable.items() if belongs(one)]


def _beside(checkpoint: Checkpoint, families: dict[Family, dict[float, str]]) -> tuple[str, ...]:
    own = families.get(_family(checkpoint), {})
    images = encoded_images(checkpoint)
    alike = [members for family, members in families.items() if family.images == images]
    members = own if len(own) > 1 else max(alike, key=len, default={})
    return (checkpoint.id, *(members[beta] for beta in sorted(members) if members[beta] != checkpoint.id))


def _families() -> dict[Family, dict[float, str]]:
    """The models of each family by β, one for each; a model whose β was changed while it trained has seen two."""
    families: dict[Family, dict[float, str]] = {}
    for name, checkpoint in catalogue.usable().items():
        if not checkpoint.recipe.betas and checkpoint.recipe.imported is None:
            families.setdefault(_family(checkpoint), {}).setdefault(checkpoint.recipe.train.beta, name)
    return families


def _family(checkpoint: Checkpoint) -> Family:
    recipe = checkpoint.recipe
    return Family(encoded_images(checkpoint), recipe.model, replace(recipe.train, beta=1.0))
