"""Units as buttons: a click shows a unit's traversal at once, and then its whole card."""

from collections.abc import Sequence
from typing import NamedTuple

from vae_explorer.ui.components.served import event_callbacks, served

_links = served("links")


class Link(NamedTuple):
    """A unit, what it is called, and what is said of it."""

    unit: int
    label: str
    said: str


def unit_links(links: Sequence[Link]) -> None:
    """One below the other; what is chosen becomes the unit."""
    key = f"unit-links-{len(links)}"
    _links(key=key, data={"links": [link._asdict() for link in links]}, **event_callbacks(key, "unit"))
