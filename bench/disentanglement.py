"""Sprites a second; seconds and ceilings of the scores of disentanglement on cached codes of 100,000 sprites."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Locator, Page

from bench.app import chromium, serving, until_served
from bench.figure import Figure, median
from vae_explorer.checkpoints import catalogue
from vae_explorer.datasets import sprites
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.attainable import attainable
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.unit_cards import shelf

DRAWN = 20_000
CODED = 100_000
UNITS = 10
MODEL = "mnist-conv-z10-b1"
CLICKS = 8
FOLLOWS = 0.5
"""Seconds in which the page has begun to run after a click."""
LINKS = {"card to card": ".links button", "card to card of another model": "[class*=st-key-to-model] button"}
REDRAWN = """(button, canvas) => new Promise((done) => {
  const before = canvas.toDataURL(), start = performance.now();
  const look = () => (canvas.toDataURL() === before ? requestAnimationFrame(look) : done(performance.now() - start));
  button.click();
  look();
})"""
NOISE = 0.3
"""Deviation of what is added to standardised factors: a code that is good, not perfect."""


def run() -> Iterator[Figure]:
    """Drawing, then each score by itself."""
    yield from _drawing()
    codes = _codes()
    taken: dict[str, float] = {}
    for name in (name for name, row in SCORES.items() if row.usual):
        taken[name] = _seconds(lambda name=name: SCORES[name](codes, np.random.default_rng(0)))
        yield Figure(f"{name}: seconds", taken[name], "s", 5.0 if name == "mig" else None)
    yield Figure("all default scores of one model from cached codes", sum(taken.values()), "s", 60.0)
    boosted = [name for name, row in SCORES.items() if not row.usual and name.startswith("dci")]
    seconds = sum(_seconds(lambda name=name: SCORES[name](codes, np.random.default_rng(0))) for name in boosted)
    yield Figure("DCI of the protocol (boosted), all three rows", seconds, "s", 120.0)
    for name in ("mig", "mig-64", "sap"):
        yield Figure(f"{name}: a perfect code", attainable(SCORES[name], codes, np.random.default_rng(0)).value, "of 1")
    yield from _cards()
    yield from _hand()


def _cards() -> Iterator[Figure]:
    """Every unit's card, measured, and then read from disk as by another process."""
    checkpoint = catalogue.find(MODEL)
    units = range(checkpoint.recipe.model.latent_dim)
    with TemporaryDirectory() as cache, environment(VAE_EXPLORER_CACHE=cache):
        first = [_seconds(lambda unit=unit: shelf.card(checkpoint, unit)) for unit in units]
        yield Figure("the first card of a model, measured", 1000 * first[0], "ms")
        yield Figure("further cards, measured, median", 1000 * median(first[1:]), "ms")
        shelf.forget()
        kept = [1000 * _seconds(lambda unit=unit: shelf.card(checkpoint, unit)) for unit in units]
        yield Figure("a card from disk, median", median(kept), "ms")


def _hand() -> Iterator[Figure]:
    """In Chromium: from a click to the pixels of the traversal, on the matrix and from card to card."""
    with TemporaryDirectory() as cache, environment(VAE_EXPLORER_CACHE=cache), serving() as url, chromium() as browser:
        until_served(url)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{url}/disentangle?model={MODEL}")
        cells = page.locator(".matrix-cell")
        cells.nth(CLICKS).wait_for()
        time.sleep(2)
        clicked = [_until_redrawn(page, cells.nth(place), "unit-walk") for place in range(1, CLICKS)]
        yield Figure("matrix: click to traversal on screen, median", median(clicked), "ms", 100)
        page.goto(f"{url}/unit?model={MODEL}")
        for what, link in LINKS.items():
            other = page.locator(link).first
            for _ in range(CLICKS):  # there and back: each of the pair is measured once, then read
                other.wait_for()
                _until_redrawn(page, other, "card-traversal")
            opened = [_until_redrawn(page, other, "card-traversal") for _ in range(CLICKS)]
            yield Figure(f"{what} from cache: click to traversal on screen, median", median(opened), "ms", 300)


def _until_redrawn(page: Page, button: Locator, walk: str) -> float:
    """ms from a click to the next picture of a traversal; nothing else is asked until the page's run has followed."""
    canvas = page.locator(f"[class*='{walk}'] canvas").first.element_handle()
    took = button.evaluate(REDRAWN, canvas)
    time.sleep(FOLLOWS)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return took


def _drawing() -> Iterator[Figure]:
    index = np.random.default_rng(0).integers(sprites.TOTAL, size=DRAWN)
    hued = index * sprites.HUES**2
    kinds: dict[str, Callable[[], np.ndarray]] = {
        "32": lambda: sprites.draw(index),
        "64": lambda: sprites.draw(index, 64),
        "32, in colour": lambda: sprites.draw(hued, colour=True),
    }
    for side, draw in kinds.items():
        draw()
        goal = 20_000 if side == "32" else None
        yield Figure(f"sprites at {side}, one core", DRAWN / _seconds(draw), "images/s", goal, at_least=True)


def _codes() -> Codes:
    """Five units that follow a factor each with some noise, and five of noise alone."""
    rng = np.random.default_rng(0)
    values = sprites.factor_values(rng.integers(sprites.TOTAL, size=CODED))
    mu = rng.standard_normal((CODED, UNITS)) * NOISE
    mu[:, : values.shape[1]] += (values - values.mean(0)) / values.std(0)
    logvar = np.full(mu.shape, 2 * np.log(NOISE), np.float32)
    return Codes(mu.astype(np.float32), logvar, values, sprites.FACTORS)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """The process's environment with these values for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
