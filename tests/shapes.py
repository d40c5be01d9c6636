"""The shapes of messages, as the browser modules declare them in a `.d.ts` file."""

import re
from pathlib import Path
from typing import NamedTuple

WEB = Path(__file__).parents[1] / "vae_explorer" / "web"
INTERFACE = re.compile(r"export interface (\w+)(?:<\w+>)?(?: extends (\w+))? \{\n(.*?)\n\}", re.DOTALL)
PROPERTY = re.compile(r"^  (\w+)(\??):", re.MULTILINE)


class Shape(NamedTuple):
    """The names of an object's properties."""

    always: frozenset[str]
    sometimes: frozenset[str]


def shapes(file: str) -> dict[str, Shape]:
    """Every interface of a file in the folder of the browser modules, with what it extends, which stands above it."""
    found: dict[str, Shape] = {}
    for name, base, body in INTERFACE.findall((WEB / file).read_text(encoding="utf-8")):
        always, sometimes = found[base] if base else Shape(frozenset(), frozenset())
        properties = PROPERTY.findall(body)
        always |= {name for name, optional in properties if not optional}
        found[name] = Shape(always, sometimes | {name for name, optional in properties if optional})
    return found


def shape_of(*messages: dict) -> Shape:
    """The shape of messages of one kind."""
    always = frozenset.intersection(*(frozenset(message) for message in messages))
    return Shape(always, frozenset().union(*messages) - always)
