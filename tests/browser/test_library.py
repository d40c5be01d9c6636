"""Library under a real hand: pictures are dropped, seen and kept; rows of the table are chosen."""

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import torch
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.eyes import at_rest, box_of, drawn, settled
from tests.pictures.made import pets, zipped
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue
from vae_explorer.exports.state_dict import state_dict

ROW = 35
"""Pixels of a row of the table, and of its head."""


def test_dropped_pictures_are_previewed_and_become_a_data_set(page: Page, app_url: str):
    page.goto(f"{app_url}/library")
    chooser = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    chooser.set_input_files(FilePayload(name="pets.zip", mimeType="application/zip", buffer=zipped(pets()).getvalue()))
    expect(page.get_by_text("24 pictures as they would be kept")).to_be_visible()
    preview = page.get_by_test_id("stImage").locator("img")
    expect(preview).to_be_visible()
    before = preview.get_attribute("src")
    page.get_by_text("Grey", exact=True).click()
    expect(preview).not_to_have_attribute("src", before or "")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("24 pictures kept as the data set pets.")).to_be_visible()
    expect(page).to_have_url(re.compile("/library"))


def without_note(weights: bytes) -> bytes:
    """As another would have saved them: the settings are no part of it."""
    bare = BytesIO()
    torch.save(dict(torch.load(BytesIO(weights), weights_only=True)), bare)
    return bare.getvalue()


def test_dropped_weights_are_asked_about_and_become_a_model(page: Page, app_url: str, app_runs: Path):
    page.goto(f"{app_url}/library")
    shipped = checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / "digits-mlp-z2")
    measured = checkpoints.read_measurements(shipped).evaluation
    assert measured is not None
    dropped = FilePayload(name="vae.pth", mimeType="application/octet-stream", buffer=without_note(state_dict(shipped)))
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(dropped)
    page.get_by_label("Trained on").click()
    page.get_by_role("option", name="Digits").click()
    page.get_by_role("button", name="Open as a model").click()
    page.get_by_role("button", name="Second head: log-variance").click()
    settled(page, r"model=digits-vae")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    expect(page.get_by_text(f"360 test images of Digits · nll {measured.nll:.2f}")).to_be_visible()
    shutil.rmtree(app_runs / "digits-vae")


def filter_rows(page: Page, words: str, rows: int) -> None:
    """Type into the filter, and wait until the table has so many rows."""
    page.get_by_label("Filter", exact=True).fill(words)
    page.keyboard.press("Enter")
    table = page.get_by_test_id("stDataFrame").first.locator("table[role=grid]")
    expect(table).to_have_attribute("aria-rowcount", str(rows + 1))
    at_rest(page)


def click_row(page: Page, row: int, x: int = 16) -> None:
    """Choose a row of the table, or let go of it; the head is row -1."""
    at_rest(page)
    drawn(page.get_by_test_id("data-grid-canvas").first)
    page.get_by_test_id("stDataFrame").first.evaluate("table => table.scrollIntoView({ block: 'nearest' })")
    box = box_of(page.get_by_test_id("stDataFrame").first)
    page.mouse.click(box["x"] + x, box["y"] + ROW * (row + 1.5))
    at_rest(page)


def test_a_choice_is_of_models_whatever_is_filtered_and_sorted_and_compared(page: Page, app_url: str, tmp_path: Path):
    page.goto(f"{app_url}/library")
    compare = page.get_by_role("button", name="Compare", exact=True)
    expect(compare).to_be_disabled()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(2)
    drawn(page.get_by_test_id("data-grid-canvas").first)
    click_row(page, 3)
    expect(page.get_by_text("1 model selected.")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download zip").click()
    assert coming.value.suggested_filename == "mnist-conv-64-b1-s0.zip"
    coming.value.save_as(tmp_path / "model.zip")
    with zipfile.ZipFile(tmp_path / "model.zip") as archive:
        assert "mnist-conv-64-b1-s0/weights.safetensors" in archive.namelist()
    filter_rows(page, "shipped MNIST", 18)
    expect(page.get_by_text("1 model selected.")).to_be_visible()
    click_row(page, -1, 80)  # sorted by name: the MLP, which leads the list, comes last
    click_row(page, 2)
    expect(page.get_by_text("2 models selected.")).to_be_visible()
    compare.click()
    settled(page, r"/compare\?models=")
    named = {"mnist-conv-64-b1-s0", "mnist-conv-64-b16-s0"}
    assert set(parse_qs(urlsplit(page.url).query)["models"][0].split(",")) == named
    expect(page.locator(".figures").get_by_text("nll (nats)")).to_have_count(2)
