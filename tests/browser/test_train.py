"""A run from Start to the map, on a machine with the digits alone; the page is never in the hand's way."""

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.eyes import at_rest, drawn, settled

SAID = "Both units are awake, and 4 lies by 9."


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(label))
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    at_rest(page)


def enter(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.keyboard.press("Enter")
    at_rest(page)


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
    page.get_by_test_id("stPopover").get_by_role("button", name="More", exact=True).first.click()
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
