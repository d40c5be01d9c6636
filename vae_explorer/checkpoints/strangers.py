"""What lies in a checkpoint's folder and is no part of it."""

from pathlib import Path

from vae_explorer import regular_files
from vae_explorer.checkpoints.folder import BESIDE, FILES
from vae_explorer.folders import half_written


def strangers(place: Path) -> list[str]:
    """The names of what lies in a checkpoint's folder and is no part of it, or of what stands in the folder's place."""
    found = {*regular_files.names(place)}
    if regular_files.is_there(place) and not regular_files.is_folder(place):
        found = {place.name}
    return sorted(name for name in found - FILES - BESIDE if not half_written(name))
