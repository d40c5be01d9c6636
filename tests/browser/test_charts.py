"""A chart is taken along as a picture, at three densities and as lines, with its caption."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image
from playwright.sync_api import Page, expect

MODELS = "mnist-conv-z10-b1,mnist-conv-z10-b4"


def saved(page: Page, kind: str) -> tuple[str, bytes]:
    chart = page.locator(".chart").first
    chart.get_by_role("button", name="Save picture").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=kind, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_chart_is_saved_with_its_caption(page: Page, app_url: str):
    page.goto(f"{app_url}/compare?models={MODELS}")
    expect(page.locator(".chart").first.locator(".scatterlayer .point").nth(2)).to_be_visible()
    plot = page.locator(".chart-plot").first.bounding_box()
    assert plot is not None
    sizes = {}
    for times in (1, 2, 4):
        name, content = saved(page, f"PNG {times}×")
        assert name.startswith("mnist-conv-z10-b1-mnist-conv-z10-b4")
        sizes[times] = Image.open(io.BytesIO(content)).size
    assert sizes[1] == (round(plot["width"]), round(plot["height"]) + 30)
    assert sizes[2] == tuple(2 * side for side in sizes[1])
    assert sizes[4] == tuple(4 * side for side in sizes[1])
    name, content = saved(page, "SVG")
    assert name.endswith(".svg")
    words = "".join(ElementTree.fromstring(content).itertext())
    for said in ("rate (nats per image)", "β = 4"):
        assert said in words
    caption = r"MNIST, 10,000 test images · beside \d+ more models · evaluation seed 0 · VAE Explorer"
    assert re.search(caption, words)


def test_words_beside_a_chart_are_marked_as_explained(page: Page, app_url: str):
    page.goto(f"{app_url}/compare?models={MODELS}")
    expect(page.locator(".chart .axis-title .term").first).to_have_css("border-bottom-style", "dotted")
