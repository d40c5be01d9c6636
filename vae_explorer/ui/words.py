"""Words for the page: units counted and named, and text that Streamlit would read as Markdown made to show as it is."""

import re
from collections.abc import Mapping

from vae_explorer.checkpoints import Recipe

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$~:^=&])")
_LINKED = re.compile(r"(www|https?|ftp|mailto|xmpp|@)", re.IGNORECASE)
_JOINER = "\u2060"
"""No width, no break: an address with one inside is no address to the renderer, which links even escaped ones."""


def literal(text: str) -> str:
    """Markdown that shows exactly this text: no link, image, colour or formula from a folder name or an address."""
    return _SPECIAL.sub(r"\\\1", _LINKED.sub(rf"\1{_JOINER}", text.replace("\n", " ")))


def lasting(seconds: float) -> str:
    """A span of time in the two units that matter."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600:,} h {whole % 3600 // 60:02d} min"


def counted(number: int, noun: str = "unit") -> str:
    """So many latent units, or other things, in words."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def unit_words(unit: int, names: Mapping[int, str]) -> str:
    """A latent unit in words, by the names that units have; web/pieces/units.js says the same."""
    return f"unit {unit} ({names[unit]})" if unit in names else f"unit {unit}"


def beta_course(recipe: Recipe) -> str:
    """The β that a model was trained with; where it was changed meanwhile, as in 1 → 4, the last one is the model's.

    Not of an imported model, whose β nobody knows: titles say “imported” instead.

    Of a multi-rate network the one it is seen at, to three digits: its stops are powers of a root of two.
    """
    if recipe.model.betas is not None:
        return f"{recipe.beta:.3g}"
    values = [f"{beta:g}" for beta in (recipe.train.beta, *(beta for _, beta in recipe.betas))]
    return " → ".join(values if len(values) <= 3 else [values[0], "…", values[-1]])


def sized(number: int) -> str:
    """So many bytes in megabytes, or gigabytes."""
    return f"{number / 1e6:,.1f} MB" if number < 1e9 else f"{number / 1e9:,.1f} GB"
