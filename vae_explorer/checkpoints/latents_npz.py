"""latents.npz: Latents as bytes and back, never pickle; what does not fit is refused before anything is made of it."""

from collections.abc import Mapping

import numpy as np

from vae_explorer import npz
from vae_explorer.errors import CheckpointError, StorageError
from vae_explorer.latents.encoded import Densities, Latents, PriorMixture

LATENTS = "latents.npz"
NAMED, ARRAYS = ("dataset", "split", "seed"), ("mu", "label", "nll")
DENSITIES = Densities._fields
PRIOR = tuple(f"prior_{name}" for name in PriorMixture._fields)
"""What the file holds: the first two always, then what a posterior and what a learned prior brings."""
UNREADABLE = "is not a readable archive of latents; run `embed` again."
COMPRESSED = 100_000
"""Images whose codes are stored compressed: of more, that saves a fifth of the bytes and takes seconds to open."""
MAX_LOGVAR = 80
"""Beyond it, a variance leaves the range of float32."""


def pack(latents: Latents) -> bytes:
    """The file's bytes; what a model does not have is not stored."""
    values = latents._asdict() | {"prior": None}
    if latents.prior is not None:
        values |= dict(zip(PRIOR, latents.prior, strict=True))
    few = len(latents.label) <= COMPRESSED
    return npz.pack({name: value for name, value in values.items() if value is not None}, compressed=few)


def unpack(data: bytes, most: int) -> Latents:
    """The latents of a file that unpacks to at most so many bytes.

    Raises:
        CheckpointError: when it is no such archive, or its arrays do not fit each other.
    """
    values = _read(data, most)
    prior = PriorMixture(*(values.pop(name) for name in PRIOR)) if PRIOR[0] in values else None
    _require_fitting({name: value for name, value in values.items() if name not in NAMED}, prior)
    named = {"dataset": str(values["dataset"]), "split": str(values["split"]), "seed": int(values["seed"])}
    return Latents(**{**dict.fromkeys(DENSITIES), **values, **named}, prior=prior)


def _read(data: bytes, most: int) -> dict[str, np.ndarray]:
    try:
        values = npz.unpack(data, most, LATENTS, UNREADABLE)
        int(values["seed"])
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"{LATENTS} {UNREADABLE}") from error
    except StorageError as error:
        raise CheckpointError(str(error)) from error
    whole = {*NAMED, *ARRAYS}
    if set(values) not in (whole, whole | {*DENSITIES}, whole | {*DENSITIES, *PRIOR}):
        raise CheckpointError(f"{LATENTS} holds the arrays of neither a VAE nor an autoencoder; run `embed` again.")
    return values


def _require_fitting(arrays: Mapping[str, np.ndarray], prior: PriorMixture | None) -> None:
    n, width = arrays["mu"].shape if arrays["mu"].ndim == 2 else (-1, -1)
    shapes = {"mu": (n, width), "logvar": (n, width), "label": (n,), "nll": (n,), "rate": (n,), "kl_per_dim": (width,)}
    expected, every = [shapes[name] for name in arrays], list(arrays.values())
    if prior is not None:
        k = prior.weights.size
        expected, every = [*expected, (k,), (k, width), (k, width)], [*every, *prior]
    if [array.shape for array in every] != expected:
        raise CheckpointError(f"{LATENTS} holds arrays that do not fit each other; run `embed` again.")
    if any(array.dtype.kind not in "fi" or not np.isfinite(array).all() for array in every):
        raise CheckpointError(f"{LATENTS} holds values that are not finite; train again with a lower lr.")
    if prior is not None and not _is_mixture(prior):
        raise CheckpointError(f"{LATENTS} holds a prior that is no mixture of Gaussians; run `embed` again.")


def _is_mixture(prior: PriorMixture) -> bool:
    summing_to_one = bool((prior.weights >= 0).all()) and abs(prior.weights.sum(dtype=float) - 1) < 1e-3
    return summing_to_one and bool((np.abs(prior.logvar) <= MAX_LOGVAR).all())
