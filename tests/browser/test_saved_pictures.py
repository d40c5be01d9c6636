"""Pictures to take along: each format, with what is on screen, and a caption."""

import re
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.eyes import drawn
from tests.browser.test_kinds import choose
from vae_explorer import checkpoints, coding, images
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents import traversals

SVG = "{http://www.w3.org/2000/svg}"
CONV = "mnist-conv-z10-b1"


@pytest.fixture
def saved(page: Page, tmp_path: Path) -> Callable[..., Path]:
    def received(choice: str, button: str = "Save picture") -> Path:
        page.get_by_role("button", name=button, exact=True).first.click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=choice, exact=True).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    return received


def png_size(path: Path) -> tuple[int, int]:
    return struct.unpack(">II", path.read_bytes()[16:24])


def words(path: Path) -> list[str]:
    """Every line of text of an SVG."""
    return [node.text or "" for node in ElementTree.parse(path).iter(f"{SVG}text")]


def checkpoint_of(model: str) -> checkpoints.Checkpoint:
    return checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / model)


def decoded(model: str, codes: np.ndarray) -> np.ndarray:
    """The pictures [M, C, H, W] of codes, uint8."""
    return images.to_uint8(coding.decode(catalogue.MODELS.get(checkpoint_of(model)), codes))


