"""A run started from the page: when its first point, its first map and its end are seen, and what it costs the hand."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, ViewportSize, expect

from bench.app import ROOT, chromium, serving, until_served
from bench.figure import Figure, median, quantile
from bench.hand import WATCH, follow, reruns
from vae_explorer import checkpoints, datasets
from vae_explorer.jobs import desk, lives, records

TIMES = 3
WARM = 8
"""Seconds after which the server's warm-up is over."""
POINT = "() => [...document.querySelectorAll('.js-plotly-plot')].some((plot) => plot.data?.[0]?.x?.length > 0)"
MODEL = "mnist-mlp-z2"
DIGITS = datasets.dataset("digits").title
PAGE: ViewportSize = {"width": 1280, "height": 800}


class Opened(NamedTuple):
    """The Train page of an app with a runs folder of its own."""

    page: Page
    url: str
    runs: Path


def run() -> Iterator[Figure]:
    """Measure each on the machine as it is; nothing else should be at work on it."""
    yield from _first_seen()
    yield from _trained()
    if datasets.dataset("mnist").available(datasets.data_root()):
        yield from _beside_the_command_line()
        yield from _beside_the_hand()


@contextmanager
def _opened() -> Iterator[Opened]:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url, chromium() as browser:
        until_served(url)
        page = browser.new_context(viewport=PAGE, bypass_csp=True).new_page()
        page.add_init_script(WATCH)
        page.goto(f"{url}/train")
        page.get_by_role("button", name="Start", exact=True).wait_for()
        time.sleep(WARM)
        try:
            yield Opened(page, url, Path(folder))
        finally:
            _end_all(folder)


def _end_all(folder: str) -> None:
    """Runs outlive their app; these must not."""
    os.environ["VAE_EXPLORER_RUNS"] = folder
    for name in records.names():
        desk.stop(name)
        desk.stop(name)
    while any(not lives.free(records.job_folder(name)) for name in records.names()):
        time.sleep(0.05)
    del os.environ["VAE_EXPLORER_RUNS"]


def _ask(page: Page, seed: int, **settings: str) -> None:
    """Fill the form, and wait until nothing is being measured for it any more."""
    for label, value in settings.items():
        field = label.replace("_", " ")
        if field in ("Data set", "Preset"):
            page.get_by_role("combobox", name=field).first.click()
            page.get_by_role("option", name=value, exact=True).click()
        else:
            page.get_by_label(field, exact=True).fill(value)
            page.keyboard.press("Enter")
        _idle(page)
    seeds = page.get_by_label("Seed", exact=True)
    if not seeds.is_visible():
        page.get_by_text("More", exact=True).first.click()
    seeds.fill(str(seed))
    page.keyboard.press("Enter")
    _idle(page)
    expect(page.get_by_text("measuring")).to_have_count(0, timeout=60_000)
    time.sleep(1)


