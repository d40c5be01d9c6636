"""How soon pictures of one's own are a data set, and what that takes of memory: the command in a process of its own."""

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from bench.figure import Figure, median

ROOT = Path(__file__).parents[1]
ROUNDS = 3
SCRIPT = """
import sys
from vae_explorer.cli import main
main(sys.argv[1:])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""The usual figure of a child holds what its parent had in memory when it was forked."""
SECONDS_GOAL, PEAK_GOAL = 5.0, 1.5


class Measured(NamedTuple):
    """One gathering of pictures."""

    seconds: float
    """Of reading and keeping, as the command tells."""
    peak: float
    """GB of resident memory of the whole process."""


def run() -> Iterator[Figure]:
    """A zip that is named by VAE_EXPLORER_PHOTOS where there is one, and made-up pictures."""
    with tempfile.TemporaryDirectory() as place:
        given = os.environ.get("VAE_EXPLORER_PHOTOS")
        if given:
            yield from _figures("photos of VAE_EXPLORER_PHOTOS, 32 px", Path(given).resolve(), 32, Path(place))
        photos = _made(Path(place) / "photos.zip", 3_000, 32, "JPEG")
        yield from _figures("3,000 made-up JPEG of 32 px", photos, 32, Path(place))
        larger = _made(Path(place) / "larger.zip", 20_000, 64, "PNG")
        yield from _figures("20,000 made-up PNG of 64 px", larger, 64, Path(place))


def _figures(name: str, source: Path, side: int, place: Path) -> Iterator[Figure]:
    found = [_measured(source, side, place / f"{source.stem}-{round}") for round in range(ROUNDS)]
    goal = SECONDS_GOAL if side == 32 else None
    yield Figure(f"{name}: read and kept, median of {ROUNDS}", median([one.seconds for one in found]), "s", goal)
    yield Figure(f"{name}: peak of resident memory", max(one.peak for one in found), "GB", PEAK_GOAL)


def _measured(source: Path, side: int, data: Path) -> Measured:
    words = ["pictures", str(source), "--name", "measured", "--side", str(side)]
    environment = {**os.environ, "VAE_EXPLORER_DATA": str(data)}
    command = [sys.executable, "-c", SCRIPT, *words]
    answer = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    told, peak = answer.stdout.splitlines()[-2:]
    return Measured(json.loads(told)["seconds"], int(peak) * 1024 / 1e9)


def _made(path: Path, n: int, side: int, kind: str) -> Path:
    """A zip of pictures in ten folders: soft colours with some noise on them."""
    rng = np.random.default_rng(0)
    with zipfile.ZipFile(path, "w") as archive:
        for place in range(n):
            soft = Image.fromarray(rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)).resize((side, side))
            noisy = np.asarray(soft, np.int16) + rng.integers(-8, 9, (side, side, 3))
            buffer = io.BytesIO()
            Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(buffer, kind)
            archive.writestr(f"made/{place % 10}/{place:05}.{kind.lower()}", buffer.getvalue())
    return path
