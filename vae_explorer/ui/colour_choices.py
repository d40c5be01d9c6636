"""What the points of a map are coloured by, and the categories that its legend shows, hides and isolates."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from vae_explorer.checkpoints import Checkpoint, catalogue, read_unit_names
from vae_explorer.checkpoints.columns import clustered
from vae_explorer.checkpoints.known_traits import class_factor, known_factors, traits
from vae_explorer.colours import CLASS_COLOURS, CLUSTER_COLOURS, NOISE, class_colours, cluster_colours, repeats
from vae_explorer.latents import clusters
from vae_explorer.latents.encoded import units_by_information
from vae_explorer.latents.traits import Trait, range_names
from vae_explorer.ui.words import unit_words

CLASS = "class"
DEFAULT_CLUSTERS = "kmeans-10"
VALUES = {"nll": "nll (nats)", "rate": "rate (nats)"}
PER_UNIT = {"mu": "mu of", "sigma": "σ of"}
"""Columns with a value per image, and families with one per image and unit."""


class Legend(NamedTuple):
    """Categories: the column that holds their ids, what one is called, and their names and colours in order.

    They are classes, clusters, the values of a factor or, of a factor with many values, ranges of them.

    Beside them the ids of those that lie around a middle, which noise does not, and a sentence where colours repeat.
    """

    column: str
    title: str
    names: tuple[str, ...]
    colours: list[str]
    centred: list[int]
    note: str


def choices(checkpoint: Checkpoint, chosen: str, point: int | None) -> dict[str, str]:
    """What points can be coloured by, with words for it; units come the most informative first.

    Distances are from the chosen image, and are no choice where there is none.
    """
    latents = catalogue.LATENTS.get(checkpoint)
    values = {name: title for name, title in VALUES.items() if getattr(latents, name) is not None}
    families = {name: title for name, title in PER_UNIT.items() if name == "mu" or not latents.plain}
    ranked = units_by_information(latents)
    units = {f"{name}-{unit}": _of_unit(checkpoint, title, unit) for name, title in families.items() for unit in ranked}
    k_means = chosen if chosen.startswith("kmeans") else DEFAULT_CLUSTERS
    found = {k_means: "k-means", "hdbscan": "HDBSCAN clusters"}
    far = {} if point is None else {"distance": "Distance to the chosen image"}
    return trait_choices(checkpoint) | values | found | far | units


def trait_choices(checkpoint: Checkpoint) -> dict[str, str]:
    """The class and every known factor, with words for them: what the maps of several models can be coloured by."""
    return {_colour_of(trait): trait.name.capitalize() for trait in traits(checkpoint)}


def trait_colour(checkpoint: Checkpoint, colour: str) -> str:
    """The colour where it is the class or a factor; the class else."""
    return colour if colour in trait_choices(checkpoint) else CLASS


def named(checkpoint: Checkpoint, name: str | None) -> str:
    """The colour of this name among a model's factors; the class where there is none."""
    return next((colour for colour, title in trait_choices(checkpoint).items() if title == name), CLASS)


def settled(checkpoint: Checkpoint, colour: str) -> str:
    """The colour by its one name: a factor that is the class is the class."""
    same = class_factor(catalogue.LATENTS.get(checkpoint).dataset)
    return CLASS if same is not None and colour == f"factor-{same}" else colour


def misfit(checkpoint: Checkpoint, colour: str, point: int | None) -> str:
    """Why points cannot be coloured so, or nothing."""
    latents = catalogue.LATENTS.get(checkpoint)
    n, units = latents.mu.shape
    family, number = colour.partition("-")[0], _number(colour)
    reasons = {
        "a plain autoencoder has no rate": family == "rate" and latents.plain,
        "a plain autoencoder has no σ": family == "sigma" and latents.plain,
        f"units go from 0 to {units - 1}": family in PER_UNIT and number >= units,
        f"there are {n:,} images": family == "kmeans" and number > n,
        "no image is chosen": family == "distance" and point is None,
    }
    missing = _no_factor(checkpoint, number) if family == "factor" else ""
    return missing or next((reason for reason, holds in reasons.items() if holds), "")


def _no_factor(checkpoint: Checkpoint, number: int) -> str:
    factors, _, note = known_factors(checkpoint)
    if note or number < len(factors):
        return note
    return f"factors go from 0 to {len(factors) - 1}" if factors else "of these images only the class is known"


def legend_column(checkpoint: Checkpoint, colour: str) -> str:
    """The column of the legend's categories: what points are coloured by where that has any, classes else."""
    return colour if clusters.NAME.fullmatch(colour) else _column_of(_trait(checkpoint, colour))


def legend(checkpoint: Checkpoint, colour: str) -> Legend:
    """The categories that the legend shows."""
    if not clusters.NAME.fullmatch(colour):
        return _trait_legend(_trait(checkpoint, colour))
    return _cluster_legend(checkpoint, colour)


def _trait(checkpoint: Checkpoint, colour: str) -> Trait:
    """The one that the colour names, or the class."""
    of_class, *factors = traits(checkpoint)
    return next((factor for factor in factors if factor.column == colour), of_class)


def _colour_of(trait: Trait) -> str:
    return CLASS if trait.column == "label" else trait.column


def _column_of(trait: Trait) -> str:
    return trait.column if trait.few else trait.column.replace("factor", "range")


def _trait_legend(trait: Trait) -> Legend:
    names = trait.names if trait.few else range_names(len(trait.names))
    note = repeats(names, CLASS_COLOURS if trait.column == "label" else CLUSTER_COLOURS)
    centred = list(range(len(names)))
    return Legend(_column_of(trait), trait.name.capitalize(), names, _colours(trait, names), centred, note)


def trait_colours(trait: Trait) -> list[str]:
    """A colour for every value: a class's own, another for each of few values, one and the same for many."""
    return _colours(trait, trait.names) if trait.few else [CLUSTER_COLOURS[0]] * len(trait.names)


def _colours(trait: Trait, names: Sequence[str]) -> list[str]:
    return class_colours(len(names)) if trait.column == "label" else cluster_colours(names)


def _cluster_legend(checkpoint: Checkpoint, column: str) -> Legend:
    names = clustered(checkpoint, column).names
    centred = [place for place, name in enumerate(names) if name != NOISE]
    note = repeats([names[place] for place in centred], CLUSTER_COLOURS)
    return Legend(column, "Cluster", names, cluster_colours(names), centred, note)


def map_colour(checkpoint: Checkpoint, colour: str, point: int | None) -> dict[str, Any]:
    """The colour as the map is told it: by the legend's categories, or by the values of a column."""
    family, number = colour.partition("-")[0], _number(colour)
    if colour == CLASS or legend_column(checkpoint, colour) == colour:
        return {"kind": "category"}
    if family == "factor":
        scale = _trait(checkpoint, colour)
        return {"kind": "value", "column": colour, "label": f"{scale.name} ({scale.extent})"}
    if colour == "distance":
        return {"kind": "value", "column": f"distance-{point}", "label": f"Latent distance to image {point}"}
    label = _of_unit(checkpoint, PER_UNIT[family], number) if family in PER_UNIT else VALUES[colour]
    return {"kind": "value", "column": colour, "label": label}


def _of_unit(checkpoint: Checkpoint, title: str, unit: int) -> str:
    return f"{title} {unit_words(unit, read_unit_names(checkpoint))}"


def _number(name: str) -> int:
    """The number behind a name's dash; 0 without one."""
    return int(name.partition("-")[2] or 0)
