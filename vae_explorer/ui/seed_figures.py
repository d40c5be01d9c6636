"""Figures over the seeds of a model: mean, standard deviation and how many, as they finish."""

from collections.abc import Iterable

from vae_explorer.checkpoints import Checkpoint, beta_views, catalogue
from vae_explorer.metrics import Column
from vae_explorer.spread import Spread, spread
from vae_explorer.ui.encoded_images import encoded_images


def seeds_of(checkpoint: Checkpoint) -> list[Checkpoint]:
    """This model, and one for each other seed of it that has encoded the same images, at the same β."""
    whole = checkpoint.whole or checkpoint
    images, found = encoded_images(whole), {whole.recipe.seed: checkpoint}
    for other in catalogue.usable().values():
        if whole.recipe.differs_in_seed_alone(other.recipe) and encoded_images(other) == images:
            turned = other if checkpoint.whole is None else beta_views.near_beta(other, checkpoint.recipe.beta)
            found.setdefault(other.recipe.seed, turned)
    return list(found.values())


def without_copies(found: Iterable[Checkpoint]) -> list[Checkpoint]:
    """The models, of those that were trained in the very same way, from the same seed, the first alone."""
    kept: dict[object, Checkpoint] = {}
    for one in found:
        recipe = one.recipe
        known = recipe.imported is None
        kept.setdefault((recipe.but_seed, recipe.seed, recipe.beta, encoded_images(one)) if known else one.id, one)
    return list(kept.values())


def over_seeds(values: Iterable[float | None]) -> Spread | None:
    """The spread of those that have a value; None where fewer than two have."""
    known = [value for value in values if value is not None]
    return spread(known) if len(known) > 1 else None


def column_words(column: Column, seeds: Iterable[Checkpoint]) -> str:
    """A figure over these models, as in “103.42 ± 0.31, n = 3 seeds”; empty where fewer than two have it."""
    found = over_seeds(column.number(catalogue.RESULTS.get(one), one.recipe.model) for one in seeds)
    return "" if found is None else found.words(column.figure.form)


def evaluated_words(checkpoint: Checkpoint) -> str:
    """nll, rate and active units over the seeds of a model; empty where there is one."""
    measured = [catalogue.EVALUATIONS.get(one) for one in seeds_of(checkpoint)]
    found = {
        "nll": over_seeds(one.nll for one in measured),
        "rate": over_seeds(one.rate for one in measured),
        "active units": over_seeds(one.active_units for one in measured),
    }
    forms = {"nll": "%.2f", "rate": "%.2f", "active units": "%d"}
    return " · ".join(f"{name} {one.words(forms[name])}" for name, one in found.items() if one is not None)
