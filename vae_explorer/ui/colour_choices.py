"""What the points of a map are coloured by, and the categories that its legend shows, hides and isolates."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.columns import clustered
from vae_explorer.colours import CLASS_COLOURS, CLUSTER_COLOURS, NOISE, class_colours, cluster_colours
from vae_explorer.latents import clusters
from vae_explorer.latents.encoded import Latents, units_by_information

DEFAULT_CLUSTERS = "kmeans-10"
VALUES = {"nll": "nll (nats)", "rate": "rate (nats)"}
PER_UNIT = {"mu": "mu of unit", "sigma": "σ of unit"}
"""Columns with a value per image, and families with one per image and unit."""


class Legend(NamedTuple):
    """Categories: the column that holds their ids, what one is called, and their names and colours in order.

    Beside them the ids of those that lie around a middle, which noise does not, and a sentence where colours repeat.
    """

    column: str
    title: str
    names: tuple[str, ...]
    colours: list[str]
    centred: list[int]
    note: str


def choices(latents: Latents, chosen: str, point: int | None) -> dict[str, str]:
    """What points can be coloured by, with words for it; units come the most informative first.

    Distances are from the chosen image, and are no choice where there is none.
    """
    values = {name: title for name, title in VALUES.items() if getattr(latents, name) is not None}
    families = {name: title for name, title in PER_UNIT.items() if name == "mu" or not latents.plain}
    ranked = units_by_information(latents)
    units = {f"{name}-{unit}": f"{title} {unit}" for name, title in families.items() for unit in ranked}
    k_means = chosen if chosen.startswith("kmeans") else DEFAULT_CLUSTERS
    found = {k_means: f"k-means ({_number(k_means)} clusters)", "hdbscan": "HDBSCAN clusters"}
    far = {} if point is None else {"distance": "Distance to the chosen image"}
    return {"class": "Class"} | values | found | far | units


def misfit(latents: Latents, colour: str, point: int | None) -> str:
    """Why points cannot be coloured so, or nothing."""
    n, units = latents.mu.shape
    family, number = colour.partition("-")[0], _number(colour)
    reasons = {
        "a plain autoencoder has no rate": family == "rate" and latents.plain,
        "a plain autoencoder has no σ": family == "sigma" and latents.plain,
        f"units go from 0 to {units - 1}": family in PER_UNIT and number >= units,
        f"there are {n:,} images": family == "kmeans" and number > n,
        "no image is chosen": family == "distance" and point is None,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def legend_column(colour: str) -> str:
    """The column of the legend's categories: clusters when points are coloured by them, classes else."""
    return colour if clusters.NAME.fullmatch(colour) else "label"


def legend(checkpoint: Checkpoint, colour: str) -> Legend:
    """The categories that the legend shows."""
    column = legend_column(colour)
    if column == "label":
        names = datasets.dataset(catalogue.LATENTS.get(checkpoint).dataset).classes
        return Legend(
            column, "Class", names, class_colours(len(names)), list(range(len(names))), _repeats(names, CLASS_COLOURS)
        )
    names = clustered(checkpoint, column).names
    centred = [place for place, name in enumerate(names) if name != NOISE]
    note = _repeats([names[place] for place in centred], CLUSTER_COLOURS)
    return Legend(column, "Cluster", names, cluster_colours(names), centred, note)


def _repeats(names: Sequence[str], colours: Sequence[str]) -> str:
    """That colours come back, where there are more names than colours."""
    return f"Colours repeat after {names[len(colours) - 1]}." if len(names) > len(colours) else ""


def map_colour(colour: str, point: int | None) -> dict[str, Any]:
    """The colour as the map is told it: by the legend's categories, or by the values of a column."""
    family, number = colour.partition("-")[0], _number(colour)
    if colour == "class" or legend_column(colour) == colour:
        return {"kind": "category"}
    if colour == "distance":
        return {"kind": "value", "column": f"distance-{point}", "label": f"Latent distance to image {point}"}
    label = f"{PER_UNIT[family]} {number}" if family in PER_UNIT else VALUES[colour]
    return {"kind": "value", "column": colour, "label": label}


def _number(name: str) -> int:
    """The number behind a name's dash; 0 without one."""
    return int(name.partition("-")[2] or 0)
