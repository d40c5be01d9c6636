"""Fitted maps: seconds from a fresh process, trustworthiness, decoding on them, and pictures on 60,000 points."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from bench.app import ROOT, chromium, large_runs, serving, until_served
from bench.figure import Figure, median, quantile
from bench.hand import MOVES, WATCH, Columns, box, follow, frames
from vae_explorer import checkpoints
from vae_explorer.projections.trust import trustworthiness

CONV, CONV_60000 = "mnist-conv-z10-b1", "conv-60000"
ROUNDS = 3
WARM = 12
"""Seconds until the server has done what it does beside its first pages: it has the same two cores."""
MODULE = "entry => entry.name.endsWith('/map/index.js')"
DEFAULTS = """
import sys, warnings, numpy as np
warnings.simplefilter("ignore")
import umap
np.save(sys.argv[2], umap.UMAP(random_state=0).fit_transform(np.load(sys.argv[1])))
"""


def run() -> Iterator[Figure]:
    """UMAP by itself, then the map in the browser."""
    with large_runs() as folder:
        yield from _umap("10,000 × 10", ROOT / "pretrained" / CONV, 5.0)
        yield from _umap("60,000 × 10", folder / CONV_60000, 12.0)
        with serving(folder) as url, chromium() as browser:
            until_served(url)
            for measure in (_drawn, _decoding, _pictures):
                page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
                page.add_init_script(WATCH)
                yield from measure(page, url)
                page.close()


def _umap(name: str, folder: Path, goal: float) -> Iterator[Figure]:
    """Whole processes, the first of which finds nothing changed on disk either: reading, import, layout, measuring."""
    seconds, told = [], {}
    for _ in range(ROUNDS):
        started = time.perf_counter()
        command = [sys.executable, "-m", "vae_explorer", "project", str(folder)]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - started)
        told = json.loads(answer.stdout.splitlines()[-1])
    yield Figure(f"UMAP of {name}: a fresh process, median of {ROUNDS}", median(seconds), "s", goal)
    mu = checkpoints.read_latents(checkpoints.open_checkpoint(folder)).mu
    plain, default = _defaults(mu)
    yield Figure(f"UMAP of {name}: a fresh process of umap-learn's defaults", plain, "s")
    yield Figure(f"UMAP of {name}: trustworthiness, umap-learn's defaults", default, "of 1")
    yield Figure(f"UMAP of {name}: trustworthiness, ours", told["trustworthiness"], "of 1", default - 0.01, True)


def _defaults(mu: np.ndarray) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        latents, places = Path(folder) / "mu.npy", Path(folder) / "xy.npy"
        np.save(latents, mu)
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", DEFAULTS, str(latents), str(places)], check=True, capture_output=True)
        seconds = time.perf_counter() - started
        return seconds, trustworthiness(mu, np.load(places)).value


def _opened(page: Page, url: str, query: str) -> None:
    page.goto(f"{url}/?{query}")
    page.locator(".map[data-state=ready]").wait_for()
    page.wait_for_function("watch.painted.length > 0")


def _drawn(page: Page, url: str) -> Iterator[Figure]:
    """60,000 points of a UMAP map with lattice and contours on."""
    fetched = Columns(page)
    _opened(page, url, f"model={CONV_60000}&plane=umap&lattice=0.6&contours=on")
    time.sleep(WARM)
    opened = page.evaluate(f"performance.getEntriesByType('resource').find({MODULE}).startTime")
    seconds = (page.evaluate("watch.painted[0]") - opened) / 1e3
    yield Figure("60,000 points: the map's module asked for to first draw", seconds, "s", 1.0)
    yield Figure("60,000 points: bytes of the points", fetched.bytes / 1e6, "MB", 0.4)
    yield from frames(page, "60,000 points, lattice and contours", 40)


def _decoding(page: Page, url: str) -> Iterator[Figure]:
    """Pointer moves over a UMAP map of the conv model."""
    _opened(page, url, f"model={CONV}&plane=umap")
    time.sleep(2)
    pixels = follow(page).pixels
    yield Figure(f"UMAP map: pointer move to changed pixels, median of {MOVES}", median(pixels), "ms")
    yield Figure("UMAP map: pointer move to changed pixels, p95", quantile(pixels, 0.95), "ms", 33)


def _pictures(page: Page, url: str) -> Iterator[Figure]:
    """The sprite sheet when it is first needed, and the lattice when it is switched on."""
    sheets: list[tuple[str, int]] = []
    page.on("response", lambda answer: _note(sheets, answer.url, int(answer.headers.get("content-length", 0))))
    _opened(page, url, f"model={CONV}&lattice=0.6")
    time.sleep(3)
    yield Figure("sprite sheets fetched before they are needed", len(sheets), "sheets", 0)
    yield from _lattice(page)
    x, y, width, height = box(page)
    page.mouse.move(x + width / 2, y + height / 2)
    for _ in range(25):
        page.mouse.wheel(0, -120)
        time.sleep(0.1)
    time.sleep(3)
    yield Figure("sprite sheet of 10,000 MNIST images", sum(size for _, size in sheets) / 1e6, "MB", 3.0)
    yield Figure("sprite sheets fetched after zooming in", len(sheets), "sheets", 1)


def _note(sheets: list[tuple[str, int]], url: str, size: int) -> None:
    if "/thumbnails/" in url:
        sheets.append((url, size))


def _lattice(page: Page) -> Iterator[Figure]:
    """Each step of zoom wants another lattice, asked for when the view rests."""
    page.locator(".map-canvas").focus()
    times: list[float] = []
    for key in ("+++", "---") * (ROUNDS + 1):
        page.evaluate("watch.asked = watch.laid = 0; watch.came = false")
        for press in key:
            page.keyboard.press(press)
        page.wait_for_function("watch.laid > 0")
        times.append(page.evaluate("watch.laid - watch.asked"))
    page.keyboard.press("0")
    cells = page.evaluate("watch.cells")
    yield Figure(f"lattice of the conv model, {cells} cells: asked for to drawn, median", median(times[2:]), "ms", 300)
    yield Figure("lattice of the conv model: asked for to drawn, worst", max(times[2:]), "ms")
