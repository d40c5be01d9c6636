"""A file of weights that was made elsewhere, as named arrays: measured first, and never unpickled beyond tensors."""

import argparse
import json
import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import safetensors.torch
import torch
from safetensors import SafetensorError

from vae_explorer.errors import CheckpointError
from vae_explorer.importers.beginnings import INDEX, LENGTH, OLD, PICKLE, ZIP, header_length
from vae_explorer.models import NOTE


class Limits(NamedTuple):
    """What a file may hold at most."""

    bytes: int = 1 << 30
    tensors: int = 4096
    names: int = 1 << 24
    """Bytes of the part that names the tensors."""


LIMITS = Limits()
LONGEST_NOTE = 1 << 16
SAVED = 'torch.save(model.state_dict(), "vae.pth")'
"""What a person is told to write."""
ALLOWED: list[Any] = [argparse.Namespace]
"""Classes that a file may hold beside tensors and plain values: options of a script, which do nothing."""
PICKLED = "holds a whole pickled model or other objects beside its weights, which are never run here"
FOLDER_FILES = ("model.pt", "model.safetensors", "diffusion_pytorch_model.safetensors")
"""What a folder of weights may call them."""
UNREADABLE = (
    zipfile.BadZipFile,
    EOFError,
    KeyError,
    IndexError,
    MemoryError,
    OSError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    AttributeError,
)


def read(path: Path, limits: Limits = LIMITS) -> dict[str, np.ndarray]:
    """The floating-point tensors of a file, or of the weights in a folder, by their names; in single precision.

    Raises:
        CheckpointError: one sentence on what is too large, damaged, no file of weights, or not a number.
    """
    file = _weights_in(path) if path.is_dir() else path
    try:
        size, beginning = file.stat().st_size, _beginning(file)
    except OSError as error:
        raise CheckpointError(f"{file.name} cannot be read: {error.strerror}.") from error
    if size > limits.bytes:
        raise CheckpointError(f"{file.name} has {size:,} bytes; weights of at most {limits.bytes:,} are opened.")
    found = _pickled(file, beginning, limits) if header_length(beginning) is None else _safetensors(file, limits)
    return {name: _array(file.name, name, tensor) for name, tensor in _bounded(file.name, found, limits).items()}


def noted(path: Path) -> str:
    """The settings that a state dict which left here tells of its model; empty of any other file that can be read."""
    file = _weights_in(path) if path.is_dir() else path
    if not _beginning(file).startswith(ZIP):
        return ""
    try:
        with torch.serialization.safe_globals(ALLOWED):
            loaded = torch.load(file, map_location="cpu", weights_only=True, mmap=True)
        note = vars(loaded)["_metadata"][""][NOTE]
    except (pickle.UnpicklingError, *UNREADABLE):
        return ""
    return note if isinstance(note, str) and len(note) <= LONGEST_NOTE else ""


def _weights_in(folder: Path) -> Path:
    for name in FOLDER_FILES:
        if (folder / name).is_file():
            return folder / name
    raise CheckpointError(f"{folder.name} holds none of {', '.join(FOLDER_FILES)}; name the file of weights itself.")


def _beginning(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LENGTH)


def _safetensors(file: Path, limits: Limits) -> dict[str, torch.Tensor]:
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        index = opened.read(min(length, limits.names + 1))
    damaged = f"{file.name} is damaged: its header tells of other bytes than there are; save or download it again."
    if length > limits.names:
        raise CheckpointError(damaged)
    try:
        if len(json.loads(index)) > limits.tensors + 1:
            raise CheckpointError(_too_many(file.name, limits))
        return safetensors.torch.load(file.read_bytes())
    except (SafetensorError, *UNREADABLE) as error:
        raise CheckpointError(damaged) from error


