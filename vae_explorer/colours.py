"""Class colours, the same in every picture of the app."""

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

MODEL_COLOURS = ("#4477aa", "#ee6677", "#228833", "#aa3377")
"""For models side by side, told apart likewise (Tol 2021, “bright”); none of them is a class."""


def class_colours(count: int) -> list[str]:
    """A colour for each of `count` classes; beyond ten they repeat."""
    return [CLASS_COLOURS[index % len(CLASS_COLOURS)] for index in range(count)]
