"""σ read as log σ², or log σ² read as σ."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from vae_explorer.advice.case import Case, moments
from vae_explorer.advice.finding import Finding, view_of

KIND = "misread-scale"
FAR = 2.0
"""Times 1, or the part of it, that E[mu² + σ²] is as read; read the other way its logarithm must be half as large."""


class _Reading(NamedTuple):
    """How the second head is read, how else it may be meant, and σ² [N, D] by that."""

    stated: str
    meant: str
    variance: np.ndarray


def misread_scale(case: Case) -> Iterator[Finding]:
    """The other reading of the second head puts every unit where a KL holds it, and this one does not."""
    other = _READINGS[case.recipe.model.scale](case.latents.densities().logvar.astype(float))
    stated, meant = moments(case), moments(case, other.variance)
    as_read, else_read = float(np.median(stated.second)), float(np.median(meant.second))
    if abs(np.log(as_read)) < np.log(FAR) or abs(np.log(else_read)) > 0.5 * abs(np.log(as_read)):
        return
    sentence = (
        f"The second head looks like {other.meant}, but is read as {other.stated}: so read, E[mu² + σ²] is "
        f"{as_read:.1f} at the median over {len(stated.second)} units on {case.source}; read as {other.meant}, it is "
        f"{else_read:.1f}. A KL holds it at 1, whatever β is. Look whether loss and model take the head for the same."
    )
    numbers = {"as_read": as_read, "read_otherwise": else_read}
    yield Finding(KIND, sentence, numbers, view_of("explore", case.id, colour="sigma-0"), (case.id,))


_READINGS = {
    "logvar": lambda logvar: _Reading("log σ²", "σ itself", logvar**2),
    "sigma": lambda logvar: _Reading("σ itself", "log σ²", np.exp(-np.exp(0.5 * logvar))),
}
"""By what the recipe says; the sign of a head that was read as σ is lost, and log σ² is below 0 where a unit tells."""
