"""What is checked of a checkpoint before it is listed: its files once, and against the data sets as they are now."""

from pathlib import Path
from typing import NamedTuple

from vae_explorer import datasets, regular_files
from vae_explorer.checkpoints.checkpoint import Checkpoint
from vae_explorer.checkpoints.folder import NAME, open_checkpoint, read_latents, read_measurements, read_weights
from vae_explorer.errors import CheckpointError
from vae_explorer.latents.encoded import Latents


class Verified(NamedTuple):
    """A checkpoint whose files are whole, with what its latents hang on outside its folder."""

    checkpoint: Checkpoint
    dataset: str
    """Whose images were encoded."""
    classes: int
    """How many a data set must have for every label to be one of them."""


def require_named(folder: Path) -> None:
    """Refuse what no page can show and no address can name, before it is opened.

    Raises:
        CheckpointError: for another name than a checkpoint may have, or a link.
    """
    if not NAME.fullmatch(folder.name):
        raise CheckpointError("its folder's name must be at most 80 letters, digits and ._+- only.")
    if regular_files.is_there(folder) and not regular_files.is_folder(folder):
        raise CheckpointError("it is a link, and links are not followed; put the folder itself there.")


def verified(folder: Path) -> Verified:
    """Open a folder and read every file of it that a page will read.

    Raises:
        ExplorerError: saying what is wrong with it.
    """
    require_named(folder)
    checkpoint = open_checkpoint(folder)
    latents = read_latents(checkpoint)
    if latents.split not in datasets.SPLITS or not len(latents.label):
        raise CheckpointError("its latents are not of a known split; run `embed` on it again.")
    taken = checkpoint.recipe.model.classes
    if taken and (latents.label >= taken).any():
        raise CheckpointError(f"its labels are not among the {taken} classes it takes; run `embed` on it again.")
    _require_measured(checkpoint, latents)
    read_weights(checkpoint)
    negative = bool((latents.label < 0).any())
    return Verified(checkpoint, latents.dataset, -1 if negative else int(latents.label.max()) + 1)


def require_known(found: Verified) -> None:
    """Hold what was verified against the data sets, which come and go.

    Raises:
        ExplorerError: for a data set that is not known, or has other classes.
    """
    datasets.dataset(found.checkpoint.recipe.dataset)
    if not 0 <= found.classes <= len(datasets.dataset(found.dataset).classes):
        raise CheckpointError(f"its labels are not classes of {found.dataset}; run `embed` on it again.")


def _require_measured(checkpoint: Checkpoint, latents: Latents) -> None:
    measured = read_measurements(checkpoint).evaluation
    encoded = latents.dataset, latents.split, len(latents.label), latents.seed
    if measured is not None and (measured.dataset, measured.split, measured.n, measured.seed) != encoded:
        raise CheckpointError("its figures are not of the split that is encoded; run `embed` on it again.")
