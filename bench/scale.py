"""Large scales, part by part: a million images, and what other parts of the table add.

Each part is a generator of figures; `python -m bench scale` runs them one after the other.
"""

from collections.abc import Callable, Iterator

from bench import scale_images
from bench.figure import Figure

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "a million images": scale_images.run,
}


def run() -> Iterator[Figure]:
    """The figures of every part."""
    for part in PARTS.values():
        yield from part()