def _pickled(file: Path, beginning: bytes, limits: Limits) -> dict[str, torch.Tensor]:
    """What torch.save wrote, by its reader of tensors alone, once the directory is known to be sound."""
    if beginning.startswith(ZIP):
        _check_directory(file, limits)
    elif beginning != OLD and beginning.startswith(PICKLE):
        raise CheckpointError(f"{file.name} {PICKLED}; write the weights alone: {SAVED}.")
    elif beginning != OLD:
        raise CheckpointError(f"{file.name} is no file of weights; give one that {SAVED} wrote, or safetensors.")
    try:
        with torch.serialization.safe_globals(ALLOWED):
            return state_of(torch.load(file, map_location="cpu", weights_only=True), file.name)
    except pickle.UnpicklingError as error:
        raise CheckpointError(f"{file.name} {PICKLED}; write the weights alone: {SAVED}.") from error
    except UNREADABLE as error:
        raise CheckpointError(f"{file.name} is truncated or damaged; save or download it again.") from error


def _check_directory(file: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except UNREADABLE as error:
        raise CheckpointError(f"{file.name} is truncated or damaged; save or download it again.") from error
    if len(entries) > limits.tensors + 16:
        raise CheckpointError(_too_many(file.name, limits))
    index = sum(entry.file_size for entry in entries if entry.filename.endswith(INDEX))
    if not index:
        raise CheckpointError(f"{file.name} is an archive without weights; give the file that {SAVED} wrote.")
    packed = any(entry.compress_type != zipfile.ZIP_STORED for entry in entries)
    if packed or index > limits.names or sum(entry.file_size for entry in entries) > limits.bytes:
        raise CheckpointError(f"{file.name} would unpack to more than weights may; save it again with torch.save.")


def state_of(loaded: Any, name: str) -> dict[str, torch.Tensor]:
    """The mapping of names to tensors in what was saved, out of any wrappers; several are joined by their names.

    Raises:
        CheckpointError: when there is none.
    """
    if not isinstance(loaded, Mapping):
        raise CheckpointError(f"{name} holds no weights by name; write them so: {SAVED}.")
    inner = {
        str(key): value for key, value in loaded.items() if isinstance(value, Mapping) and not _optimiser(key, value)
    }
    found = {key: state_of(value, name) for key, value in inner.items() if _holds_tensors(value)}
    own = {str(key): value for key, value in loaded.items() if isinstance(value, torch.Tensor)}
    wrapper = next((one for one in WRAPPERS if one in found), "")
    if wrapper or own:
        return found[wrapper] if wrapper else own
    if not found:
        optimiser = "param_groups" in loaded or len(inner) < sum(isinstance(v, Mapping) for v in loaded.values())
        what = "holds the state of an optimiser and no model" if optimiser else "holds no weights"
        raise CheckpointError(f"{name} {what}; write the weights: {SAVED}.")
    return {f"{key}.{inner_name}": tensor for key, state in found.items() for inner_name, tensor in state.items()}


WRAPPERS = ("state_dict", "model_state_dict", "model_state", "model_states", "model", "net", "weights")
"""Names under which training scripts keep the weights beside other things."""


def _optimiser(key: object, value: Mapping[Any, Any]) -> bool:
    return str(key).startswith(("optim", "lr_sched", "callbacks", "loops")) or {"state", "param_groups"} <= set(value)


def _holds_tensors(value: Mapping[Any, Any]) -> bool:
    return any(isinstance(v, torch.Tensor) or (isinstance(v, Mapping) and _holds_tensors(v)) for v in value.values())


def _bounded(name: str, state: Mapping[str, torch.Tensor], limits: Limits) -> dict[str, torch.Tensor]:
    if len(state) > limits.tensors:
        raise CheckpointError(_too_many(name, limits))
    kept = {key: value for key, value in state.items() if value.is_floating_point() and value.layout == torch.strided}
    if sum(value.numel() for value in kept.values()) * 4 > limits.bytes:
        raise CheckpointError(f"{name} tells of more numbers than it can hold; save it again with torch.save.")
    return kept


def _too_many(name: str, limits: Limits) -> str:
    return f"{name} holds more than {limits.tensors:,} tensors; a VAE of images has some dozens."


def _array(file: str, name: str, tensor: torch.Tensor) -> np.ndarray:
    values = tensor.detach().to(torch.float32).contiguous().numpy()
    if not np.isfinite(values).all():
        raise CheckpointError(f"{file} holds values in {name[:80]} that are not finite numbers; train it again.")
    return values
