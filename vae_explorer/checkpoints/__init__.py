"""The checkpoints of this machine: folders on disk, and what is read from them. This is their door.

folder       the only reader and writer of the checkpoint folder
latents_npz  latents.npz: Latents as bytes and back
catalogue    the checkpoints by id, and bounded caches of what was loaded from them
columns      every value that a checkpoint has of each image, by name
originals    the original images behind a checkpoint's latents
"""

from vae_explorer.checkpoints.folder import (
    CONFIG,
    FILES,
    HISTORY,
    METRICS,
    NAME,
    STATE,
    WEIGHTS,
    Checkpoint,
    Recipe,
    open_checkpoint,
    read_history,
    read_latents,
    read_state,
    read_weights,
    save,
)
from vae_explorer.checkpoints.latents_npz import LATENTS

__all__ = [
    "CONFIG",
    "FILES",
    "HISTORY",
    "LATENTS",
    "METRICS",
    "NAME",
    "STATE",
    "WEIGHTS",
    "Checkpoint",
    "Recipe",
    "open_checkpoint",
    "read_history",
    "read_latents",
    "read_state",
    "read_weights",
    "save",
]
