"""The βs of a multi-rate network: one net that was trained for all of them at once (Bae et al. 2022)."""

import math
from typing import NamedTuple, Self

from vae_explorer.bounds import is_number
from vae_explorer.errors import InvalidSetting, require

LEAST, MOST = 0.001, 1000.0
STOPS_PER_OCTAVE = 6
"""So that every power of two in a range is a stop, and 0.25 to 16 has 37 of them."""
EXPECTED = f"A range of βs must be two numbers from {LEAST:g} to {MOST:g} with 1 in it, such as 0.25,16"


class BetaRange(NamedTuple):
    """From the lowest β to the highest, both trained; β = 1, at which the loss is the ELBO, lies among them."""

    low: float
    high: float

    @classmethod
    def parsed(cls, text: str) -> Self:
        """The range that "0.25,16" says.

        Raises:
            InvalidSetting: for any other text, and for bounds that do not hold 1.
        """
        try:
            low, high = (float(part) for part in text.split(","))
        except ValueError as error:
            raise InvalidSetting(f"{EXPECTED}, not “{text[:60]}”.") from error
        bounded = is_number(low, LEAST, 1.0) and is_number(high, 1.0, MOST) and low < high
        require(bounded and text == f"{low:g},{high:g}", f"{EXPECTED}, not “{text[:60]}”.")
        return cls(low, high)

    def holds(self, beta: float) -> bool:
        """Whether the network was trained for this β."""
        return self.low <= beta <= self.high

    def clamped(self, beta: float) -> float:
        """The nearest β that it was trained for."""
        return min(max(beta, self.low), self.high)

    def share(self, beta: float) -> float:
        """Where log β lies in the range: 0 at its low end, 1 at its high end."""
        return math.log(beta / self.low) / math.log(self.high / self.low)

    def at_share(self, share: float) -> float:
        """The β there."""
        return self.low * (self.high / self.low) ** share

    def stops(self) -> tuple[float, ...]:
        """The βs at which everything is measured: both ends, and six an octave, the powers of two among them."""
        first = math.ceil(STOPS_PER_OCTAVE * math.log2(self.low) - 1e-9)
        last = math.floor(STOPS_PER_OCTAVE * math.log2(self.high) + 1e-9)
        inside = (round(2.0 ** (step / STOPS_PER_OCTAVE), 4) for step in range(first, last + 1))
        return tuple(sorted({self.low, *(self.clamped(beta) for beta in inside), self.high}))

    def nearest_stop(self, beta: float) -> float:
        """The stop that is nearest by its logarithm."""
        return min(self.stops(), key=lambda stop: abs(math.log(stop / beta)))
