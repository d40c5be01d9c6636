"""A run from Start to the map, on a machine with the digits alone; the page is never in the hand's way."""

import re
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.eyes import box_of, drawn, settled

ROW = 35
"""Pixels of a row of the table, and of its head."""

SAID = "Both units are awake, and 4 lies by 9."


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(label))
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def enter(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_a_run_is_started_followed_finished_and_opened_in_explore(page: Page, app_url: str):
    page.goto(f"{app_url}/train")
    choose(page, "Preset", "mlp-small-z2")
    enter(page, "Epochs", "60")
    page.get_by_role("button", name="Start").click()
    card = page.get_by_text("digits-mlp-small-z2-b1-s0 · ")
    expect(card).to_contain_text("Training")
    expect(page.get_by_text(re.compile(r"epoch [1-9]\d* of 60 · [\d,]+ images/s · .* left"))).to_be_visible()
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", re.compile("[1-9]"))
    settled(page, r"[?&]run=digits-mlp-small-z2-b1-s0")
    other = page.context.new_page()
    other.goto(f"{app_url}/train")
    expect(other.get_by_text("digits-mlp-small-z2-b1-s0 · Training")).to_be_visible()
    other.close()
    page.get_by_text("digits-mlp-small-z2-b1-s0 · Finished").wait_for(timeout=60_000)
    expect(page.locator(".js-plotly-plot")).to_have_count(4)
    page.get_by_role("button", name="Open in Explore").click()
    settled(page, r"[?&]model=digits-mlp-small-z2-b1-s0")
    drawn(page.locator("canvas").first)
    page.get_by_role("link", name="Train").click()
    delete(page)
    expect(page.get_by_text("No run yet")).to_be_visible()


def delete(page: Page) -> None:
    """Let go of the run that is watched."""
    more(page)
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete for good").click()


def more(page: Page) -> None:
    """Open what else can be done with the run that is watched."""
    page.get_by_test_id("stPopover").first.get_by_role("button").click()
    expect(page.get_by_label("Note", exact=True)).to_be_visible()


def closed(page: Page) -> None:
    """What was opened closes when something was done."""
    expect(page.get_by_label("Note", exact=True)).to_be_hidden()


def test_a_note_is_written_while_the_page_looks_at_the_run_again_and_again(page: Page, app_url: str, tmp_path: Path):
    page.goto(f"{app_url}/train")
    choose(page, "Preset", "mlp-small-z2")
    enter(page, "Epochs", "100000")
    page.get_by_role("button", name="Start").click()
    progress = page.get_by_text(re.compile(r"epoch [1-9][\d,]* of 100,000"))
    expect(progress).to_be_visible(timeout=60_000)
    more(page)
    field, seen = page.get_by_label("Note", exact=True), set[str]()
    for word in SAID.split(" "):
        field.press_sequentially(f" {word}" if seen else word, delay=100)
        seen.add(progress.inner_text())
    assert len(seen) >= 3, "the card was drawn anew while the note was typed"
    expect(field).to_have_value(SAID)
    page.get_by_role("button", name="Save note").click()
    closed(page)
    card = page.get_by_test_id("stCaptionContainer").filter(has_text=SAID)
    expect(card).to_be_visible()
    more(page)
    name = page.get_by_label("Name", exact=True).last
    name.fill("another-name")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_text("is at work; stop it first")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("digits-mlp-small-z2-b1-s0 · Stopped")).to_be_visible()
    more(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download zip").click()
    coming.value.save_as(tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as archive:
        assert archive.testzip() is None
        assert "digits-mlp-small-z2-b1-s0/training.safetensors" in archive.namelist()
    name.fill("another-name")
    page.get_by_role("button", name="Rename").click()
    closed(page)
    expect(page.get_by_text("another-name · Stopped")).to_be_visible()
    settled(page, r"[?&]run=another-name")
    expect(card).to_be_visible()
    more(page)
    page.get_by_role("button", name="Duplicate").click()
    closed(page)
    expect(page.get_by_label("Epochs", exact=True)).to_have_value("100000")
    delete(page)
    expect(page.get_by_text("No run yet")).to_be_visible()


def test_two_rows_of_the_table_are_compared(page: Page, app_url: str):
    page.goto(f"{app_url}/train")
    compare = page.get_by_role("button", name="Compare", exact=True)
    expect(compare).to_be_disabled()
    drawn(page.get_by_test_id("data-grid-canvas"))
    expect(page.get_by_text("parameters ·")).to_be_visible()
    page.get_by_test_id("stDataFrame").evaluate("table => table.scrollIntoView({ block: 'nearest' })")
    for row in (2, 3):
        click_row(page, row)
    expect(page.get_by_text("2 models selected.")).to_be_visible()
    compare.click()
    settled(page, r"/compare\?models=mnist-conv-64-b0\.5-s0%2Cmnist-conv-64-b1-s0$")
    expect(page.locator(".figures").get_by_text("nll (nats)")).to_have_count(2)


def click_row(page: Page, row: int, x: int = 16) -> None:
    """Choose a row of the table, or let go of it; the head is row -1."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    drawn(page.get_by_test_id("data-grid-canvas"))
    page.get_by_test_id("stDataFrame").evaluate("table => table.scrollIntoView({ block: 'nearest' })")
    box = box_of(page.get_by_test_id("stDataFrame"))
    page.mouse.click(box["x"] + x, box["y"] + ROW * (row + 1.5))
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_a_choice_is_of_models_whatever_is_filtered_and_sorted(page: Page, app_url: str, tmp_path: Path):
    page.goto(f"{app_url}/train")
    drawn(page.get_by_test_id("data-grid-canvas"))
    expect(page.get_by_text("parameters ·")).to_be_visible()
    click_row(page, 3)
    expect(page.get_by_text("1 model selected.")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download zip").click()
    assert coming.value.suggested_filename == "mnist-conv-64-b1-s0.zip"
    coming.value.save_as(tmp_path / "model.zip")
    with zipfile.ZipFile(tmp_path / "model.zip") as archive:
        assert "mnist-conv-64-b1-s0/weights.safetensors" in archive.namelist()
    enter(page, "Filter", "shipped MNIST")
    expect(page.get_by_text("1 model selected.")).to_be_visible()
    click_row(page, -1, 80)  # sorted by name: the MLP, which leads the list, comes last
    click_row(page, 2)
    expect(page.get_by_text("2 models selected.")).to_be_visible()
    page.get_by_role("button", name="Compare", exact=True).click()
    settled(page, r"/compare\?models=")
    named = {"mnist-conv-64-b1-s0", "mnist-conv-64-b16-s0"}
    assert set(parse_qs(urlsplit(page.url).query)["models"][0].split(",")) == named
