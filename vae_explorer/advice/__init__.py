"""The adviser on beta and the doctor of collapse: plain sentences, each from measured figures alone.

finding          one sentence, its numbers and its view
case             all that was measured of one model
image_bounds     what images allow, whatever the model
family           models that differ in beta and seed alone
beta_curve       where a model lies on a measured curve over beta
collapsed_units  units that carry nothing
wide_posterior   units less sure than the prior
holes            places far from every code that are decoded all the same
aggregate_fit    the aggregate posterior against N(0, I)
generalisation   what is lost on images that were not trained on
knee             up to which beta rate is saved cheaply
seed_spread      seeds that disagree more than betas
equivalent_beta  what a loss really weighed
slips            mistakes in a loss that its figures give away
"""

from collections.abc import Callable, Iterator, Sequence

from vae_explorer.advice.aggregate_fit import aggregate_fit
from vae_explorer.advice.case import Case, case_of
from vae_explorer.advice.collapsed_units import collapsed_units
from vae_explorer.advice.equivalent_beta import placed_betas, strange_betas
from vae_explorer.advice.family import Family, families
from vae_explorer.advice.finding import Finding, View
from vae_explorer.advice.generalisation import overfitting
from vae_explorer.advice.holes import holes
from vae_explorer.advice.knee import knee, network_knee
from vae_explorer.advice.seed_spread import seed_spread
from vae_explorer.advice.slips import slips
from vae_explorer.advice.wide_posterior import wide_posterior
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.checkpoints.shelf import Shelf

OF_MODEL: dict[str, Callable[[Case], Iterator[Finding]]] = {
    "knee": network_knee,
    "collapsed-units": collapsed_units,
    "wide-posterior": wide_posterior,
    "holes": holes,
    "aggregate-fit": aggregate_fit,
    "overfitting": overfitting,
}
"""What may be said of one model that shows no slip."""
OF_FAMILY: dict[str, Callable[[Family], Iterator[Finding]]] = {
    "knee": knee,
    "equivalent-beta": strange_betas,
    "seed-spread": seed_spread,
}
"""What may be said of models that differ in beta and seed alone."""


OF_GROUP: dict[str, Callable[[Sequence[Case]], Iterator[Finding]]] = {"equivalent-beta": placed_betas}
"""What may be said of models that stand side by side."""


def of_model(case: Case) -> tuple[Finding, ...]:
    """All that the figures of one model say; of a slip that alone, for whatever else they show may come of it."""
    return tuple(slips(case)) or tuple(finding for say in OF_MODEL.values() for finding in say(case))


def of_group(cases: Sequence[Case]) -> tuple[Finding, ...]:
    """All that the figures of these models say together, and of the families among them."""
    together = tuple(finding for say in OF_GROUP.values() for finding in say(cases))
    return (*(one for family in families(cases) for say in OF_FAMILY.values() for one in say(family)), *together)


CASES: Shelf[Case] = Shelf(case_of, 32)
ADVICE: Shelf[tuple[Finding, ...]] = Shelf(lambda checkpoint: of_model(CASES.get(checkpoint)), 256)


def advise(checkpoints: Sequence[Checkpoint]) -> tuple[Finding, ...]:
    """What the stored figures of these models say: of the families among them first, then of each.

    Raises:
        CheckpointError: for one that has no encoded split yet.
    """
    together = of_group([CASES.get(checkpoint) for checkpoint in checkpoints])
    return (*together, *(finding for checkpoint in checkpoints for finding in ADVICE.get(checkpoint)))


__all__ = ["OF_FAMILY", "OF_GROUP", "OF_MODEL", "Case", "Family", "Finding", "View", "advise", "of_group", "of_model"]
