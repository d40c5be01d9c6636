"""Any two functions of PyTorch as an encoder and a decoder of ONNX."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from vae_explorer.errors import InvalidSetting, require
from vae_explorer.exports.graphs import ROWS, traced

Function = Callable[[Tensor], Any]


class Halves(NamedTuple):
    """Both functions as the bytes of a file."""

    encoder: bytes
    decoder: bytes


def halves(encode: Function, decode: Function, images: np.ndarray) -> Halves:
    """The two files, found by following each function through one batch in evaluation mode.

    Args:
        encode: images [B, C, H, W] to mu [B, D], or to the pair of mu and log σ².
        decode: codes [B, D] to images [B, C, H, W] or their logits.
        images: two or more of those that encode takes, float32 [N, C, H, W].

    Raises:
        MissingExtra: when the packages for it are not installed.
        InvalidSetting: when a function gives something else, or PyTorch cannot follow it.
    """
    x = torch.from_numpy(np.ascontiguousarray(images[:ROWS], np.float32))
    with _evaluating(encode, decode), torch.no_grad():
        given = encode(x)
        mu = given if isinstance(given, Tensor) else _pair(given)[0]
        drawn = decode(mu)
        fits = isinstance(drawn, Tensor) and len(drawn) == len(x) and drawn[0].numel() == x[0].numel()
        told = list(drawn.shape) if isinstance(drawn, Tensor) else type(drawn).__name__
        require(fits, f"decode must give images {list(x.shape)} for codes {list(mu.shape)}, not {told}.")
        names = ("mu",) if given is mu else ("mu", "logvar")
        return Halves(_followed("encode", encode, x, names), _followed("decode", decode, mu, ("sample",)))


def _pair(given: object) -> tuple[Tensor, Tensor]:
    if isinstance(given, tuple | list) and len(given) == 2 and all(isinstance(one, Tensor) for one in given):
        mu, logvar = given
        require(mu.shape == logvar.shape, f"mu is {list(mu.shape)}, log σ² {list(logvar.shape)}; both must be of one.")
        return mu, logvar
    raise InvalidSetting("encode must give a tensor mu, or the pair (mu, log σ²), for a batch of images.")


def _followed(name: str, function: Function, x: Tensor, given: tuple[str, ...]) -> bytes:
    try:
        return traced(function, {"x": x}, given, {})
    except (torch.onnx.OnnxExporterError, RuntimeError, ValueError, TypeError) as error:
        why = str(error.__cause__ or error).strip().partition("\n")[0][:200]
        raise InvalidSetting(f"PyTorch cannot write {name} as a graph: {why}.") from error


@contextmanager
def _evaluating(*functions: Function) -> Iterator[None]:
    """The modules that they use, in evaluation mode for as long."""
    used = {part for function in functions for module in _modules(function) for part in module.modules()}
    before = [(module, module.training) for module in used]
    try:
        for module in used:
            module.training = False
        yield
    finally:
        for module, training in before:
            module.training = training


def _modules(function: Function) -> Iterator[nn.Module]:
    """Those that a function is, belongs to, or was written beside."""
    owner = getattr(function, "__self__", None)
    found: list[object] = [function, owner]
    if inspect.isfunction(function):
        seen = inspect.getclosurevars(function)
        found += [*seen.nonlocals.values(), *seen.globals.values()]
    yield from (one for one in found if isinstance(one, nn.Module))
