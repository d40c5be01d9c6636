"""A run from Start to its end by hand, on a machine with the digits alone; the page is never in the hand's way."""

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.eyes import at_rest, settled

SAID = ("Both units are awake, ", "and 4 lies by 9.")


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


def test_a_run_is_started_followed_noted_stopped_taken_along_renamed_and_deleted(
    page: Page, app_url: str, tmp_path: Path
):
    page.goto(f"{app_url}/train")
    choose(page, "Preset", "mlp-small-z2")
    enter(page, "Epochs", "100000")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("digits-mlp-small-z2-b1-s0 · Training")).to_be_visible()
    settled(page, r"[?&]run=digits-mlp-small-z2-b1-s0")
    progress = page.get_by_text(re.compile(r"epoch [1-9][\d,]* of 100,000 · [\d,]+ images/s · .* left"))
    expect(progress).to_be_visible(timeout=60_000)
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", re.compile(r"\d"))
    more(page)
    field = page.get_by_label("Note", exact=True)
    for words in SAID:
        before = progress.inner_text()
        field.press_sequentially(words)
        expect(progress).not_to_have_text(before)  # the card is drawn anew while the note is typed
    expect(field).to_have_value("".join(SAID))
    page.get_by_role("button", name="Save note").click()
    closed(page)
    card = page.get_by_test_id("stCaptionContainer").filter(has_text="".join(SAID))
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
