"""When one process or one memory is not enough, part by part: each gives its figures, one after the other."""

from collections.abc import Callable, Iterator

from bench import engines, ranks, scale_images
from bench.figure import Figure

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "processes": ranks.run,
    "sweeps on Ray": engines.run,
    "a million images": scale_images.run,
}


def run() -> Iterator[Figure]:
    """The figures of every part."""
    for part in PARTS.values():
        yield from part()
