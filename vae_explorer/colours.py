"""Class colours, the same in every picture of the app."""

from collections.abc import Sequence

CLASS_COLOURS = (
    "#3f90da",
    "#ffa90e",
    "#bd1f01",
    "#94a4a2",
    "#832db6",
    "#a96b59",
    "#e76300",
    "#b9ac70",
    "#717581",
    "#92dadd",
)
"""Ten colours that stay apart under the common colour-vision deficiencies (Petroff 2021)."""

NOISE, NOISE_COLOUR = "noise", "#999999"
GREYS = (3, 8)
"""The two of them that could be taken for noise."""

MODEL_COLOURS = ("#4477aa", "#ee6677", "#228833", "#aa3377")
"""For models side by side, told apart likewise (Tol 2021, “bright”); none of them is a class."""


def class_colours(count: int) -> list[str]:
    """A colour for each of `count` classes; beyond ten they repeat."""
    return [CLASS_COLOURS[index % len(CLASS_COLOURS)] for index in range(count)]


def cluster_colours(names: Sequence[str]) -> list[str]:
    """A colour for each cluster, grey for noise and only for it; they repeat when there are many."""
    hues = [colour for index, colour in enumerate(CLASS_COLOURS) if index not in GREYS or NOISE not in names]
    return [NOISE_COLOUR if name == NOISE else hues[index % len(hues)] for index, name in enumerate(names)]
