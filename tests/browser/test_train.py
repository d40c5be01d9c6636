"""A run from Start to the map, on a machine with the digits alone; the page is never in the hand's way."""

import re

from playwright.sync_api import Page, expect

from tests.browser.eyes import drawn, settled

ROW = 35
"""Pixels of a row of the table, and of its head."""


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
    enter(page, "Epochs", "100")
    page.get_by_role("button", name="Start").click()
    card = page.get_by_text("digits-mlp-small-z2-b1-s0 · ")
    expect(card).to_contain_text("Training")
    expect(page.get_by_text(re.compile(r"epoch [1-9]\d* of 100 · [\d,]+ images/s · .* left"))).to_be_visible()
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", re.compile("[1-9]"))
    settled(page, r"[?&]run=digits-mlp-small-z2-b1-s0")
    other = page.context.new_page()
    other.goto(f"{app_url}/train")
    expect(other.get_by_text("digits-mlp-small-z2-b1-s0 · Training")).to_be_visible()
    other.close()
    page.get_by_text("Finished").wait_for(timeout=60_000)
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(4)
    page.get_by_role("button", name="Open in Explore").click()
    settled(page, r"[?&]model=digits-mlp-small-z2-b1-s0")
    drawn(page.locator("canvas").first)
    page.get_by_role("link", name="Train").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("No run yet")).to_be_visible()


def test_two_rows_of_the_table_are_compared(page: Page, app_url: str):
    page.goto(f"{app_url}/train")
    compare = page.get_by_role("button", name="Compare", exact=True)
    expect(compare).to_be_disabled()
    drawn(page.get_by_test_id("data-grid-canvas"))
    expect(page.get_by_text("parameters ·")).to_be_visible()
    page.get_by_test_id("stDataFrame").scroll_into_view_if_needed()
    for row in (2, 3):
        box = page.get_by_test_id("stDataFrame").bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 16, box["y"] + ROW * (row + 1.5))
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_text("2 models selected.")).to_be_visible()
    compare.click()
    settled(page, r"/compare\?models=mnist-conv-z10-b1%2Cmnist-conv-z10-b4$")
    expect(page.get_by_text("nll (nats)")).to_have_count(2)
