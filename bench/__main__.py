"""Run the benchmarks named on the command line, or all of them, and print each figure beside its goal."""

import sys
from collections.abc import Callable, Iterator

from bench import (
    channel,
    compare,
    dial,
    disentanglement,
    gates,
    graphs,
    hand,
    imports,
    journal,
    listing,
    maps,
    modes,
    parts,
    pictures,
    reference,
    room,
    scale,
    speed,
    start,
    train_page,
    training,
    validation,
)
from bench.figure import Figure, machine
from vae_explorer import datasets

BENCHMARKS: dict[str, Callable[[], Iterator[Figure]]] = {
    "start": start.run,
    "hand": hand.run,
    "compare": compare.run,
    "dial": dial.run,
    "disentanglement": disentanglement.run,
    "graphs": graphs.run,
    "maps": maps.run,
    "channel": channel.run,
    "room": room.run,
    "pictures": pictures.run,
    "imports": imports.run,
    "train_page": train_page.run,
    "training": training.run,
    "validation": validation.run,
    "journal": journal.run,
    "listing": listing.run,
    "speed": speed.run,
    "parts": parts.run,
    "gates": gates.run,
    "modes": modes.run,
    "reference": reference.run,
    "scale": scale.run,
}
NEED_MNIST = (
    *("hand", "imports", "maps", "training", "validation", "journal"),
    *("speed", "parts", "gates", "modes", "reference", "scale"),
)


def main(names: list[str]) -> None:
    """Print every figure as soon as it is measured."""
    print(machine())
    present = datasets.dataset("mnist").available(datasets.data_root())
    for name in names or BENCHMARKS:
        if name not in BENCHMARKS:
            sys.exit(f"There is no benchmark “{name}”; known are {', '.join(BENCHMARKS)}.")
        if name in NEED_MNIST and not present:
            print(f"{name}: left out, MNIST is not on this machine (point VAE_EXPLORER_DATA at it).")
            continue
        for figure in BENCHMARKS[name]():
            print(figure, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
