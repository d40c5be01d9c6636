"""betas.npz: BetaLatents as bytes and back; neighbouring stops differ little, so their differences are stored."""

import numpy as np

from vae_explorer import npz
from vae_explorer.errors import CheckpointError, StorageError
from vae_explorer.latents.beta_latents import BetaLatents, Stack

BETAS = "betas.npz"
STACKS = ("mu", "logvar", "nll", "rate")
UNREADABLE = "is not a readable archive of the stops of a multi-rate network; run `embed` again."


def pack(found: BetaLatents) -> bytes:
    """The file's bytes."""
    arrays: dict[str, np.ndarray] = {"betas": found.betas, "kl_per_dim": found.kl_per_dim}
    for name in STACKS:
        stack: Stack = getattr(found, name)
        arrays |= {name: _bytes_apart(stack.levels), f"{name}_scale": np.array((stack.low, stack.step))}
    return npz.pack(arrays, compressed=True)


def unpack(data: bytes, most: int, n: int, width: int) -> BetaLatents:
    """The stops of n images and so many units, of a file that unpacks to at most so many bytes.

    Raises:
        CheckpointError: when it is no such archive, or its arrays do not fit each other, the images or the model.
    """
    try:
        values = npz.unpack(data, most, BETAS, UNREADABLE)
        betas, kl = _finite(values["betas"]), _finite(values["kl_per_dim"])
        k = len(betas)
        shapes = {"mu": (k, n, width), "logvar": (k, n, width), "nll": (k, n), "rate": (k, n)}
        stacks = {name: _stack(values, name, shape) for name, shape in shapes.items()}
    except StorageError as error:
        raise CheckpointError(str(error)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"{BETAS} {UNREADABLE}") from error
    found = BetaLatents(betas.astype(float), **stacks, kl_per_dim=kl.astype(np.float32))
    rising = betas.ndim == 1 and k > 1 and bool((betas > 0).all() and (np.diff(betas) > 0).all())
    if not rising or kl.shape != (k, width):
        raise CheckpointError(f"{BETAS} {UNREADABLE}")
    return found


def _bytes_apart(levels: np.ndarray) -> np.ndarray:
    """Differences from stop to stop, near 0, as bytes [2, K, …]: the upper ones apart, which are all but the same."""
    first = levels[:1].view("<i2")
    steps = np.concatenate((first, np.diff(levels.view("<i2"), axis=0)))  # what overflows comes back when summed
    folded = (steps.astype("<i4") << 1 ^ steps.astype("<i4") >> 31).astype("<u2")
    return np.stack((folded & 0xFF, folded >> 8)).astype(np.uint8)


def _finite(values: np.ndarray) -> np.ndarray:
    if values.dtype.kind not in "fi" or not np.isfinite(values).all():
        raise ValueError("no finite numbers")
    return values


def _stack(values: dict[str, np.ndarray], name: str, shape: tuple[int, ...]) -> Stack:
    apart, scale = values[name], values[f"{name}_scale"]
    if apart.dtype != np.uint8 or apart.shape != (2, *shape) or _finite(scale).shape != (2,):
        raise ValueError(f"{name} does not fit")
    folded = apart[0].astype("<u2") | apart[1].astype("<u2") << 8
    steps = (folded >> 1).astype("<i2") ^ -(folded & 1).astype("<i2")
    levels = np.cumsum(steps, axis=0, dtype="<i2").view("<u2")
    return Stack(levels, float(scale[0]), float(scale[1]))
