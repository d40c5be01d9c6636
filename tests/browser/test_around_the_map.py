"""Around the map: what is selected on it, the neighbours of an image, clusters as colours, and files."""

import csv
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import at_rest, box_of, changed, drawn, pixels, settled
from tests.browser.test_kinds import choose
from vae_explorer.checkpoints import open_checkpoint, read_latents
from vae_explorer.checkpoints.catalogue import HOME

DIGITS = "digits-mlp-z2"


def opened(page: Page, url: str) -> Locator:
    """The map's points, once they are drawn."""
    page.goto(url)
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    points = page.locator(".map-points")
    drawn(points)
    at_rest(page)
    return points


def selected(page: Page) -> int:
    """How many images the map says are selected."""
    card = page.locator(".map-card-selection")
    expect(card).to_contain_text("images selected")
    return int(card.inner_text().split()[0].replace(",", ""))


def draw_box(page: Page) -> None:
    area = box_of(page.locator(".map-canvas"))
    places = [(area["x"] + share * area["width"], area["y"] + share * area["height"]) for share in (0.38, 0.61)]
    page.keyboard.down("Shift")
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    settled(page, "area=")


def test_the_page_shows_the_images_that_the_map_selects_and_their_file(page: Page, app_url: str, tmp_path: Path):
    opened(page, f"{app_url}/?model={DIGITS}")
    draw_box(page)
    count = selected(page)
    heading = page.get_by_role("heading", name=f"Selection: {count} images")
    expect(heading).to_be_visible()
    for index in range(3):
        drawn(page.locator("figure.mosaic canvas").nth(index))
    with page.expect_download() as coming:
        page.get_by_role("button", name="CSV").click()
    coming.value.save_as(tmp_path / "selection.csv")
    rows = list(csv.DictReader((tmp_path / "selection.csv").read_text(encoding="utf-8").splitlines()))
    latents = read_latents(open_checkpoint(HOME / "pretrained" / DIGITS))
    assert len(rows) == count
    assert all(latents.label[int(row["index"])] == int(row["label"]) for row in rows)

    page.set_viewport_size({"width": 400, "height": 800})
    opened(page, f"{page.url}&point=42")
    assert selected(page) == count
    expect(heading).to_be_visible()
    expect(page.locator(".labels li")).to_have_count(10)
    row = page.locator("figure.mosaic").last
    assert row.evaluate("figure => figure.scrollWidth > figure.clientWidth"), "a narrow screen scrolls the neighbours"
    assert row.locator("li").first.evaluate("label => label.getBoundingClientRect().width") >= 60
    pictures = page.locator("figure.mosaic canvas").first
    assert pictures.evaluate("canvas => canvas.getBoundingClientRect().height") > 60


def test_clusters_colour_the_points_and_are_hidden_one_by_one_and_neighbours_are_named(page: Page, app_url: str):
    points = opened(page, f"{app_url}/?model={DIGITS}&point=42")
    before = pixels(points)
    choose(page, "Colour by", "k-means")
    changed(points, before)
    settled(page, "colour=kmeans-10")
    chip = page.locator(".map-chip").first
    expect(chip).to_have_attribute("title", re.compile("^Cluster A, "))
    before = pixels(points)
    chip.click()
    changed(points, before)
    settled(page, "hidden=0")

    labels, pictures = page.locator(".labels li"), page.locator("figure.mosaic canvas")
    expect(labels).to_have_count(10)
    drawn(pictures)
    expect(labels.first).to_have_text(re.compile(r"image \d+class \d[\d.]+$"))
    before = pixels(pictures)
    page.get_by_role("combobox", name="Measure").scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # an open list closes when the page still scrolls
    choose(page, "Measure", "Symmetric KL")
    expect(labels.first).to_contain_text("nats")
    settled(page, "measure=kl")
    changed(pictures, before)


def test_stand_ins_are_said_to_be_reconstructions(page: Page, app_url: str):
    opened(page, f"{app_url}/?model=mnist-mlp-z2&point=42&area=-0.5,-0.5,0.5,-0.5,0.5,0.5")
    drawn(page.locator("figure.mosaic canvas").first)
    expect(page.locator("figure.mosaic figcaption").first).to_contain_text("MNIST itself is not on this machine.")
    expect(page.locator("figure.mosaic figcaption").last).to_contain_text("reconstructions")
