"""What tests see: pixels of a canvas, and waiting until they are as they should be."""

import base64
import io
import re
import time
from collections.abc import Callable

import numpy as np
from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page, expect


def pixels(canvas: Locator) -> str:
    """The canvas's content as a text that changes when a pixel does."""
    return canvas.evaluate("canvas => canvas.toDataURL()")


def drawn(canvas: Locator) -> None:
    """Wait until there is more than one colour on the canvas."""
    script = """canvas => {
      if (!canvas.width || !canvas.height) return false;
      const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const words = new Uint32Array(image.data.buffer);
      return words.some((word) => word !== words[0]);
    }"""
    until(lambda: canvas.evaluate(script), "the canvas stays blank")


def changed(canvas: Locator, before: str) -> None:
    """Wait until the canvas shows something else."""
    until(lambda: pixels(canvas) != before, "the picture does not change")


def alike(canvas: Locator, before: str) -> bool:
    """Whether the canvas shows what it showed, but for a pixel in a hundred: a link rounds coordinates."""
    now, then = (np.asarray(_picture(text), dtype=int) for text in (pixels(canvas), before))
    return now.shape == then.shape and float((now != then).any(axis=-1).mean()) < 0.01


def _picture(text: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(text.split(",", 1)[1]))).convert("RGBA")


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
