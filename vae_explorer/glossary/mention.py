"""Where a text names what the glossary explains."""

import re
from functools import lru_cache
from typing import NamedTuple

from vae_explorer.glossary.table import GLOSSARY


class Mention(NamedTuple):
    """A term where a text names it first."""

    name: str
    start: int
    end: int


def mentions(text: str) -> list[Mention]:
    """The terms that a text names, in the order in which it does."""
    names, found = order(), dict[str, Mention]()
    for match in re.finditer(pattern(), text):
        name = names[(match.lastindex or 1) - 1]
        found.setdefault(name, Mention(name, match.start(), match.end()))
    return list(found.values())


@lru_cache(maxsize=1)
def pattern() -> str:
    """A regular expression for Python and JavaScript alike, with one group a term, in the order of `order()`."""
    groups = "|".join("(" + "|".join(GLOSSARY[name].words) + ")" for name in order())
    return f"(?<![A-Za-z0-9_-])(?:{groups})(?![A-Za-z0-9_-])"


@lru_cache(maxsize=1)
def order() -> tuple[str, ...]:
    """Names of terms, those with the longest words first: “latent unit” before “unit”, “Var(mu)” before “mu”."""
    return tuple(sorted(GLOSSARY, key=lambda name: -max(map(len, GLOSSARY[name].words))))
