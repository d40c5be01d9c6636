"""A run on the digits is watched in a real browser: live, back in time, changed, left and found again, filmed."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import box_of, changed, drawn, pixels, settled, until
from tests.browser.test_train import choose, enter
from tests.browser.test_train import delete as delete_run
from tests.journal.test_gif import frames

NAME = "digits-mlp-small-z2-b1-s0"
EVERY_FRAME = """(slider) => {
  window.seen = [];
  const look = () => window.seen.push(slider.value) < 60 && requestAnimationFrame(look);
  look();
}"""
CHARTS = ".js-plotly-plot"
BLANK_FRAMES = """(charts) => {
  window.blank = 0;
  const look = () => {
    window.blank += charts.filter((chart) => !chart.isConnected || !chart.querySelector(".js-line")).length;
    requestAnimationFrame(look);
  };
  look();
}"""
EPOCHS = 600
"""About a minute."""
FINISHED = 100
"""Epochs of a run that is over: of fewer, a fast machine keeps two snapshots, of which there is no UMAP over time."""


@pytest.fixture
def watched(page: Page, app_url: str) -> Iterator[Page]:
    """The Train page with a run at work that has a first map."""
    page.goto(f"{app_url}/train")
    choose(page, "Preset", "mlp-small-z2")
    enter(page, "Epochs", str(EPOCHS))
    page.get_by_role("button", name="Start").click()
    ready(page)
    yield page
    delete(page)


def ready(page: Page) -> None:
    page.locator(".journal[data-state=ready]").wait_for(timeout=60_000)
    drawn(page.locator(".journal-points"))


def trained(page: Page, app_url: str) -> None:
    """The page with a finished run: trained by the first test that asks for one, deleted by the last."""
    page.goto(f"{app_url}/train")
    expect(page.get_by_text(re.compile("Finished|No run yet")).first).to_be_visible()
    if page.get_by_text("No run yet").is_visible():
        choose(page, "Preset", "mlp-small-z2")
        enter(page, "Epochs", str(FINISHED))
        page.get_by_role("button", name="Start").click()
        page.get_by_text(f"{NAME} · Finished").wait_for(timeout=120_000)
    ready(page)


def delete(page: Page) -> None:
    stop = page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop", exact=True)
    if stop.is_visible():
        stop.click()
    expect(page.get_by_text(re.compile(f"{NAME} · (Stopped|Finished)"))).to_be_visible()
    delete_run(page)
    expect(page.get_by_text("No run yet")).to_be_visible()


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Snapshot")


def snapshots(page: Page) -> int:
    return 1 + int(slider(page).get_attribute("max") or 0)


def at_the_end(page: Page) -> bool:
    return float(slider(page).input_value()) == snapshots(page) - 1


def more_than(page: Page, count: int) -> None:
    """Wait for another snapshot; on a busy machine they are rare, for they may take little of the training's time."""
    expect(slider(page)).not_to_have_attribute("max", str(count - 1), timeout=90_000)


def seen(page: Page) -> dict[str, str]:
    """Everything that follows the scrubber, each as a text that changes with it."""
    pictures = page.locator(".journal-gallery canvas")
    bars = [bar.get_attribute("style") or "" for bar in page.locator(".journal-fill").all()]
    return {
        "map": pixels(page.locator(".journal-points")),
        "reconstructions": pixels(pictures.first),
        "walks": pixels(pictures.last),
        "bars": " ".join(bars),
        "caption": page.locator(".journal-caption").inner_text(),
    }


def drag(page: Page, share: float) -> None:
    """Take the scrubber's thumb and hold it so far along the track."""
    box = box_of(slider(page))
    x, y = box["x"] + 8, box["y"] + box["height"] / 2
    length = box["width"] - 16
    page.mouse.move(x + length * float(slider(page).input_value()) / max(1, snapshots(page) - 1), y)
    page.mouse.down()
    page.mouse.move(x + length * share, y, steps=8)


def test_a_run_is_watched_and_time_goes_back(watched: Page):
    live = watched.get_by_role("button", name="Live")
    expect(live).to_have_attribute("aria-pressed", "true")
    before = pixels(watched.locator(".journal-points"))
    more_than(watched, snapshots(watched))
    changed(watched.locator(".journal-points"), before)
    until(lambda: at_the_end(watched), "the map does not follow the run")
    expect(watched.locator(".journal-caption")).to_contain_text(
        re.compile(
            r"step [\d,]+ · epoch [\d.]+ of 600 · .*nll [\d.]+ \+ rate [\d.]+ nats per image \(360 test images\) · β 1"
        )
    )

    slider(watched).scroll_into_view_if_needed()
    now = seen(watched)
    drag(watched, 0)
    expect(watched.locator(".journal-caption")).to_contain_text("step 0 ·")
    expect(live).to_have_attribute("aria-pressed", "false")
    held = seen(watched)
    assert [what for what in now if held[what] == now[what]] == []
    watched.mouse.up()
    count = snapshots(watched)
    more_than(watched, count)
    expect(slider(watched)).to_have_attribute("aria-valuetext", "step 0, epoch 0.0")
    assert seen(watched)["reconstructions"] == held["reconstructions"]

    slider(watched).press("ArrowRight")
    until(lambda: slider(watched).input_value() == "1", "an arrow key leads nowhere")
    live.click()
    until(lambda: at_the_end(watched), "the way back to now is closed")
    expect(live).to_have_attribute("aria-pressed", "true")
    expect(watched).not_to_have_url(re.compile("snapshot="))

    watched.reload()
    ready(watched)
    expect(watched.get_by_role("button", name="Live")).to_have_attribute("aria-pressed", "true")


