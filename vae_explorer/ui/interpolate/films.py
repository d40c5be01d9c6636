"""An interpolation as a GIF, decoded when it is asked for."""

import numpy as np

from vae_explorer import images
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents import traversals
from vae_explorer.latents.traversals import PathClasses
from vae_explorer.ui.scene import Scene

ENLARGED = 8
FRAME_MILLISECONDS = 80


def film_gif(scene: Scene, a: int, b: int, path: str, frames: int, classes: PathClasses | None) -> bytes:
    """The frames from a to b and back, without a jump, as GIF bytes."""
    there = _frames(scene, a, b, path, frames, classes)
    return images.gif(np.concatenate([there, there[-2:0:-1]]), FRAME_MILLISECONDS, ENLARGED)


def _frames(scene: Scene, a: int, b: int, path: str, frames: int, classes: PathClasses | None) -> np.ndarray:
    from vae_explorer import coding

    codes = traversals.interpolate(scene.latents.mu[a], scene.latents.mu[b], frames, path)
    shares = None if classes is None else classes.shares(frames)
    return images.to_uint8(coding.decode(catalogue.MODELS.get(scene.checkpoint), codes, shares))
