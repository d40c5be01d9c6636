"""How far a fit has come: what libraries print, turned into reports."""

import io
import re

from vae_explorer.child_reports import Report

LAYING_OUT = (0.4, 0.9)
"""The shares between which the layout runs."""


class Printed(io.TextIOBase):
    """What a library takes for a file to print its steps into; the pattern's first group is the step."""

    def __init__(self, report: Report, step: str, steps: int) -> None:
        self._report, self._step, self._steps = report, re.compile(step), steps

    def write(self, text: str) -> int:
        """Report the step that a text tells, if it tells one."""
        low, high = LAYING_OUT
        if found := self._step.search(text):
            self._report(low + (high - low) * min(1.0, int(found[1]) / self._steps), "Laying out")
        return len(text)
