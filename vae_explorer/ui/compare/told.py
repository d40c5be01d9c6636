"""The whole comparison as the browser is told it: to be shown under one hand, and saved as one picture."""

from typing import Any

import numpy as np

from vae_explorer.checkpoints import catalogue
from vae_explorer.ui import colour_choices, state, titles
from vae_explorer.ui.compare import columns, models, samples
from vae_explorer.ui.components import mosaic
from vae_explorer.ui.components.comparison import comparison
from vae_explorer.ui.components.latent_map import extent, named_axes
from vae_explorer.ui.map_figures import plane_words
from vae_explorer.ui.scene import Scene

COLUMNS = 5
"""Pictures in a row beneath a model's heading."""


SPAN, STEPS = 2.5, 7
"""How far the slider of a unit goes, in standard deviations of its prior, and the pictures of its strip."""


def show(found: list[Scene], shown: list[int], seed: int, axes: str, colour: str) -> None:
    """The columns of these models with these images, this seed of eps, and these axes and colours of the maps."""
    first = found[0]
    samples.prepare(found, state.get("drawn"))
    comparison(
        _examples(first, shown)
        | _choices(first)
        | _colours(first, colour)
        | {
            "models": [
                _heading(one, models.measured_columns(found))
                | {
                    "pictures": _pictures(one, found, shown, seed),
                    "map": _map(one, axes, models.on_same_axes(one, found)),
                }
                | columns.column(one, found, axes)
                for one in found
            ],
            "caption": titles.picture_caption([one.checkpoint for one in found], first.measured, f"seed of eps {seed}"),
            "name": " ".join(("comparison", *(one.checkpoint.id for one in found))),
        }
    )


def _examples(first: Scene, shown: list[int]) -> dict[str, Any]:
    row = mosaic.picture_row(first, mosaic.originals_source(first, shown), len(shown), models.SAME_IMAGES)
    return {"originals": row, "image": row["image"], "classes": list(first.classes)}


def _choices(first: Scene) -> dict[str, Any]:
    """The image, the unit and the difference that all columns show."""
    title = titles.unit_title(first)
    return {
        "point": state.get("point") or 0,
        "unit": first.ranked[0] if state.get("unit") is None else state.get("unit"),
        "units": [{"unit": unit, "title": title(unit)} for unit in first.ranked],
        "span": SPAN,
        "strip": np.linspace(-SPAN, SPAN, STEPS).tolist(),
        "difference": state.get("difference"),
    }


def _colours(first: Scene, colour: str) -> dict[str, Any]:
    legend = colour_choices.legend(first.checkpoint, colour)
    return {
        "colour": colour_choices.map_colour(first.checkpoint, colour, None),
        "legend": {
            "title": legend.title,
            "names": list(legend.names),
            "colours": list(legend.colours),
            "column": legend.column,
            "hidden": list(state.get("hidden")),
        },
    }


def _heading(one: Scene, measured: list[models.Column]) -> dict[str, Any]:
    title, built, figures = models.heading(one, measured)
    results = catalogue.RESULTS.get(one.checkpoint)
    named = [
        {"name": column.figure.heading, "text": text, "seeds": seeds, "about": column.source(results)}
        for column, text, seeds in figures
    ]
    return {
        "title": title,
        "built": f"{one.checkpoint.id}: {built}",
        "mark": models.mark(one.checkpoint),
        "figures": named,
    }


def _pictures(one: Scene, found: list[Scene], shown: list[int], seed: int) -> list[dict[str, object]]:
    """The rows of pictures, as the page shows them."""
    source = state.get("drawn")
    rows = (
        (mosaic.reconstructions(one, shown), models.RECONSTRUCTIONS),
        (samples.samples(one, seed, source), samples.samples_caption(one, found, source)),
    )
    return [
        mosaic.picture_row(one, mosaic.codes_source(one, codes), min(COLUMNS, len(codes.z)), caption)
        for codes, caption in rows
    ]


def _map(one: Scene, axes: str, same: list[Scene]) -> dict[str, Any]:
    named = named_axes(one, axes)
    return {
        "model": one.checkpoint.id,
        "version": one.checkpoint.version,
        "sampled": one.points < one.n,
        "columns": [axis["column"] for axis in named],
        "titles": [axis["label"] for axis in named],
        "extent": extent(same, axes),
        "caption": plane_words(one, axes),
    }
