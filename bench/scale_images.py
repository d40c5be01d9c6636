"""A million images of 28×28: drawn, trained on for an epoch, encoded, mapped and explored, with peaks of memory."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

from bench.app import ROOT, chromium, served, until_served
from bench.figure import Figure, median, quantile
from bench.hand import WATCH, follow

NAME, PRESET = "sprites-million", "mlp-256-256-z10"
COUNTS = (10_000, 100_000, 1_000_000)
FEW = "few"
"""The same network, with the 10,000 test images encoded, opened in the same app."""
OPENED, REST = 3, 12
"""Times that a map is opened, and seconds until a server has warmed up."""


def run() -> Iterator[Figure]:
    """Measure in a folder that is gone afterwards; it takes 1.2 GB."""
    with tempfile.TemporaryDirectory() as folder:
        places = {name: str(Path(folder) / name.lower()) for name in ("RUNS", "CACHE", "DATA")}
        os.environ.update({f"VAE_EXPLORER_{name}": place for name, place in places.items()})
        yield from _made(Path(places["RUNS"]))
        yield from _explored(Path(places["RUNS"]))


def _made(runs: Path) -> Iterator[Figure]:
    yield Figure("peak memory of a process that has PyTorch alone", _child("nothing")["peak"], "MB")
    drawn = _child("draw")
    yield Figure("a million images: drawn into a flat file", drawn["seconds"], "s")
    yield Figure("a million images: peak memory of drawing", drawn["peak"], "MB")
    trained = _child("train", str(runs / "run"))
    yield Figure(f"an epoch of {PRESET} on a million images, one thread", trained["seconds"], "s")
    yield Figure("peak memory of training", trained["peak"], "MB", 2500)
    shutil.copytree(runs / "run", runs / FEW)
    each = {n: _child("encode", str(runs / "run"), str(n)) for n in COUNTS}
    for n, told in each.items():
        yield Figure(f"encoding {n:,} images", told["seconds"], "s")
    few, many = (each[n]["seconds"] / n for n in (COUNTS[1], COUNTS[2]))
    yield Figure("encoding: time of an image among a million, of one among 100,000", many / few, "times")
    yield Figure("peak memory of encoding a million images", each[COUNTS[-1]]["peak"], "MB")
    stored = _child("embed", str(runs / "run"))
    yield Figure("peak memory of encoding them into a checkpoint", stored["peak"], "MB")
    mapped = _child("map", str(runs / "run"))
    yield Figure("UMAP of a million images, 60,000 of them landmarks", mapped["seconds"], "s")
    yield Figure("peak memory of the map's process", mapped["peak"], "MB")


def _explored(runs: Path) -> Iterator[Figure]:
    with served(runs) as app, chromium() as browser:
        until_served(app.url)
        _opened(browser, app.url, FEW)
        time.sleep(REST)
        few = [_opened(browser, app.url, FEW) for _ in range(OPENED)]
        first = _opened(browser, app.url, "run")
        again = [_opened(browser, app.url, "run") for _ in range(OPENED)]
        yield Figure("10,000 images: page open to map drawn, warm", median(few), "s")
        yield Figure("a million images: page open to map drawn, the first time", first, "s", 2)
        yield Figure("a million images: page open to map drawn, warm", median(again), "s", 2)
        yield Figure(
            "a million images: page open to map drawn, warm, beside 10,000", median(again) / median(few), "times"
        )
        hands = {model: _followed(browser, app.url, model) for model in (FEW, "run")}
        for which in Hand._fields:
            few, many = (getattr(hands[model], which) for model in (FEW, "run"))
            what = f"pointer move to changed pixels, {which} time over the map"
            yield Figure(f"{what}: a million beside 10,000, median", median(many) / median(few), "times")
            for n, moves in ((FEW, few), ("a million", many)):
                yield Figure(f"{n}: {what}, median", median(moves), "ms", 16)
                yield Figure(f"{n}: {what}, p95", quantile(moves, 0.95), "ms", 33)
        yield from _searched(browser, app.url)
        yield Figure("peak memory of the app with a million images", _peak(app.pid), "MB", 1500)


def _page(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page.add_init_script(WATCH)
    return page


def _opened(browser: Browser, url: str, model: str) -> float:
    """Seconds."""
    page, started = _page(browser), time.perf_counter()
    page.goto(f"{url}/?model={model}", wait_until="commit")
    page.locator(".map[data-state=ready]").wait_for(timeout=120_000)
    seconds = time.perf_counter() - started
    page.close()
    return seconds


class Hand(NamedTuple):
    """ms from each move of the pointer to changed pixels, on the principal plane."""

    first: list[float]
    """While the thumbnails of the points come, 10,000 at a time."""
    second: list[float]


def _followed(browser: Browser, url: str, model: str) -> Hand:
    page = _page(browser)
    page.goto(f"{url}/?model={model}&plane=pca")
    page.locator(".map[data-state=ready]").wait_for(timeout=120_000)
    page.wait_for_function("watch.painted.length > 0")
    time.sleep(2)
    found = Hand(*(follow(page).pixels for _ in Hand._fields))
    page.close()
    return found


def _searched(browser: Browser, url: str) -> Iterator[Figure]:
    page = _page(browser)
    page.goto(f"{url}/?model=run")
    page.locator(".map[data-state=ready]").wait_for(timeout=120_000)
    time.sleep(2)
    page.locator(".map-search-input").fill("image 999999")
    started = time.perf_counter()
    page.keyboard.press("Enter")
    page.locator(".map-card-heading", has_text="Image 999999").wait_for()
    yield Figure("image 999,999 found and shown beside the map", time.perf_counter() - started, "s")
    page.get_by_role("heading", name="Neighbours of image 999999").wait_for()
    yield Figure("its neighbours among a million, on the page", time.perf_counter() - started, "s")
    page.close()


def _peak(pid: int) -> float:
    """MB that a process has held at most."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def _child(*words: str) -> dict[str, Any]:
    """What a step in a process of its own took: seconds, and its peak memory in MB."""
    command = [sys.executable, "-m", "bench.scale_images", *words]
    answered = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(answered.stdout.splitlines()[-1])


