"""PAGES: what the navigation shows, the script it runs and what its address says. One row each; the first is home."""

from dataclasses import dataclass
from pathlib import Path

SCRIPTS = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Page:
    """One page: its title, its icon (a Material symbol), its script, and the rows of PARAMS that its address shows."""

    title: str
    icon: str
    script: Path
    parameters: tuple[str, ...]


MAP_SETTINGS = ("n_neighbors", "min_dist", "metric", "perplexity", "map_seed")
"""What a fitted map is computed with."""

PAGES: dict[str, Page] = {
    "explore": Page(
        "Explore",
        "scatter_plot",
        SCRIPTS / "explore.py",
        (
            *("model", "y", "plane", "units", "colour", "pin", "point", "view", "spot", "area"),
            *("lattice", "contours", "thumbnails", "refine", "measure", *MAP_SETTINGS, "hidden"),
        ),
    ),
    "traversals": Page(
        "Traversals",
        "grid_on",
        SCRIPTS / "traversals.py",
        ("model", "y", "units", "pin", "point", "spacing", "span", "steps"),
    ),
    "interpolate": Page(
        "Interpolate", "linear_scale", SCRIPTS / "interpolate.py", ("model", "y", "a", "b", "path", "frames", "t")
    ),
    "compare": Page("Compare β", "compare", SCRIPTS / "compare.py", ("hidden", "models", "axes", "seed")),
    "train": Page("Train", "model_training", SCRIPTS / "train.py", ("run",)),
}


def home() -> str:
    """The page at the root of the site."""
    return next(iter(PAGES))
