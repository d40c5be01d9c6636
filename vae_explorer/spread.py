"""Spread: what several seeds of one run come to, as mean, standard deviation and number."""

from collections.abc import Sequence
from statistics import fmean, stdev
from typing import NamedTuple


class Spread(NamedTuple):
    """Of a figure over runs that differ in their seed alone."""

    mean: float
    sd: float
    """Of a sample, with n − 1 below; 0 of one run."""
    n: int

    def words(self, form: str) -> str:
        """As in “103.42 ± 0.31, n = 3 seeds”; form: as printf has it. A mean of counts has one decimal more."""
        form = {"%d": "%.1f", "%.0f": "%.1f"}.get(form, form)
        return f"{form % self.mean} ± {form % self.sd}, n = {self.n} seeds"


def spread(values: Sequence[float]) -> Spread:
    """The spread of one value or more."""
    return Spread(fmean(values), stdev(values) if len(values) > 1 else 0.0, len(values))
