"""Layout: how one source names the layers of its network."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from vae_explorer.importers.layers import Layer

NOTHING: Mapping[str, str] = MappingProxyType({})


class Layout(NamedTuple):
    """One row of IMPORTERS: patterns of paths in the order in which the network goes through them."""

    about: str
    """Whose layout it is."""
    encoder: tuple[str, ...]
    heads: tuple[str, ...]
    """Mu and the other, or one layer for both; empty where the encoder's last layer is both."""
    decoder: tuple[str, ...]
    known: Mapping[str, str] = NOTHING
    """Answers that the layout's one source gives for certain."""
    usual: Mapping[str, str] = NOTHING
    """Answers that are likely."""
    places: str = ""
    """The numbers of the encoder's layers, where they tell one source from others with the same names."""
    two_activations: bool = False
    """Whether the source has one in its encoder and another in its decoder."""
    resized: bool = False
    """Whether planes may be pooled and enlarged: in networks of many sources, whose shapes may be of strides or not."""


class Parts(NamedTuple):
    """The layers of a network by what they are for."""

    encoder: tuple[Layer, ...]
    heads: tuple[Layer, ...]
    decoder: tuple[Layer, ...]


def parts(layout: Layout, layers: Mapping[str, Layer]) -> Parts | None:
    """The layers as the layout names them; None where one has no name in it, or one of its names no layer."""
    encoder, heads, decoder = (_matching(names, layers) for names in layout[1:4])
    if not layout.heads:
        encoder, heads = encoder[:-1], encoder[-1:]
    whole = len({layer.path for layer in (*encoder, *heads, *decoder)}) == len(layers)
    together = len(encoder) + len(heads) + len(decoder) == len(layers)
    numbers = " ".join(path.rpartition(".")[2] for path in (layer.path for layer in (*encoder, *heads)))
    told = layout.places in ("", numbers)
    fits = told and whole and together and decoder and len(heads) == max(1, len(layout.heads))
    return Parts(encoder, heads, decoder) if fits else None


def _matching(patterns: tuple[str, ...], layers: Mapping[str, Layer]) -> tuple[Layer, ...]:
    return tuple(layer for one in patterns for path, layer in layers.items() if re.fullmatch(one, path))
