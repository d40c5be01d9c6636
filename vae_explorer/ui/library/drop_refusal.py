"""Why files that were dropped are nothing that a form can be shown for: each case in one sentence that names them."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from vae_explorer.pictures import picture
from vae_explorer.pictures.pile import plain
from vae_explorer.ui.library.recognition import NOUNS, Content, suffix

NAMED = 3
"""Files that a sentence names, before it counts them."""
TAKEN = (
    "pictures (JPEG, PNG, WebP, GIF, BMP, TIFF, PPM, a zip of them, npz), weights (pth, pt, ckpt, safetensors), "
    "ONNX and zips of models are taken"
)


class Dropped(NamedTuple):
    """A file that was dropped."""

    name: str
    size: int
    """Bytes."""
    content: Content


def refusal(files: Sequence[Dropped]) -> str:
    """What stands in the way of a form for these files, one or more; empty where nothing does."""
    found = [file.content for file in files]
    if Content.PICTURE in found and all(map(_lies_among_pictures, files)):
        return ""
    twice = [file.name for file, n in Counter(files).items() if n > 1]
    if twice:
        return f"{_named(twice)} {_were(twice)} dropped more than once; take all but one away with its ×."
    if set(found) == {Content.UNKNOWN}:
        names = [file.name for file in files]
        return (
            f"{_named(names)} {'is' if len(names) == 1 else 'are'} neither pictures, nor weights, nor a model; {TAKEN}."
        )
    if len(files) == 1:
        return _of_one(files[0])
    return "" if found == [Content.GRAPH] * 2 else _of_several(files)


def _lies_among_pictures(file: Dropped) -> bool:
    """A picture, or what is left out beside others and counted."""
    damaged = file.content is Content.DAMAGED and suffix(file.name) in picture.SUFFIXES
    return damaged or file.content in (Content.PICTURE, Content.UNKNOWN)


def _of_one(file: Dropped) -> str:
    name = plain(file.name)
    if file.content is Content.DAMAGED:
        noun = NOUNS.get(suffix(file.name), "zip archive")
        return f"{name} is no {noun} that can be read; it is damaged or was cut off: copy it again."
    if file.content is Content.GRAPH:
        return f"{name} is one half of an ONNX model; its {_other(file.name)} is missing: drop both."
    return ""


def _other(name: str) -> str:
    """What is missing beside it, as far as its name says."""
    halves = {"encoder": "decoder", "decoder": "encoder"}
    return next((other for half, other in halves.items() if half in name.lower()), "other half, encoder or decoder,")


def _of_several(files: Sequence[Dropped]) -> str:
    """What each was taken for."""
    kinds: dict[Content, list[str]] = {}
    for file in files:
        kinds.setdefault(file.content, []).append(file.name)
    if len(kinds) == 1:
        ((kind, names),) = kinds.items()
        return f"{_named(names)} were each taken for {kind}; drop one at a time."
    (first, names), *others = kinds.items()
    told = [f"{_named(names)} {_were(names)} taken for {first}"]
    told += [f"{_named(names)} for {kind}" for kind, names in others]
    return f"{', '.join(told)}; drop files of one kind at a time."


def _named(names: Sequence[str]) -> str:
    shown = [plain(name) for name in names[:NAMED]]
    more = len(names) - len(shown)
    parts = [*shown, f"{more:,} more"] if more else shown
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _were(names: Sequence[str]) -> str:
    return "was" if len(names) == 1 else "were"
