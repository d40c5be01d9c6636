"""A run on the digits is watched in a real browser: live, back in time, changed, left and found again, filmed."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.eyes import box_of, changed, drawn, pixels, settled, until
from tests.browser.stepped_run import EPOCHS, SETTINGS, SteppedRun, stepped_run
from tests.journal.test_gif import frames
from vae_explorer.jobs import desk, records
from vae_explorer.journal import atlas

NAME, LAST = SETTINGS.name, f"epoch {EPOCHS}.0 of {EPOCHS}"
TOLD = (
    rf"step \d · epoch \d\.0 of {EPOCHS} · "
    r".*nll [\d.]+ \+ rate [\d.]+ nats per image \(360 test images\) · β 1"
)
EVERY_FRAME = """(slider) => {
  window.seen = [];
  const look = () => window.seen.push(slider.value) < 60 && requestAnimationFrame(look);
  look();
}"""
UNMEASURED = urlencode({"form": '{"dataset":"mnist"}'})
"""A form that asks for what is not on this machine, and so for no measured time either."""
CHARTS = ".js-plotly-plot"
BLANK_FRAMES = """(charts) => {
  window.blank = 0;
  const look = () => {
    window.blank += charts.filter((chart) => !chart.isConnected || !chart.querySelector(".js-line")).length;
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture(scope="module")
def run(app_runs: Path) -> Iterator[SteppedRun]:
    """At work until a test has it finish; the first steps are made."""
    with stepped_run(app_runs) as stepped:
        stepped.go_on(2)
        yield stepped


def opened(page: Page, app_url: str, more: str = "") -> None:
    page.goto(f"{app_url}/train?run={NAME}&{UNMEASURED}{more}")
    page.locator(".journal[data-state=ready]").wait_for(timeout=60_000)
    drawn(page.locator(".journal-points"))


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Snapshot")


def snapshots(page: Page) -> int:
    return 1 + int(slider(page).get_attribute("max") or 0)


def at_the_end(page: Page) -> bool:
    return float(slider(page).input_value()) == snapshots(page) - 1


def newer(page: Page, run: SteppedRun) -> None:
    """Another snapshot, and that the page knows it."""
    count = snapshots(page)
    run.go_on()
    expect(slider(page)).to_have_attribute("max", str(count))


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


def test_a_run_is_watched_and_time_goes_back(page: Page, app_url: str, run: SteppedRun):
    opened(page, app_url)
    live, points = page.get_by_role("button", name="Live"), page.locator(".journal-points")
    expect(live).to_have_attribute("aria-pressed", "true")
    before = pixels(points)
    newer(page, run)
    changed(points, before)
    until(lambda: at_the_end(page), "the map does not follow the run")
    expect(page.locator(".journal-caption")).to_contain_text(re.compile(TOLD))

    slider(page).scroll_into_view_if_needed()
    now = seen(page)
    drag(page, 0)
    expect(page.locator(".journal-caption")).to_contain_text("step 0 ·")
    expect(live).to_have_attribute("aria-pressed", "false")
    held = seen(page)
    assert [what for what in now if held[what] == now[what]] == []
    page.mouse.up()
    newer(page, run)
    expect(slider(page)).to_have_attribute("aria-valuetext", "step 0, epoch 0.0")
    assert seen(page)["reconstructions"] == held["reconstructions"]

    slider(page).press("ArrowRight")
    until(lambda: slider(page).input_value() == "1", "an arrow key leads nowhere")
    live.click()
    until(lambda: at_the_end(page), "the way back to now is closed")
    expect(live).to_have_attribute("aria-pressed", "true")
    expect(page).not_to_have_url(re.compile("snapshot="))


def test_beta_is_changed_and_marked_without_a_blank_chart_until_the_run_is_opened_in_explore(
    page: Page, app_url: str, run: SteppedRun
):
    opened(page, app_url)
    charts, field = page.locator(CHARTS).filter(has=page.locator(".js-line")), page.get_by_label("β", exact=True).last
    expect(charts).to_have_count(4)
    charts.evaluate_all(BLANK_FRAMES)
    desk.change_beta(NAME, 2)
    expect(field).to_have_value("2")  # whoever else asked for it
    field.fill("4")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("4 was asked for")).to_be_visible()
    run.go_on(2)
    mark = page.locator(".journal-beta")
    expect(mark).to_have_text("β 4")
    expect(page.locator(".journal-caption")).to_contain_text("β 4")
    expect(charts.first.locator(".annotation-text")).to_have_text("β 4")
    assert page.evaluate("window.blank") == 0
    run.finish()
    expect(page.get_by_text(f"{NAME} · Finished")).to_be_visible()
    expect(page.get_by_role("button", name="Live")).to_be_hidden()
    expect(page.locator(CHARTS)).to_have_count(4)
    page.get_by_role("button", name="Open in Explore").click()
    settled(page, rf"[?&]model={NAME}")
    drawn(page.locator("canvas").first)


@pytest.fixture
def laid_out(run: SteppedRun) -> None:
    """The run has finished, and its UMAP over time has been computed."""
    run.finish()
    place = records.journal(NAME)
    found, rng = atlas.wanted(place), np.random.default_rng(0)
    xy = rng.normal(size=(EPOCHS + 1, 360, 2)).astype(np.float32)
    atlas.write(place, found._replace(indices=np.arange(360), xy=xy))


@pytest.mark.usefixtures("laid_out")
def test_a_finished_run_is_opened_at_a_place_in_time_and_played(page: Page, app_url: str):
    page.emulate_media(reduced_motion="reduce")
    opened(page, app_url, "&snapshot=0")
    caption, picture = page.locator(".journal-caption"), page.locator(".journal-gallery canvas").first
    expect(caption).to_contain_text("step 0 ·")
    first = pixels(picture)
    slider(page).evaluate(EVERY_FRAME)
    slider(page).press("End")
    settled(page, rf"^(?!.*snapshot=).*\?run={NAME}\b")
    expect(caption).to_contain_text(LAST)
    until(lambda: page.evaluate("window.seen.length === 60"), "60 frames do not come")
    assert all(float(value).is_integer() for value in page.evaluate("window.seen")), "it glided between two snapshots"
    slider(page).press("Home")
    settled(page, rf"\?run={NAME}&.*\bsnapshot=0\b")
    until(lambda: pixels(picture) == first, "another moment is shown")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(caption).to_contain_text(LAST)


@pytest.mark.usefixtures("laid_out")
def test_a_run_at_rest_is_seen_on_a_umap_over_time_and_filmed(page: Page, app_url: str):
    opened(page, app_url)
    points, note = page.locator(".journal-points"), page.locator(".journal-aligned")
    plane = pixels(points)
    page.get_by_text("UMAP over time", exact=True).click()
    expect(note).to_contain_text("snapshots, aligned")
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
    assert download.value.suggested_filename == f"{NAME}.gif"
    assert frames(Image.open(io.BytesIO(Path(download.value.path()).read_bytes()))) == 1 + EPOCHS * (59 // EPOCHS)
    page.get_by_test_id("stMainBlockContainer").get_by_text("Units", exact=True).click()
    expect(note).to_be_empty()
    expect(film).to_have_attribute("href", re.compile(r"film\.gif$"))
    until(lambda: pixels(points) == plane, "the plane is not what it was")
