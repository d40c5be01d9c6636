"""The latent map: our own canvas scatter with the card that decodes under the pointer."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from vae_explorer.checkpoints import catalogue, read_unit_names
from vae_explorer.checkpoints.columns import category_counts, column
from vae_explorer.latents.map_points import map_points
from vae_explorer.projections import PROJECTIONS
from vae_explorer.ui import colour_choices, state, titles
from vae_explorer.ui.components.served import event_callbacks, served
from vae_explorer.ui.map_choice import chosen_settings
from vae_explorer.ui.map_figures import plane_title
from vae_explorer.ui.scene import Scene

HEIGHT = "max(320px, var(--room, 100vh - 260px) - 36px)"
"""All that the window leaves below the controls, `--room`, less the legend; as of a wide window until measured."""
LAYERS = ("lattice", "names", "contours", "thumbnails", "refine")
PLACES = ("view", "spot", "area")
EVENTS = ("pin", "point", "hidden", *LAYERS)
_map = served("map", ("legend/legend", "pieces/finger_view", "pieces/save_menu", "plot/axis_titles", "plot/colourbar"))
_legend = served("legend")


def latent_map(scene: Scene, plane: str, key: str, colour: str, *, provisional: bool = False) -> None:
    """The map of one model with its card, of a fitted map its key; what the hand does comes back into the session.

    Places of a map that is yet to come mean nothing on a provisional one: they wait, and no other takes their place.
    """
    if state.changed("pinned", [list(state.get("pin")), state.get("point")]) and provisional:
        state.reset("spot")
    places = {name: None if provisional else list(state.get(name)) or None for name in PLACES}
    data = (
        _data(scene, plane, colour, key)
        | places
        | {
            "neighbours": _neighbours(scene),
            "elsewhere": _elsewhere(scene, axis_columns(scene, plane, key)),
            "height": HEIGHT,
        }
    )
    names = EVENTS if provisional else (*EVENTS, *PLACES)
    _map(key="map", data=data | {name: state.get(name) for name in LAYERS}, **event_callbacks("map", *names))


def shared_legend(scene: Scene, colour: str) -> None:
    """One legend for several maps of a data set: what is hidden here is hidden in all of them."""
    shown = colour_choices.legend(scene.checkpoint, colour)
    data = {
        "legend": {"title": shown.title, "names": shown.names, "colours": shown.colours, "note": shown.note},
        "kind": colour_choices.map_colour(scene.checkpoint, colour, None)["kind"],
        "counts": category_counts(scene.checkpoint, shown.column, len(shown.names)),
    }
    _legend(key="legend", data=data | {"hidden": list(state.get("hidden"))}, **event_callbacks("legend", "hidden"))


def axis_columns(scene: Scene, plane: str, key: str = "") -> list[str]:
    """The columns that the axes show, of a fitted map by its key."""
    if PROJECTIONS[plane].fitted:
        return [f"map-{key}-0", f"map-{key}-1"]
    if plane == "pca" and scene.latent_dim > 2:
        return ["pca-0", "pca-1"]
    return [f"mu-{unit}" for unit in scene.units]


def extent(scenes: Sequence[Scene], plane: str) -> list[float]:
    """The square [x0, x1, y0, y1] that holds every point of every scene, for maps with shared axes."""
    values = [column(scene.checkpoint, name) for scene in scenes for name in axis_columns(scene, plane)]
    reach = max((float(abs(value).max()) for value in values if len(value)), default=1.0)
    return [-reach, reach, -reach, reach]


def _data(scene: Scene, plane: str, colour: str, key: str = "") -> dict[str, Any]:
    channels, height, width = scene.checkpoint.recipe.model.image_shape
    return {
        "model": scene.checkpoint.id,
        "version": scene.checkpoint.version,
        "n": scene.n,
        "points": scene.points,
        "latent_dim": scene.latent_dim,
        "image": {"c": channels, "h": height, "w": width},
        "unit_names": dict(read_unit_names(scene.checkpoint)),
        "plane": plane_data(scene, plane, key),
        "axes": named_axes(scene, plane, key),
        "colour": colour_choices.map_colour(scene.checkpoint, colour, scene.point),
        "legend": _legend_data(scene, colour),
        "hidden": list(state.get("hidden")),
        "classes": list(scene.classes),
        "traits": [trait.name for trait in scene.traits],
        "y": scene.y,
        "y_name": None if scene.y is None else scene.class_name(scene.y),
        "pin": scene.pin.tolist(),
        "home": {
            "z": scene.spread.mean.tolist(),
            "name": "At the mean of all codes" if scene.plain else "At the centre of the prior",
        },
        "point": scene.point,
        "dataset": titles.originals(scene),
        "caption": titles.picture_caption([scene.checkpoint], scene.measured, _map_title(scene, plane)),
    }


def _map_title(scene: Scene, plane: str) -> str:
    """A kind of map in words, of a fitted one with its seed."""
    row = PROJECTIONS[plane]
    return f"{row.title}, seed {chosen_settings(plane).seed}" if row.fitted else plane_title(scene, plane)


def plane_data(scene: Scene, plane: str, key: str = "") -> dict[str, Any]:
    """The plane that the map shows, as the browser is told it."""
    if PROJECTIONS[plane].fitted:
        return {"kind": "map", "projection": key, "title": PROJECTIONS[plane].title}
    if plane == "pca" and scene.latent_dim > 2:
        found = catalogue.PLANES.get(scene.checkpoint)
        return {
            "kind": "pca",
            "mean": found.mean.tolist(),
            "components": found.components.tolist(),
            "projection": "pca",
        }
    return {"kind": "units", "units": list(scene.units)}


def named_axes(scene: Scene, plane: str, key: str = "") -> list[dict[str, str]]:
    """The column that each axis shows, and its title."""
    columns = axis_columns(scene, plane, key)
    named = {"map": PROJECTIONS[plane].title, "pca": "principal component"}.get(columns[0].partition("-")[0])
    if named:
        return [{"column": name, "label": f"{named} {i + 1}"} for i, name in enumerate(columns)]
    title = titles.unit_title(scene)
    return [{"column": name, "label": title(unit)} for name, unit in zip(columns, scene.units, strict=True)]


def _legend_data(scene: Scene, colour: str) -> dict[str, Any]:
    """The legend, with the counts of all encoded images."""
    shown = colour_choices.legend(scene.checkpoint, colour)
    return shown._asdict() | {"counts": category_counts(scene.checkpoint, shown.column, len(shown.names))}


def _elsewhere(scene: Scene, axes: list[str]) -> dict[str, list[float]]:
    """Where the chosen image and its neighbours lie, by their numbers, as far as they are no points of the map."""
    nearest = scene.nearest(state.get("measure"))
    if scene.point is None or nearest is None or scene.points == scene.n:
        return {}
    images = np.setdiff1d(np.append(nearest.indices, scene.point), map_points(scene.n))
    columns = [column(scene.checkpoint, name)[images].tolist() for name in axes]
    return {str(image): list(place) for image, *place in zip(images.tolist(), *columns, strict=True)}


def _neighbours(scene: Scene) -> dict[str, Any] | None:
    measure = state.get("measure")
    nearest = scene.nearest(measure)
    return None if nearest is None else {"indices": nearest.indices.tolist(), "measure": measure}
