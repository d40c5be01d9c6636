"""The traversal board: a grid over two units, a slider and a strip per unit, all decoded while they are dragged."""

from typing import Any

import numpy as np

from vae_explorer.checkpoints import read_unit_names
from vae_explorer.latents import traversals
from vae_explorer.latents.encoded import unit_variances
from vae_explorer.ui import titles
from vae_explorer.ui.components.served import event_callbacks, served
from vae_explorer.ui.scene import Scene

STRIP_STEPS = 9
_board = served("traversals", ("pieces/finger_view", "pieces/save_menu"))


def traversal_board(scene: Scene, steps: int, span: float, spacing: str) -> None:
    """The board of one model; the z that the hand leaves behind becomes the pin."""
    channels, height, width = scene.checkpoint.recipe.model.image_shape
    data: dict[str, Any] = {
        "model": scene.checkpoint.id,
        "version": scene.checkpoint.version,
        "image": {"c": channels, "h": height, "w": width},
        "latent_dim": scene.latent_dim,
        "y": scene.y,
        "pin": scene.pin.tolist(),
        "point": scene.point,
        "home": scene.spread.mean.tolist(),
        "units": _units(scene, span, spacing),
        "unit_names": dict(read_unit_names(scene.checkpoint)),
        "grid": _grid(scene, steps, span, spacing),
        "caption": titles.picture_caption([scene.checkpoint], scene.measured, titles.decoded_as(scene)),
    }
    _board(key="board", data=data, **event_callbacks("board", "pin", "point"))


def _grid(scene: Scene, steps: int, span: float, spacing: str) -> dict[str, Any]:
    plane = list(scene.units)
    mean, deviation = scene.spread.mean[plane], scene.spread.deviation[plane]
    across, up = np.moveaxis(traversals.prior_grid(steps, span, spacing=spacing), 2, 0)
    title = titles.unit_title(scene)
    return {
        "units": plane,
        "x": (mean[0] + deviation[0] * across[0]).tolist(),
        "y": (mean[1] + deviation[1] * up[:, 0]).tolist() if len(plane) > 1 else [0.0],
        "names": [titles.unit_name(scene.checkpoint, unit) for unit in plane],
        "labels": [title(unit) for unit in plane],
    }


def _units(scene: Scene, span: float, spacing: str) -> list[dict[str, Any]]:
    """One row each; a slider reaches as far as the strip under it, and farther only to where the pin lies."""
    home, deviation = scene.spread
    strips = home[:, None] + deviation[:, None] * traversals.axis(STRIP_STEPS, span, spacing)
    reach = np.maximum(span * deviation, np.abs(scene.pin - home))
    kl, variances = scene.latents.kl_per_dim, unit_variances(scene.latents)
    return [
        {
            "unit": unit,
            "kl": None if kl is None else float(kl[unit]),
            "variance": float(variances[unit]),
            "home": float(home[unit]),
            "low": float(home[unit] - reach[unit]),
            "high": float(home[unit] + reach[unit]),
            "strip": strips[unit].tolist(),
        }
        for unit in scene.ranked
    ]
