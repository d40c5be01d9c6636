"""Family: models that differ in β and seed alone, by rising β."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from vae_explorer.advice.case import Case


class Family(NamedTuple):
    """At least two models, by β; a model whose β was changed while it trained has seen two, and is none's."""

    members: Mapping[float, tuple[Case, ...]]
    """By rising β, the seeds of each."""

    @property
    def ids(self) -> tuple[str, ...]:
        """All members, by β and in the order in which they came."""
        return tuple(case.id for cases in self.members.values() for case in cases)

    @property
    def first_ids(self) -> tuple[str, ...]:
        """One of each β."""
        return tuple(cases[0].id for cases in self.members.values())

    @property
    def source(self) -> str:
        """Which images they were measured on."""
        return next(iter(self.members.values()))[0].source


class Point(NamedTuple):
    """The means over the seeds of one β; nats per image."""

    beta: float
    rate: float
    nll: float
    silent: float
    """Collapsed units."""
    seeds: int


def families(cases: Iterable[Case]) -> list[Family]:
    """The families among models that have a rate, measured on the same images."""
    found: defaultdict[object, list[Case]] = defaultdict(list)
    for case in cases:
        if not case.latents.plain and not case.recipe.betas and case.recipe.imported is None:
            images = case.measured.dataset, case.measured.split, case.measured.n
            found[images, case.recipe.kin].append(case)
    return [_by_beta(members) for members in found.values() if len(members) > 1]


def points(family: Family, silent: Mapping[str, int]) -> list[Point]:
    """A point for each β; silent: the collapsed units of each member."""
    return [
        Point(
            beta,
            float(np.mean([case.rate for case in cases])),
            float(np.mean([case.measured.nll for case in cases])),
            float(np.mean([silent[case.id] for case in cases])),
            len(cases),
        )
        for beta, cases in family.members.items()
    ]


def _by_beta(members: Sequence[Case]) -> Family:
    betas = sorted({case.recipe.beta for case in members})
    return Family({beta: tuple(case for case in members if case.recipe.beta == beta) for beta in betas})
