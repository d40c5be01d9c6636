"""What the hand feels on models of ONNX, beside the same models as weights."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from bench.app import ROOT, chromium, serving, until_served
from bench.figure import Figure, median, quantile
from bench.hand import WATCH, follow
from vae_explorer import checkpoints, datasets
from vae_explorer.exports.graphs import graphs
from vae_explorer.importers import intake
from vae_explorer.models import graph_file

MODELS = ("mnist-mlp-z2", "mnist-conv-z10-b1")


def run() -> Iterator[Figure]:
    """A pointer over the map, each model as weights and as two graphs."""
    with tempfile.TemporaryDirectory() as folder:
        for name in MODELS:
            _import(name, Path(folder) / f"{name}-onnx")
        with serving(Path(folder)) as url, chromium() as browser:
            until_served(url)
            for name in MODELS:
                yield from _figures(browser, url, name, None)
                yield from _figures(browser, url, f"{name}-onnx", 16)


def _import(name: str, folder: Path) -> None:
    images = datasets.load("mnist", "test")
    files = graphs(checkpoints.open_checkpoint(ROOT / "pretrained" / name))
    pair = [graph_file.read(data, file) for file, data in files.items()]
    intake.bring(intake.known_pair(pair, images.image_shape), images, folder)


def _figures(browser: Browser, url: str, name: str, goal: float | None) -> Iterator[Figure]:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page.add_init_script(WATCH)
    page.goto(f"{url}/?model={name}&plane=units")
    page.locator(".map[data-state=ready]").wait_for()
    page.wait_for_function("watch.painted.length > 0")
    seen = follow(page)
    yield Figure(f"{name}: pointer move to changed pixels, median", median(seen.pixels), "ms", goal)
    yield Figure(f"{name}: pointer move to changed pixels, p95", quantile(seen.pixels, 0.95), "ms")
    page.close()
