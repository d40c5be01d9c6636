"""Whether a model and others of its data set are ranked alike by every way of counting a score."""

from collections.abc import Mapping, Sequence

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.metrics.score_rows import variants_of, ways
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.fragility import fragile, in_common, robust
from vae_explorer.scorer.found import found
from vae_explorer.ui.words import literal

NAMED = 4
"""Most models that are called by their names."""
Counted = Mapping[str, float]
"""A model's score by each way of counting."""


def ranking(checkpoint: Checkpoint) -> str:
    """One sentence on this model and all others of the data set whose scores were counted in other ways; or none."""
    dataset = catalogue.EVALUATIONS.get(checkpoint).dataset
    others = [one for one in catalogue.usable().values() if one.id != checkpoint.id]
    same = [one for one in others if catalogue.EVALUATIONS.get(one).dataset == dataset]
    own = counted(checkpoint)
    compared = {one.id: scores for one in same if (scores := counted(one)) and own.keys() <= scores.keys()}
    return told({checkpoint.id: own, **compared}) if own and compared else ""


def counted(checkpoint: Checkpoint) -> dict[str, Counted]:
    """The scores of a checkpoint, by name, that were counted in other ways."""
    results = found(checkpoint).results
    rows = [name for name, row in SCORES.items() if fragile(row) and variants_of(name) in results]
    return {name: {way.name: way.value for way in ways(results[variants_of(name)].value)} for name in rows}


def told(models: Mapping[str, Mapping[str, Counted]]) -> str:
    """Of two models or more, by which scores every way of counting keeps their ranking, and by which not."""
    names = list(next(iter(models.values())))
    tables = {name: [scores[name] for scores in models.values()] for name in names}
    kept = [name for name in names if robust(tables[name])]
    lost = [name for name in names if name not in kept]
    who = _listed([literal(name) for name in models]) if len(models) <= NAMED else f"these {len(models)} models"
    number = len(in_common(tables[names[0]]))
    if not kept:
        return f"The ranking of {who} is not robust: by {_titles(lost)} it changes with the way of counting."
    rest = f"; by {_titles(lost)} it is not robust" if lost else ""
    return f"The ranking of {who} by {_titles(kept)} is kept by all {number} ways of counting{rest}."


def _titles(names: Sequence[str]) -> str:
    return _listed([SCORES[name].title for name in names])


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