def part(path: Path, left: int, top: int, width: int, height: int) -> np.ndarray:
    """The grey levels of a part of a PNG."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("L"), dtype=int)[top : top + height, left : left + width]


def test_the_map_at_three_densities_and_as_svg(page: Page, app_url: str, saved):
    opened_map(page, f"{app_url}/?model=digits-mlp-z2&plane=umap", ".map-points")
    width, height = png_size(saved("PNG 1×"))
    assert png_size(saved("PNG 2×")) == (2 * width, 2 * height)
    assert png_size(saved("PNG 4×")) == (4 * width, 4 * height)
    page.locator('.map-chip[data-class="8"]').click()
    document = saved("SVG")
    assert nodes(document, "text", font_weight="700") == 2 * 9, "each name with its halo"
    told = words(document)
    assert "9" in told
    assert "8" not in told
    told = " ".join(told)
    assert "digits-mlp-z2 · Digits, 360 test images · UMAP, seed 0 · evaluation seed 0 · VAE Explorer" in told


def opened_map(page: Page, address: str, layer: str) -> None:
    """The map of this address, once the layer has something on it."""
    page.goto(address)
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(page.locator(layer))


def nodes(path: Path, kind: str, **attributes: str) -> int:
    """How many elements of a kind an SVG has, with attributes that begin so."""
    found = ElementTree.parse(path).iter(f"{SVG}{kind}")
    return sum(
        all(node.get(name.replace("_", "-"), "").startswith(value) for name, value in attributes.items())
        for node in found
    )


def test_a_saved_map_has_what_is_on_screen(page: Page, app_url: str, saved):
    base = f"{app_url}/?model=digits-mlp-z2&thumbnails=off"
    opened_map(page, f"{base}&lattice=0.6&contours=on&point=7&view=-2,0.8,0.5", ".map-lattice")
    expect(page.get_by_text("Image 7, class 2")).to_be_visible()
    document = saved("SVG")
    assert nodes(document, "image", opacity="0.6") == nodes(document, "clipPath") == 1
    assert nodes(document, "path", stroke_linejoin="bevel") > 0
    assert nodes(document, "path", stroke_dasharray="5 4") == 1, "neighbours of the chosen image"
    assert {"1σ", "2σ"} < set(words(document)), "its posterior"


def test_a_saved_map_has_nothing_that_is_not_on_screen(page: Page, app_url: str, saved):
    opened_map(page, f"{app_url}/?model=digits-mlp-z2&thumbnails=off&names=off", ".map-points")
    bare = saved("SVG")
    contours, names = nodes(bare, "path", stroke_linejoin="bevel"), nodes(bare, "text", font_weight="700")
    assert nodes(bare, "image") == contours == names == nodes(bare, "path", stroke_dasharray="5 4") == 0
    choose(page, "Colour by", "nll (nats)")
    expect(page.locator(".map-legend")).to_have_attribute("data-colour", "value")
    ends = [page.locator(f".map-bar-{end}") for end in ("low", "high")]
    for end in ends:
        expect(end).not_to_be_empty()
    shown = [end.inner_text() for end in ends]
    ramp = saved("SVG")
    assert {"nll (nats)", *shown} < set(words(ramp))
    assert "Class" not in words(ramp)
    assert nodes(ramp, "rect", height="12") == 64


def test_a_saved_map_has_thumbnails_and_says_what_they_are(page: Page, app_url: str, saved):
    opened_map(page, f"{app_url}/?model=mnist-mlp-z2&view=1,0.5,0.4", ".map-over")
    expect(page.locator(".map-stand-in")).to_be_visible()
    document = saved("SVG")
    assert nodes(document, "image", href="data:image/png") > 3
    assert "Reconstructions: the data set is not on this machine." in words(document)


def test_the_grid_with_its_axes(page: Page, app_url: str, saved):
    page.goto(f"{app_url}/traversals?model=mnist-mlp-z2&steps=5")
    drawn(page.locator(".grid canvas").first)
    picture = saved("PNG 1×", "Save the grid")
    assert picture.name == "mnist-mlp-z2-grid-of-unit-0-and-unit-1.png"
    grid = decoded("mnist-mlp-z2", traversals.prior_grid(5, 2.5, spacing="linear").reshape(-1, 2))
    expected = images.enlarge(images.mosaic(grid, 5), 6)[..., 0].astype(int)
    assert np.abs(part(picture, 76, 24, 840, 840) - expected).max() <= 1
    width, height = png_size(picture)
    assert png_size(saved("PNG 2×", "Save the grid")) == (2 * width, 2 * height)
    told = words(saved("SVG", "Save the grid"))
    assert {"−2.5", "0", "2.5"} < set(told)
    measured = catalogue.EVALUATIONS.get(checkpoint_of("mnist-mlp-z2")).kl_per_dim
    assert measured is not None
    assert {f"z of unit {unit} · {kl:.2f} nats" for unit, kl in enumerate(measured)} < set(told)
    assert "mnist-mlp-z2 · MNIST, 10,000 test images · evaluation seed 0 · VAE Explorer" in told


def test_the_strips_of_all_units_those_out_of_sight_too(page: Page, app_url: str, saved):
    page.goto(f"{app_url}/traversals?model={CONV}")
    drawn(page.locator("li.unit .strip canvas").first)
    width, height = png_size(saved("PNG 1×", "Save the strips"))
    assert png_size(saved("PNG 2×", "Save the strips")) == (2 * width, 2 * height)
    assert width > 9 * 96
    document = saved("SVG", "Save the strips")
    assert len(list(ElementTree.parse(document).iter(f"{SVG}image"))) == 10
    told = words(document)
    assert {f"unit {unit}" for unit in range(10)} < set(told)
    assert told.count("−2.50") == told.count("2.50") == 10
    said = " ".join(told)
    assert "Other units are held at the pin: z = (0.00, 0.00" in said
    assert f"{CONV} · MNIST, 10,000 test images · evaluation seed 0 · VAE Explorer" in said


def test_the_film_strip_with_t_beneath_each_frame(page: Page, app_url: str, saved):
    page.goto(f"{app_url}/interpolate?model={CONV}&a=3&b=8&frames=10&path=lerp")
    drawn(page.locator(".film canvas").first)
    strip = saved("PNG 1×", "Save the strip")
    assert strip.name == f"{CONV}-3-8-lerp.png"
    latents = checkpoints.read_latents(checkpoint_of(CONV))
    frames = decoded(CONV, traversals.interpolate(latents.mu[3], latents.mu[8], 10, "lerp"))
    large = [images.enlarge(frame.transpose(1, 2, 0), 4)[..., 0].astype(int) for frame in frames]
    for column in (0, 4):
        assert np.abs(part(strip, 16 + 116 * column, 16, 112, 112) - large[column]).max() <= 1
    width, height = png_size(strip)
    assert width == 2 * 16 + 5 * 112 + 4 * 4
    assert png_size(saved("PNG 2×", "Save the strip")) == (2 * width, 2 * height)
    told = words(saved("SVG", "Save the strip"))
    assert {"A, t = 0.00", "t = 0.11", "B, t = 1.00"} < set(told)
    ends = [f"mu of image {index} ({latents.label[index]})" for index in (3, 8)]
    said = f"{CONV} · MNIST, 10,000 test images · lerp from {ends[0]} to {ends[1]} · evaluation seed 0 · VAE Explorer"
    assert said in " ".join(told)


def test_the_comparison_whole_and_a_chart_of_it(page: Page, app_url: str, saved):
    button = "Save the comparison"
    page.goto(f"{app_url}/compare?models={CONV},mnist-conv-z10-b4&hidden=1")
    expect(page.locator(".column")).to_have_count(2)
    picture = saved("PNG 1×", button)
    assert picture.name == f"comparison-{CONV}-mnist-conv-z10-b4.png"
    width, height = png_size(picture)
    assert png_size(saved("PNG 2×", button)) == (2 * width, 2 * height)
    document = saved("SVG", button)
    told = words(document)
    figures = page.locator(".figures dd").all_inner_texts()
    assert {"β = 1", "β = 4", *figures} < set(told)
    assert told.count("Reconstructions (z = mu)") == told.count("Samples from the prior, same eps") == 2
    assert nodes(document, "image", href="data:image/png") == 4
    assert nodes(document, "clipPath") == 2
    assert "0" in told
    legend = told[told.index("Class") :]
    assert "2" in legend
    assert "1" not in legend
    said = " ".join(told)
    assert "MNIST itself is not on this machine." in said
    assert f"{CONV}, mnist-conv-z10-b4 · MNIST, 10,000 test images · seed of eps 0 · evaluation seed 0" in said
    _a_chart_has_its_caption(page, saved)


def _a_chart_has_its_caption(page: Page, saved: Callable[..., Path]) -> None:
    expect(page.locator(".chart").first.locator(".scatterlayer .point").nth(2)).to_be_visible()
    plot = page.locator(".chart-plot").first.bounding_box()
    assert plot is not None
    pictures = {times: saved(f"PNG {times}×") for times in (1, 2, 4)}
    assert pictures[1].name.startswith(f"{CONV}-mnist-conv-z10-b4")
    side = round(plot["width"]), round(plot["height"]) + 30
    assert {times: png_size(path) for times, path in pictures.items()} == {
        n: (n * side[0], n * side[1]) for n in (1, 2, 4)
    }
    document = saved("SVG")
    told = "".join(ElementTree.parse(document).getroot().itertext())
    for word in ("rate (nats per image)", "β = 4"):
        assert word in told
    caption = r"MNIST, 10,000 test images · beside \d+ more models · evaluation seed 0 · VAE Explorer"
    assert re.search(caption, told)
