"""The whole comparison as one picture: what the page shows, for the browser to draw level with each other."""

from typing import Any

from vae_explorer.ui import colour_choices, state, titles
from vae_explorer.ui.compare import models
from vae_explorer.ui.components import mosaic
from vae_explorer.ui.components.comparison import comparison_menu
from vae_explorer.ui.components.latent_map import extent, named_axes
from vae_explorer.ui.map_figures import plane_words
from vae_explorer.ui.scene import Scene

COLUMNS = 5
"""Pictures in a row beneath a model's heading."""


def save_menu(found: list[Scene], shown: list[int], seed: int, axes: str, colour: str) -> None:
    """The menu of these models with these images, this seed of eps, and these axes and colours of the maps."""
    columns = models.measured_columns(found)
    checkpoints = [one.checkpoint for one in found]
    legend = colour_choices.legend(checkpoints[0], colour)
    source = mosaic.originals_source(found[0], shown)
    comparison_menu(
        {
            "originals": mosaic.picture_row(found[0], source, len(shown), models.SAME_IMAGES),
            "models": [
                _heading(one, columns)
                | {"pictures": _pictures(one, shown, seed), "map": _map(one, axes, models.on_same_axes(one, found))}
                for one in found
            ],
            "colour": colour_choices.map_colour(checkpoints[0], colour, None),
            "legend": {
                "title": legend.title,
                "names": list(legend.names),
                "colours": list(legend.colours),
                "column": legend.column,
                "hidden": list(state.get("hidden")),
            },
            "caption": titles.picture_caption(checkpoints, found[0].measured, f"seed of eps {seed}"),
            "name": " ".join(("comparison", *(checkpoint.id for checkpoint in checkpoints))),
        }
    )


def _heading(one: Scene, columns: list[models.Column]) -> dict[str, Any]:
    title, built, figures = models.heading(one, columns)
    named = [{"name": column.figure.heading, "text": text} for column, text in figures]
    return {"title": title, "built": f"{one.checkpoint.id}: {built}", "figures": named}


def _pictures(one: Scene, shown: list[int], seed: int) -> list[dict[str, object]]:
    """The rows of pictures, as the page shows them."""
    rows = (
        (mosaic.reconstructions(one, shown), models.RECONSTRUCTIONS),
        (models.samples(one, seed), models.samples_caption(one)),
    )
    return [mosaic.picture_row(one, mosaic.codes_source(one, codes), COLUMNS, caption) for codes, caption in rows]


def _map(one: Scene, axes: str, same: list[Scene]) -> dict[str, Any]:
    named = named_axes(one, axes)
    return {
        "model": one.checkpoint.id,
        "version": one.checkpoint.version,
        "columns": [axis["column"] for axis in named],
        "titles": [axis["label"] for axis in named],
        "extent": extent(same, axes),
        "caption": plane_words(one, axes),
    }