def test_beta_is_changed_on_the_way_and_marked_and_no_chart_goes_blank(watched: Page):
    charts = watched.locator(CHARTS).filter(has=watched.locator(".js-line"))
    expect(charts).to_have_count(4, timeout=60_000)
    charts.evaluate_all(BLANK_FRAMES)
    watched.get_by_label("β", exact=True).last.fill("4")
    watched.get_by_role("button", name="Apply").click()
    mark = watched.locator(".journal-beta")
    expect(mark).to_have_text("β 4", timeout=90_000)
    expect(watched.locator(".journal-caption")).to_contain_text("β 4")
    expect(charts.first.locator(".annotation-text")).to_have_text("β 4", timeout=60_000)
    assert watched.evaluate("window.blank") == 0


def test_a_beta_that_was_changed_is_the_same_in_every_tab(watched: Page):
    with watched.context.new_page() as other:
        other.goto(watched.url)
        field = other.get_by_label("β", exact=True).last
        expect(field).to_have_value("1")
        watched.get_by_label("β", exact=True).last.fill("4")
        watched.get_by_role("button", name="Apply").click()
        expect(field).to_have_value("4")


def test_a_finished_run_is_played_and_filmed(page: Page, app_url: str):
    trained(page, app_url)
    expect(page.get_by_role("button", name="Live")).to_be_hidden()
    expect(page.locator(".journal-caption")).to_contain_text(f"epoch {FINISHED}.0 of {FINISHED}")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".journal-caption")).to_contain_text("step 0 ·")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator(".journal-caption")).to_contain_text(f"epoch {FINISHED}.0 of {FINISHED}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download GIF").click()
    assert download.value.suggested_filename == f"{NAME}.gif"
    film = Image.open(io.BytesIO(Path(download.value.path()).read_bytes()))
    gaps = snapshots(page) - 1
    assert frames(film) == 1 + gaps * (59 // gaps)


def test_a_run_at_rest_is_seen_on_a_umap_over_time(page: Page, app_url: str):
    trained(page, app_url)
    points, note = page.locator(".journal-points"), page.locator(".journal-aligned")
    plane = pixels(points)
    page.get_by_text("UMAP over time", exact=True).click()
    expect(page.get_by_text("until then, a flat view is shown")).to_be_visible()
    expect(note).to_contain_text("snapshots, aligned", timeout=240_000)
    changed(points, plane)
    last, film = pixels(points), page.get_by_role("link", name="Download GIF")
    expect(film).to_have_attribute("href", re.compile(r"film\.gif\?map=umap$"))
    slider(page).scroll_into_view_if_needed()
    drag(page, 0.3)
    changed(points, last)
    page.mouse.up()
    slider(page).press("End")
    until(lambda: pixels(points) == last, "the way back to the last map is another")
    page.locator(".map-chip").first.click()
    changed(points, last)
    page.locator(".map-chip").first.click()
    with page.expect_download() as download:
        film.click()
    assert frames(Image.open(io.BytesIO(Path(download.value.path()).read_bytes()))) > snapshots(page)
    page.get_by_test_id("stMainBlockContainer").get_by_text("Units", exact=True).click()
    expect(note).to_be_empty()
    until(lambda: pixels(points) == plane, "the plane is not what it was")


def test_a_place_in_time_is_in_the_address(page: Page, app_url: str):
    trained(page, app_url)
    caption, picture = page.locator(".journal-caption"), page.locator(".journal-gallery canvas").first
    slider(page).press("Home")
    settled(page, rf"\?run={NAME}&snapshot=0$")
    until(lambda: slider(page).input_value() == "0", "the thumb does not come to rest")
    expect(caption).to_contain_text("step 0 ·")
    shown = pixels(picture)
    page.reload()
    ready(page)
    expect(caption).to_contain_text("step 0 ·")
    until(lambda: pixels(picture) == shown, "another moment is shown")
    slider(page).press("End")
    settled(page, rf"\?run={NAME}$")


def test_gliding_is_left_out_where_little_motion_is_asked_for(page: Page, app_url: str):
    page.emulate_media(reduced_motion="reduce")
    trained(page, app_url)
    slider(page).evaluate(EVERY_FRAME)
    slider(page).press("Home")
    until(lambda: page.evaluate("window.seen.length === 60"), "60 frames do not come")
    seen = page.evaluate("window.seen")
    assert seen[-1] == "0"
    assert all(float(value).is_integer() for value in seen), "no place between two snapshots was shown"
    delete(page)
