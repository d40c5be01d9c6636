"""The checkpoints of this machine: folders on disk, and what is read from them. This is their door.

checkpoint     Checkpoint: an opened folder
folder         the only reader and writer of the checkpoint folder
strangers      what lies in a checkpoint's folder and is no part of it
recipe         what a model is and how it came to be
stages         epochs of a run that were trained otherwise than those after them
imported       where a model came from that was trained elsewhere, and how it is read
latents_npz    latents.npz: Latents as bytes and back
betas_npz      betas.npz: latents at every stop of a multi-rate network, as bytes and back
beta_views     a multi-rate checkpoint at one of its βs
metrics_json   metrics.json: measured figures and results of METRICS as bytes and back
inventory      checkpoint folders, each verified once for as long as it stays as it is
verification   what is checked of a checkpoint before it is listed
catalogue      the checkpoints by id, and bounded caches of what was loaded from them
shelf          a bounded cache of what is read from checkpoints
columns        every value that a checkpoint has of each image, by name
originals      the original images behind a checkpoint's latents
known_traits   what is known of the encoded images: their class, and their factors
encoded_codes  the encoded split as codes whose factors are known
unit_names     what a person calls the units of a checkpoint
plane_figures  how much of latent space a flat view of it shows
carriage       places of one checkpoint's map as codes of another's
"""

from vae_explorer.checkpoints.betas_npz import BETAS
from vae_explorer.checkpoints.checkpoint import Checkpoint
from vae_explorer.checkpoints.folder import (
    CONFIG,
    FILES,
    HISTORY,
    NAME,
    STATE,
    UNIT_NAMES,
    WEIGHTS,
    open_checkpoint,
    read_history,
    read_latents,
    read_measurements,
    read_state,
    read_stops,
    read_weights,
    save,
    store_measurements,
)
from vae_explorer.checkpoints.imported import Imported
from vae_explorer.checkpoints.latents_npz import LATENTS
from vae_explorer.checkpoints.metrics_json import METRICS, Measurements
from vae_explorer.checkpoints.recipe import Recipe
from vae_explorer.checkpoints.strangers import strangers
from vae_explorer.checkpoints.unit_names import read_unit_names, store_unit_name

__all__ = [
    "BETAS",
    "CONFIG",
    "FILES",
    "HISTORY",
    "LATENTS",
    "METRICS",
    "NAME",
    "STATE",
    "UNIT_NAMES",
    "WEIGHTS",
    "Checkpoint",
    "Imported",
    "Measurements",
    "Recipe",
    "open_checkpoint",
    "read_history",
    "read_latents",
    "read_measurements",
    "read_state",
    "read_stops",
    "read_unit_names",
    "read_weights",
    "save",
    "store_measurements",
    "store_unit_name",
    "strangers",
]
