"""An interpolation as a file: a PNG strip or a GIF, decoded when it is asked for."""

import numpy as np

from vae_explorer import images
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents import traversals
from vae_explorer.ui.scene import Scene

STRIP_COLUMNS = 16
STRIP_ENLARGED, GIF_ENLARGED = 3, 8
FRAME_MILLISECONDS = 80


def film_png(scene: Scene, a: int, b: int, path: str, frames: int) -> bytes:
    """All frames from image a to image b in rows of 16, as PNG bytes."""
    sheet = images.mosaic(_frames(scene, a, b, path, frames), min(frames, STRIP_COLUMNS), gap=1)
    return images.png(images.enlarge(sheet, STRIP_ENLARGED))


def film_gif(scene: Scene, a: int, b: int, path: str, frames: int) -> bytes:
    """The frames from a to b and back, without a jump, as GIF bytes."""
    there = _frames(scene, a, b, path, frames)
    return images.gif(np.concatenate([there, there[-2:0:-1]]), FRAME_MILLISECONDS, GIF_ENLARGED)


def _frames(scene: Scene, a: int, b: int, path: str, frames: int) -> np.ndarray:
    from vae_explorer import coding

    codes = traversals.interpolate(scene.latents.mu[a], scene.latents.mu[b], frames, path)
    return images.to_uint8(coding.decode(catalogue.MODELS.get(scene.checkpoint), codes, scene.as_class(frames)))
