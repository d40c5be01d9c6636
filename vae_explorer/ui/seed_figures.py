"""Figures over the seeds of a model: mean, standard deviation and how many, as they finish."""

from collections.abc import Iterable

from vae_explorer.checkpoints import Checkpoint, beta_views, catalogue
from vae_explorer.jobs import seeds
from vae_explorer.metrics import Column
from vae_explorer.spread import Spread, spread
from vae_explorer.ui.encoded_images import encoded_images


def seeds_of(checkpoint: Checkpoint) -> list[Checkpoint]:
    """This model, and one for each other seed of it that has encoded the same images, at the same β."""
    whole = checkpoint.whole or checkpoint
    images = encoded_images(whole)
    others = [one for one in seeds.trained(whole).values() if one != whole and encoded_images(one) == images]
    if checkpoint.whole is not None:
        others = [beta_views.near_beta(one, checkpoint.recipe.beta) for one in others]
    return [checkpoint, *others]


def run_of(one: Checkpoint) -> object:
    """What models share that differ in their seed alone; an imported one shares it with none."""
    return one.id if one.recipe.imported else (one.recipe.but_seed, one.recipe.beta)


def without_copies(found: Iterable[Checkpoint]) -> list[Checkpoint]:
    """The models, of those that were trained in the very same way, from the same seed, the first alone."""
    kept: dict[object, Checkpoint] = {}
    for one in found:
        kept.setdefault((run_of(one), one.recipe.seed, encoded_images(one)), one)
    return list(kept.values())


def over_seeds(values: Iterable[float | None]) -> Spread | None:
    """The spread of those that have a value; None where fewer than two have."""
    known = [value for value in values if value is not None]
    return spread(known) if len(known) > 1 else None


def match_words(correlations: Iterable[float | None]) -> str:
    """How strongly a unit is matched over seeds, as in “0.81 ± 0.04, n = 3 seeds”; which way a unit runs is chance."""
    found = over_seeds(None if one is None else abs(one) for one in correlations)
    return "" if found is None else found.words("%.2f")


def column_words(column: Column, models: Iterable[Checkpoint]) -> str:
    """A figure over these models, as in “103.42 ± 0.31, n = 3 seeds”; empty where fewer than two have it."""
    found = over_seeds(column.number(catalogue.RESULTS.get(one), one.recipe.model) for one in models)
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
