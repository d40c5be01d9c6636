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
    welcome: str
    """What is seen and what to do, for who opens it for the first time."""
    model: str = ""
    """What it opens with where nobody has chosen a model; else what was looked at."""
    takes_files: bool = False
    read_only: str = ""
    """What it says for good, in place of its welcome, where the app is read-only; of a page that then lacks what it
    is for."""


SPRITES = "sprites-tcvae-b2-s1"
"""The model of the zoo whose units are told apart best."""
MAP_SETTINGS = ("n_neighbors", "min_dist", "metric", "perplexity", "map_seed")
"""What a fitted map is computed with."""

PAGES: dict[str, Page] = {
    "explore": Page(
        "Explore",
        "scatter_plot",
        SCRIPTS / "explore.py",
        (
            *("model", "beta", "y", "plane", "units", "colour", "pin", "point", "view", "spot", "area"),
            *("lattice", "names", "contours", "thumbnails", "refine", "measure", "counted", *MAP_SETTINGS, "hidden"),
        ),
        "Each dot is an image, put where the model's encoder puts it. Move over the map to see what the decoder draws "
        "there; click a dot to see its image.",
    ),
    "traversals": Page(
        "Traversals",
        "grid_on",
        SCRIPTS / "traversals.py",
        ("model", "beta", "y", "units", "pin", "point", "spacing", "span", "steps"),
        "Each row moves one latent unit and keeps all others. Drag a slider and watch what changes; the units that say "
        "most about the images come first.",
    ),
    "interpolate": Page(
        "Interpolate",
        "linear_scale",
        SCRIPTS / "interpolate.py",
        ("model", "beta", "a", "b", "path", "path_class", "frames", "t"),
        "Two images and the way between them through latent space, every step of it decoded. Drag the slider or press "
        "Play; choose other images above.",
    ),
    "compare": Page(
        "Compare β",
        "compare",
        SCRIPTS / "compare.py",
        ("hidden", "models", "beta", "axes", "colour", "point", "unit", "difference", "drawn", "seed"),
        "Models side by side under one hand: move over a map or drag a unit, and all follow. A larger β keeps less of "
        "an image; see what is lost and what is gained.",
    ),
    "disentangle": Page(
        "Disentangle",
        "join_inner",
        SCRIPTS / "disentangle.py",
        ("model", "beta", "matrix", "cell"),
        "Rows are what is known of the images, columns are latent units. The stronger a cell, the more the unit tells "
        "of that factor; click one to see the unit.",
        SPRITES,
    ),
    "unit": Page(
        "Units",
        "id_card",
        SCRIPTS / "unit.py",
        ("model", "beta", "y", "unit"),
        "One latent unit at a time: what it draws, what it moves when it alone is changed, what is lost without it, "
        "and which unit of other models says the same.",
        SPRITES,
    ),
    "train": Page(
        "Train",
        "model_training",
        SCRIPTS / "train.py",
        ("run", "snapshot", "over_time", "form", "sweep"),
        "Choose a data set and press Start; the model trains while you watch, and goes on when you leave. Once "
        "finished, it can be opened on the other pages.",
        read_only="This app is read-only: runs can be watched; none is started, changed or deleted here.",
    ),
    "library": Page(
        "Library",
        "shelves",
        SCRIPTS / "library.py",
        (),
        "Every model and data set of this machine, and a place to drop your own pictures or weights.",
        takes_files=True,
        read_only="This app is read-only: models can be opened, compared and downloaded; nothing is uploaded, changed "
        "or deleted here.",
    ),
    "glossary": Page(
        "Glossary",
        "dictionary",
        SCRIPTS / "glossary.py",
        (),
        "The words of the field that this app uses. Elsewhere, hover over a dotted word or a question mark to read the "
        "same sentence.",
    ),
}


def home() -> str:
    """The page at the root of the site."""
    return next(iter(PAGES))
