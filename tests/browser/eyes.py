"""What tests see: pixels of a canvas, and waiting until they are as they should be."""

import base64
import io
import re
import time
from collections.abc import Callable

import numpy as np
from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page, expect

SUM = """const sum = (canvas) => {
  const { width, height } = canvas;
  if (!width || !height) return "";
  const words = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, width, height).data.buffer);
  let mixed = 0;
  for (const word of words) {
    mixed = Math.imul(mixed ^ word, 0x9e3779b1);
    mixed ^= mixed >>> 15;
  }
  return `${width} x ${height}: ${mixed}`;
};"""
SOON = """const soon = async (condition) => {
  for (const end = performance.now() + 500; performance.now() < end; ) {
    if (condition()) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return condition();
};"""
"""Half a second of patience inside the page costs less than asking it again and again."""
DRAWN = f"""async (canvas) => {{
  {SOON}
  return soon(() => {{
    if (!canvas.width || !canvas.height) return false;
    const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const words = new Uint32Array(image.data.buffer);
    return words.some((word) => word !== words[0]);
  }});
}}"""
CHANGED = f"async (canvas, before) => {{ {SUM} {SOON} return soon(() => sum(canvas) !== before); }}"
SHOWS = f"async (canvas, wanted) => {{ {SUM} {SOON} return soon(() => sum(canvas) === wanted); }}"


def pixels(canvas: Locator) -> str:
    """The canvas's content as a short text that changes when a pixel does."""
    return canvas.evaluate(f"(canvas) => {{ {SUM} return sum(canvas); }}")


def image_of(canvas: Locator) -> Image.Image:
    """The canvas's content."""
    url = canvas.evaluate("canvas => canvas.toDataURL()")
    return Image.open(io.BytesIO(base64.b64decode(url.split(",", 1)[1]))).convert("RGBA")


def grey(canvas: Locator) -> np.ndarray:
    """The grey levels [H, W] of the canvas."""
    return np.asarray(image_of(canvas).convert("L"), dtype=int)


def drawn(canvas: Locator) -> None:
    """Wait until there is more than one colour on the canvas."""
    until(lambda: canvas.evaluate(DRAWN), "the canvas stays blank")


def changed(canvas: Locator, before: str) -> None:
    """Wait until the canvas shows something else."""
    until(lambda: canvas.evaluate(CHANGED, before), "the picture does not change")


def shows(canvas: Locator, wanted: str, complaint: str) -> None:
    """Wait until the canvas shows what it showed when these were its pixels."""
    until(lambda: canvas.evaluate(SHOWS, wanted), complaint)


def alike(canvas: Locator, before: Image.Image) -> bool:
    """Whether the canvas shows what it showed, but for a pixel in a hundred: a link rounds coordinates."""
    now, then = (np.asarray(one, dtype=int) for one in (image_of(canvas), before))
    return now.shape == then.shape and float((now != then).any(axis=-1).mean()) < 0.01


def until(condition: Callable[[], bool], complaint: str) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, complaint
        time.sleep(0.02)


def box_of(place: Locator) -> FloatRect:
    """Where something lies, once it is there and stays: a rerun may just be putting it in anew."""
    seen = [place.bounding_box()]

    def stays() -> bool:
        seen.append(place.bounding_box())
        return seen[-1] is not None and seen[-1] == seen[-2]

    until(stays, "it does not stay in its place")
    assert seen[-1] is not None
    return seen[-1]


def settled(page: Page, query: str) -> None:
    """Wait until the URL's query matches the pattern."""
    page.wait_for_url(re.compile(query), timeout=20_000)


def at_rest(page: Page, timeout: float | None = None) -> None:
    """Wait until the script of the page has run, so that nothing moves away under the mouse."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=timeout)
