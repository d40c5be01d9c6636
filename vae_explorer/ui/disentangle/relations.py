"""What all units of a model have to do with all factors, and the cell that is looked at."""

from functools import partial

import numpy as np

from vae_explorer.checkpoints import Checkpoint
from vae_explorer.checkpoints.encoded_codes import CODES
from vae_explorer.checkpoints.shelf import Shelf
from vae_explorer.latents import encoded
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.factor_matrix import MATRICES
from vae_explorer.ui import state
from vae_explorer.ui.components.factor_matrix import Cell
from vae_explorer.ui.scene import Scene

MOST_UNITS = 16


def relations(scene: Scene, kind: str) -> np.ndarray:
    """The matrix of MATRICES of this name, [F, D]; measured once for each model."""
    return _RELATIONS[kind].get(scene.checkpoint)


def _measured(kind: str, checkpoint: Checkpoint) -> np.ndarray:
    return MATRICES[kind].measure(CODES.get(checkpoint))


_RELATIONS = {kind: Shelf(partial(_measured, kind), 16, measured=False) for kind in MATRICES}


def codes(scene: Scene) -> Codes:
    """The encoded images with their factors."""
    return CODES.get(scene.checkpoint)


def collapsed(scene: Scene) -> np.ndarray:
    """Which units say nothing; bool [D]."""
    return encoded.collapsed(scene.latents)


def shown_units(scene: Scene) -> list[int]:
    """The units that say most, in that order."""
    return scene.ranked[:MOST_UNITS]


def chosen_cell(scene: Scene, values: np.ndarray) -> Cell:
    """The cell that was chosen, or the strongest where none was or it does not fit this model."""
    units, kept = shown_units(scene), state.get("cell")
    if kept and kept[0] in units and kept[1] < len(values):
        return Cell(*kept)
    if kept:
        state.reset("cell")
        state.note(f"Unit {kept[0]} and factor {kept[1]} are not in this model's matrix; the strongest cell is shown.")
    factor, place = np.unravel_index(values[:, units].argmax(), (len(values), len(units)))
    return Cell(units[int(place)], int(factor))


def value_names(scene: Scene, factor: int, values: np.ndarray) -> list[str]:
    """What the values of a factor are called: by name where they have names, by number else."""
    names = codes(scene).factors[factor].names
    return [names[value] if names else str(value) for value in values.tolist()]