def _idle(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


def _start(page: Page) -> float:
    clicked = time.perf_counter()
    page.get_by_role("button", name="Start", exact=True).click()
    return clicked


def _moved(page: Page) -> None:
    """Wait until there is a second map, to which the first one moves."""
    slider = page.locator(".journal-slider")
    slider.wait_for(timeout=60_000)
    expect(slider).not_to_have_attribute("max", "0", timeout=120_000)


def _finished(runs: Path, name: str, page: Page) -> float:
    page.get_by_text(f"{name} · Finished").wait_for(timeout=600_000)
    return time.perf_counter()


def _first_seen() -> Iterator[Figure]:
    points: list[float] = []
    maps: list[float] = []
    for seed in range(TIMES):
        with _opened() as (page, *_):
            _ask(page, seed, Data_set=DIGITS, Preset="mlp-z2", Epochs="2000")
            clicked = _start(page)
            page.wait_for_function(POINT, timeout=60_000)
            points.append(time.perf_counter() - clicked)
            _moved(page)
            maps.append(time.perf_counter() - clicked)
            page.get_by_role("button", name="Stop", exact=True).click()
            page.get_by_text("· Stopped").wait_for(timeout=30_000)
    yield Figure(f"digits: click to the first point on the curves, median of {TIMES}", median(points), "s", 4)
    yield Figure("digits: click to the first point on the curves, worst", max(points), "s", 4)
    yield Figure(f"digits: click to the first reorganised map, median of {TIMES}", median(maps), "s", 10)
    yield Figure("digits: click to the first reorganised map, worst", max(maps), "s", 10)


def _trained() -> Iterator[Figure]:
    with _opened() as (page, _, runs):
        _ask(page, 0, Data_set=DIGITS, Preset="mlp-small-z2", Epochs="200")
        name = "digits-mlp-small-z2-b1-s0"
        clicked = _start(page)
        yield Figure("digits: click to a trained MLP of 2 units", _finished(runs, name, page) - clicked, "s", 30)
        metrics = json.loads((runs / name / checkpoints.METRICS).read_text())
        shipped = json.loads((ROOT / "pretrained" / "digits-mlp-z2" / checkpoints.METRICS).read_text())
        yield Figure(
            "digits: its −ELBO on the test images, shipped as goal", -metrics["elbo"], "nats", -shipped["elbo"]
        )


def _beside_the_command_line() -> Iterator[Figure]:
    walls: dict[str, list[float]] = {"bare": [], "watched": []}
    training: dict[str, list[float]] = {"bare": [], "watched": []}
    for seed in range(TIMES):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            told = _bare(Path(folder) / "run", seed)
            walls["bare"].append(time.perf_counter() - started)
            training["bare"].append(told["seconds"])
        with _opened() as (page, _, runs):
            _ask(page, seed, Data_set="MNIST", Preset="mlp-z2", Epochs="10")
            name = f"mnist-mlp-z2-b1-s{seed}"
            clicked = _start(page)
            walls["watched"].append(_finished(runs, name, page) - clicked)
            training["watched"].append(checkpoints.open_checkpoint(runs / name).recipe.seconds)
    for what, found in (("from start to end", walls), ("training alone", training)):
        bare, watched = median(found["bare"]), median(found["watched"])
        yield Figure(f"MNIST, 10 epochs, {what}: bare command line", bare, "s")
        yield Figure(f"MNIST, 10 epochs, {what}: from the page, one tab watching", watched, "s")
        yield Figure(f"MNIST, 10 epochs, {what}: ratio", watched / bare, "×", 1.15)


def _bare(folder: Path, seed: int) -> dict[str, float]:
    settings = ["--preset", "mlp-z2", "--dataset", "mnist", "--epochs", "10", "--seed", str(seed)]
    command = [sys.executable, "-m", "vae_explorer", "train", *settings, "--out", str(folder)]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def _beside_the_hand() -> Iterator[Figure]:
    """The Explore page while nothing trains, then while MNIST is trained and another tab watches."""
    with _opened() as (page, url, _):
        other = page.context.new_page()
        other.set_viewport_size(PAGE)
        other.add_init_script(WATCH)
        other.goto(f"{url}/?model={MODEL}")
        other.locator(".map[data-state=ready]").wait_for()
        idle = _felt(other)
        page.bring_to_front()
        _ask(page, 0, Data_set="MNIST", Preset="conv-z10", Epochs="100")
        _start(page)
        _moved(page)
        other.bring_to_front()
        busy = _felt(other)
        page.bring_to_front()
        page.get_by_role("button", name="Stop", exact=True).click()
        page.get_by_text("· Stopped").wait_for(timeout=60_000)
    yield Figure("pointer move to changed pixels, p95, nothing training", quantile(idle.pixels, 0.95), "ms")
    yield Figure("pointer move to changed pixels, p95, while a run trains", quantile(busy.pixels, 0.95), "ms", 50)
    yield Figure("rerun for a changed colour, median, nothing training", median(idle.reruns), "ms")
    yield Figure("rerun for a changed colour, median, while a run trains", median(busy.reruns), "ms")
    yield Figure("rerun, while a run trains to nothing training", median(busy.reruns) / median(idle.reruns), "×", 2)


class _Felt(NamedTuple):
    pixels: list[float]
    reruns: list[float]


def _felt(page: Page) -> _Felt:
    pixels = follow(page).pixels
    reruns(page)  # the first of each colour is computed
    return _Felt(pixels, reruns(page))
