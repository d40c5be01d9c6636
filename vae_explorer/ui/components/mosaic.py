"""A mosaic of pictures: decoded codes or originals, crisp, with a caption."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from vae_explorer.latents.encoded import prior_spread
from vae_explorer.ui import titles
from vae_explorer.ui.components.served import event_callbacks, served
from vae_explorer.ui.scene import Scene
from vae_explorer.unit_cards.pictures import STEPS, traversal

MANY = 12
_mosaic = served("mosaic")


class Kind(StrEnum):
    """What web/page.css keeps room for."""

    ROW = "row"
    LONG_ROW = "long-row"
    BLOCK = "block"
    LABELLED = "labelled"


class Codes(NamedTuple):
    """Codes and the classes to decode them as, if the model is conditional."""

    z: np.ndarray
    """[M, D]."""
    y: np.ndarray | None
    """[M]."""


def show_codes(scene: Scene, shown: Codes, columns: int, caption: str, key: str) -> None:
    """The pictures of codes, decoded over the live channel: a row, or where the room is narrow, rows of so many."""
    kind = _row(columns) if len(shown.z) == columns else Kind.BLOCK
    _mount(scene, codes_source(scene, shown), columns, caption, key, kind)


def show_walk(scene: Scene, unit: int, others: Sequence[int], caption: Callable[[int], str], key: str) -> None:
    """The traversal of a unit; another that is chosen in the browser is shown before the page has run again."""
    source = codes_source(scene, Codes(traversal(scene.latents, unit), scene.as_class(STEPS)))
    _mount(scene, source, STEPS, caption(unit), key, _row(STEPS), walks=_walks(scene, others, caption))


def _walks(scene: Scene, units: Sequence[int], caption: Callable[[int], str]) -> dict[str, object]:
    """What the traversals of units are made from in the browser: their values, and where all others stay."""
    strips = {unit: traversal(scene.latents, unit)[:, unit].tolist() for unit in units}
    home, _ = prior_spread(scene.latents)
    return {"home": home.tolist(), "strips": strips, "captions": {unit: caption(unit) for unit in units}}


def show_originals(scene: Scene, indices: Sequence[int], columns: int, caption: str, key: str) -> None:
    """The original images at these places of the encoded split, or a note where the data set is absent."""
    _mount(scene, originals_source(scene, indices), columns, caption, key, _row(columns))


def show_labelled(
    scene: Scene, indices: Sequence[int], labels: Sequence[Sequence[str]], caption: str, key: str
) -> None:
    """A row of images with lines of text beneath each, to be chosen with a click.

    Where the data set is absent they are reconstructions, which it says.
    """
    if titles.originals(scene)["available"]:
        source = originals_source(scene, indices)
    else:
        source = codes_source(scene, reconstructions(scene, indices))
        caption = f"{caption}; reconstructions, for the originals are not here"
    _mount(scene, source, len(indices), caption, key, Kind.LABELLED, labels, indices)


def reconstructions(scene: Scene, indices: Sequence[int]) -> Codes:
    """The mu of images, each to be decoded as its own class."""
    return Codes(scene.latents.mu[list(indices)], scene.labels(indices))


def _row(columns: int) -> Kind:
    return Kind.ROW if columns <= MANY else Kind.LONG_ROW


def codes_source(scene: Scene, shown: Codes) -> dict[str, object]:
    """Codes as the browser is told them."""
    return {
        "kind": "codes",
        "model": scene.checkpoint.id,
        "version": scene.checkpoint.version,
        "z": shown.z.tolist(),
        "y": None if shown.y is None else shown.y.tolist(),
    }


def originals_source(scene: Scene, indices: Sequence[int]) -> dict[str, object]:
    """Original images as the browser is told them, with a note where they are not here."""
    where = titles.originals(scene)
    return {
        "kind": "originals",
        "dataset": where["name"],
        "split": where["split"],
        "indices": list(indices),
        "note": where["note"],
    }


def picture_row(scene: Scene, source: dict[str, object], columns: int, caption: str) -> dict[str, object]:
    """Pictures in rows of so many, with their caption, as the browser is told them."""
    channels, height, width = scene.checkpoint.recipe.model.image_shape
    image = {"c": channels, "h": height, "w": width}
    return {"image": image, "columns": columns, "caption": caption, "source": source}


def _mount(
    scene: Scene,
    source: dict[str, object],
    columns: int,
    caption: str,
    key: str,
    kind: Kind,
    labels: Sequence[Sequence[str]] = (),
    choices: Sequence[int] = (),
    walks: dict[str, object] | None = None,
) -> None:
    data = picture_row(scene, source, columns, caption)
    data |= {"labels": [list(lines) for lines in labels], "choices": list(choices), "walks": walks}
    name = f"mosaic-{kind}-{key}"
    _mosaic(key=name, data=data, **(event_callbacks(name, "point") if choices else {}))
