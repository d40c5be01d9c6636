"""Colours of classes, clusters and models, the same in every picture of the app and in both themes."""

from collections.abc import Sequence

CLASS_COLOURS = (
    "#1ea569",
    "#7887e1",
    "#c3871e",
    "#b42da5",
    "#a587a5",
    "#d2000f",
    "#875a78",
    "#0f783c",
    "#697869",
    "#2d4bff",
)
"""Ten that stand out from a white and from a black page and stay apart under colour-vision deficiencies.

Farthest apart are those of digits that lie together on maps: 3, 5, 8 and 4, 7, 9. What is reached is measured by tests.
"""

CLUSTER_COLOURS = (
    "#4b8769",
    "#b400ff",
    "#d21e00",
    "#785a78",
    "#f03c69",
    "#00a596",
    "#7878b4",
    "#695aa5",
    "#b43c4b",
    "#7896b4",
    "#f02dff",
    "#b45a96",
    "#69873c",
    "#4b780f",
    "#1e784b",
    "#c30096",
    "#a50fd2",
    "#00965a",
    "#966978",
    "#4b96d2",
)
"""As many as k-means may find; none of them is a class. The first ten are farther apart than all are."""

NOISE, NOISE_COLOUR = "noise", "#8a8a8a"

MODEL_COLOURS = ("#4477aa", "#ee6677", "#228833", "#aa3377", "#997700", "#3399bb")
"""For models side by side, told apart likewise (Tol 2021, “bright”); none of them is a class."""


def class_colours(count: int) -> list[str]:
    """A colour for each of `count` classes; beyond ten they repeat."""
    return [CLASS_COLOURS[index % len(CLASS_COLOURS)] for index in range(count)]


def cluster_colours(names: Sequence[str]) -> list[str]:
    """A colour for each cluster, grey for noise and only for it; beyond twenty they repeat."""
    hues = CLUSTER_COLOURS
    return [NOISE_COLOUR if name == NOISE else hues[index % len(hues)] for index, name in enumerate(names)]


def repeats(names: Sequence[str], colours: Sequence[str]) -> str:
    """A sentence on colours that come back, where there are more names than colours; else nothing."""
    return f"Colours repeat after {names[len(colours) - 1]}." if len(names) > len(colours) else ""
