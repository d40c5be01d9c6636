"""A sweep from one click to the comparison, followed; the expected time does not disturb typing."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.browser.eyes import settled

LONG = 120_000
FORM = '{"preset":"mlp-small-z2","epochs":1,"batch_size":1437}'


def test_a_sweep_is_started_followed_and_compared(page: Page, app_url: str):
    page.goto(f"{app_url}/train?{urlencode({'form': FORM})}")
    page.get_by_text("β sweep", exact=True).click()
    typed = page.get_by_label("β values", exact=True)
    typed.fill("1, 4 and")
    expect(page.get_by_text("measured:")).to_be_visible(timeout=LONG)
    expect(typed).to_have_value("1, 4 and")
    typed.fill("1, 4")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 runs, about")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Stop all")).to_be_visible()
    expect(page.get_by_text("β 4 · seed 0", exact=True)).to_be_visible()
    compare = page.get_by_role("button", name="Open the comparison")
    expect(compare).to_be_enabled(timeout=LONG)
    expect(page.get_by_text(re.compile(r"nll [\d.]+ nats"))).to_have_count(2)
    expect(page.get_by_test_id("stImage")).to_have_count(2)
    compare.click()
    settled(page, r"/compare\?models=digits-mlp-small-z2-b1-s0%2Cdigits-mlp-small-z2-b4-s0$")
    expect(page.locator(".figures").get_by_text("nll (nats)")).to_have_count(2)
    page.get_by_role("link", name="Train").click()
    page.get_by_role("button", name="Delete sweep").click()
    page.get_by_role("button", name="Delete it with its runs").click()
    expect(page.get_by_text("No run yet")).to_be_visible()
