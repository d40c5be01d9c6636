"""The traversal board: a grid over two units, a slider and a strip per unit, all decoded while they are dragged."""

from typing import Any

import numpy as np

from vae_explorer import traversals
from vae_explorer.ui import panels
from vae_explorer.ui.components.served import heard, served
from vae_explorer.ui.scene import Scene

STRIP_STEPS = 9
_board = served("traversals", "600px")


def traversal_board(scene: Scene, steps: int, span: float, spacing: str) -> None:
    """The board of one model; the z that the hand leaves behind becomes the pin."""
    channels, height, width = scene.checkpoint.recipe.model.image_shape
    title = panels.unit_title(scene)
    grid = traversals.prior_grid(steps, span, spacing=spacing)
    data: dict[str, Any] = {
        "model": scene.checkpoint.id,
        "version": scene.checkpoint.version,
        "image": {"c": channels, "h": height, "w": width},
        "latent_dim": scene.latent_dim,
        "pin": scene.pin.tolist(),
        "point": scene.point,
        "home": np.zeros(scene.latent_dim).tolist(),
        "units": [_unit(scene, unit, span) for unit in scene.ranked],
        "grid": {
            "units": list(scene.units),
            "x": grid[0, :, 0].tolist(),
            "y": grid[:, 0, 1].tolist() if scene.latent_dim > 1 else [0.0],
            "labels": [title(unit) for unit in scene.units],
        },
        "strip": traversals.axis(STRIP_STEPS, span, spacing).tolist(),
    }
    _board(key="board", data=data, **heard("board", "pin", "point"))


def _unit(scene: Scene, unit: int, span: float) -> dict[str, float]:
    """A slider reaches as far as the strip under it, and farther only to where the pin lies."""
    reach = max(span, float(np.abs(scene.pin[unit])))
    return {"unit": unit, "kl": float(scene.latents.kl_per_dim[unit]), "low": -reach, "high": reach}
