"""The interpolation scrubber: the path between two codes, decoded while it is dragged."""

from typing import Any

import numpy as np

from vae_explorer.latents import traversals
from vae_explorer.latents.traversals import PathClasses
from vae_explorer.ui import state, titles
from vae_explorer.ui.components.served import event_callbacks, served
from vae_explorer.ui.scene import Scene

FINE_STEPS = 256
_scrubber = served("interpolate", ("pieces/finger_view", "pieces/save_menu"))


def scrubber(scene: Scene, a: int, b: int, path: str, frames: int, classes: PathClasses | None, file: str) -> None:
    """The scrubber between images a and b; the frames are every `stride`-th step of a finely sampled path.

    The strip is saved under the name of the file.
    """
    channels, height, width = scene.checkpoint.recipe.model.image_shape
    stride = -(-FINE_STEPS // (frames - 1))
    mu = scene.latents.mu.astype(float)
    fine = traversals.interpolate(mu[a], mu[b], (frames - 1) * stride + 1, path)
    data: dict[str, Any] = {
        "model": scene.checkpoint.id,
        "version": scene.checkpoint.version,
        "image": {"c": channels, "h": height, "w": width},
        "path": np.round(fine, 5).tolist(),
        "stride": stride,
        "classes": None if classes is None else classes._asdict(),
        "decoded": _decoded(scene, a, b, classes),
        "t": state.get("t"),
        "a": _end(scene, a),
        "b": _end(scene, b),
        "dataset": titles.originals(scene),
        "caption": titles.picture_caption([scene.checkpoint], scene.measured, _walked(scene, a, b, path, classes)),
        "name": file,
    }
    _scrubber(key="scrubber", data=data, **event_callbacks("scrubber", "t"))


def _decoded(scene: Scene, a: int, b: int, classes: PathClasses | None) -> str:
    """What the picture of an end is: its image given back where it is told as what it is."""
    if classes is None or (classes.start, classes.end) == tuple(scene.latents.label[[a, b]]):
        return "Reconstruction"
    return f"Decoded as {scene.class_name(classes.start)}"


def _walked(scene: Scene, a: int, b: int, path: str, classes: PathClasses | None) -> str:
    """The path in words."""
    ends = " to ".join(f"mu of image {index} ({_end(scene, index)['label']})" for index in (a, b))
    if classes is None:
        return f"{path} from {ends}"
    named = dict.fromkeys(scene.class_name(y) for y in (classes.start, classes.end))
    return f"{path} from {ends} · decoded as {' to '.join(named)}"


def _end(scene: Scene, index: int) -> dict[str, Any]:
    return {"index": index, "label": scene.classes[int(scene.latents.label[index])]}