def _draw() -> None:
    from vae_explorer.datasets import data_root, sprites_million

    sprites_million.download(data_root(), lambda *_: None)


def _train(run: str) -> None:
    from vae_explorer import cli

    cli.main(["train", "--dataset", NAME, "--preset", PRESET, "--epochs", "1", "--threads", "1", "--out", run])


def _encode(run: str, n: str) -> float:
    """The first n training images; gives its seconds, without those of its imports."""
    from vae_explorer import checkpoints, coding, datasets, models
    from vae_explorer.training import process

    process.prepare(1)
    images = datasets.load(NAME, "train").select(slice(int(n)))
    checkpoint = checkpoints.open_checkpoint(Path(run))
    network = models.restore(checkpoint.recipe.model, checkpoints.read_weights(checkpoint))
    started = time.perf_counter()
    coding.encode_set(network, images)
    return time.perf_counter() - started


def _embed(run: str) -> None:
    from vae_explorer import cli

    cli.main(["embed", run, "--dataset", NAME, "--split", "train"])


def _map(run: str) -> None:
    from vae_explorer import cli

    cli.main(["project", run, "--method", "umap"])


STEPS: dict[str, Callable[..., float | None]] = {
    "nothing": lambda: None,
    "draw": _draw,
    "train": _train,
    "encode": _encode,
    "embed": _embed,
    "map": _map,
}


if __name__ == "__main__":
    from vae_explorer.memory import peak

    step, *arguments = sys.argv[1:]
    started = time.perf_counter()
    seconds = STEPS[step](*arguments)
    print(json.dumps({"seconds": seconds or time.perf_counter() - started, "peak": peak()}))
