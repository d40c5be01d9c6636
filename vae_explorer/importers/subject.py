"""Subject: what is to be read, the questions it leaves open, and how its readings are tried."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np
from torch import Tensor

from vae_explorer.errors import UnknownName, require
from vae_explorer.importers.blueprint import QUESTIONS, Blueprint
from vae_explorer.importers.interpretation import Answers, Network, network
from vae_explorer.importers.reconstructions import reconstructions
from vae_explorer.importers.second_head import Meaning, identify_second_head


class Subject(NamedTuple):
    """A network as far as its file says, wherever that came from."""

    layout: str
    latent_dim: int
    open: Mapping[str, tuple[str, ...]]
    """The questions that are left, with the answers that are possible."""
    known: Mapping[str, str]
    """The answers that are certain."""
    usual: Mapping[str, str]
    """Those that are no more than likely."""
    reconstructions: Callable[[Sequence[Answers], Tensor], list[Tensor]]
    """By each reading, at mu, of images [N, C, H, W]; both in [0, 1]."""
    second_head: Callable[[Answers, np.ndarray], Meaning]
    """What it means, given every other answer, by images."""
    network: Callable[[Answers], Network]


def of_weights(blueprint: Blueprint) -> Subject:
    """A network of weights."""
    return Subject(
        blueprint.layout,
        blueprint.latent_dim,
        blueprint.open,
        blueprint.known,
        blueprint.usual,
        partial(reconstructions, blueprint),
        partial(identify_second_head, blueprint),
        partial(network, blueprint),
    )


Asked = TypeVar("Asked", Blueprint, Subject)


def settled(subject: Asked, chosen: Answers) -> Asked:
    """The same with a person's answers, which overrule what is known.

    Raises:
        InvalidSetting, UnknownName: for a question that is not left open, or an unknown answer.
    """
    for name, answer in chosen.items():
        options = subject.open.get(name) or QUESTIONS[name]
        asked = name in subject.open or name in subject.known
        require(asked, f"These weights leave no choice of --{name}; leave it out.")
        if answer not in options:
            raise UnknownName(name, answer, options)
    left = {name: options for name, options in subject.open.items() if name not in chosen}
    return subject._replace(open=left, known={**subject.known, **chosen})
