"""The matrix of factors and units: how strongly each two go together, and the cell that was chosen."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from vae_explorer.ui.components.served import event_callbacks, served

_matrix = served("matrix")


class Cell(NamedTuple):
    """A unit beside a factor."""

    unit: int
    factor: int


def factor_matrix(
    factors: list[str],
    units: list[int],
    names: Mapping[int, str],
    collapsed: np.ndarray,
    values: np.ndarray,
    cell: Cell,
) -> None:
    """The matrix with units in this order, values [F, D] from 0 to 1 of all units; what is chosen becomes the cell.

    names: of those units that have one.
    """
    data = {
        "factors": factors,
        "units": [{"unit": unit, "collapsed": bool(collapsed[unit])} for unit in units],
        "unit_names": dict(names),
        "values": values[:, units].tolist(),
        "cell": list(cell),
    }
    key = f"factor-matrix-{len(factors)}"
    _matrix(key=key, data=data, **event_callbacks(key, "cell"))
