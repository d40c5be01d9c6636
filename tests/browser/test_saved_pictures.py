"""Pictures to take along: each format, with legend and caption."""

import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.eyes import drawn


@pytest.fixture
def saved(page: Page, tmp_path: Path) -> Callable[[str], Path]:
    def received(choice: str) -> Path:
        page.get_by_role("button", name="Save picture").first.click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=choice, exact=True).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    return received


def png_size(path: Path) -> tuple[int, int]:
    return struct.unpack(">II", path.read_bytes()[16:24])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_map_at_three_densities_and_as_svg(page: Page, app_url: str, saved, theme):
    page.emulate_media(color_scheme=theme)
    page.goto(f"{app_url}/?model=digits-mlp-z2&plane=umap")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(page.locator(".map-points"))
    width, height = png_size(saved("PNG 1×"))
    assert png_size(saved("PNG 2×")) == (2 * width, 2 * height)
    assert png_size(saved("PNG 4×")) == (4 * width, 4 * height)
    page.locator('.map-chip[data-class="8"]').click()
    words = [node.text or "" for node in ElementTree.parse(saved("SVG")).iter("{http://www.w3.org/2000/svg}text")]
    assert "9" in words
    assert "8" not in words
    told = " ".join(words)
    assert "digits-mlp-z2 · Digits, 360 test images · UMAP, seed 0 · evaluation seed 0 · VAE Explorer" in told
