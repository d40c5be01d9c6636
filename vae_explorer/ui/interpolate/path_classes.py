"""What a conditional model decodes a path as: from A's class to B's, or as one class by choice."""

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

from vae_explorer.latents.traversals import PathClasses
from vae_explorer.ui import state, widgets
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.value_checks import OWN
from vae_explorer.ui.words import literal


def class_choice(scene: Scene, places: Sequence[DeltaGenerator]) -> None:
    """The drop-down list of what a conditional model can decode a path as; no place for another model."""
    options = [OWN, *range(scene.checkpoint.recipe.model.classes)]
    for place in places:
        with place:
            widgets.choice(
                "path_class", "Decode as", options, lambda y: "own classes" if y == OWN else scene.class_name(y)
            )


def path_classes(scene: Scene, a: int, b: int) -> PathClasses | None:
    """What the path from image a to image b is decoded as; None for a model that takes no class."""
    if scene.y is None:
        return None
    chosen = state.get("path_class")
    start, end = (int(scene.latents.label[index]) if chosen == OWN else chosen for index in (a, b))
    return PathClasses(start, end, scene.checkpoint.recipe.model.classes)


def sentence(scene: Scene, found: PathClasses) -> str:
    """Markdown: what the path is decoded as."""
    start, end = (literal(scene.class_name(y)) for y in (found.start, found.end))
    if state.get("path_class") != OWN:
        return f"The whole path, both ends included, is decoded as class {start}, whatever the classes of A and B."
    if found.start == found.end:
        return f"A and B are both of class {start}, and the whole path is decoded as it."
    mixed = f"at t = 0.30 of 70 % {start} and 30 % {end}"
    return f"A is decoded as class {start}, B as class {end}, and what lies between them as a mixture: {mixed}."
