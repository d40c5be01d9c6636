"""A copied link opens the same map, in both themes; a map that is not there yet comes while another stands in."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.eyes import box_of, changed, drawn, pixels, until

CONV, POINTS = "mnist-conv-z10-b1", ".map-points"
EVERYTHING = {
    "model": CONV,
    "plane": "umap",
    "colour": "kmeans-10",
    "point": "42",
    "view": "-1.0,-2.0,14.0",
    "area": "-6.0,-6.0,2.0,-6.0,2.0,3.0,-6.0,3.0",
    "lattice": "0.5",
    "contours": "on",
    "thumbnails": "off",
    "refine": "on",
    "measure": "kl",
    "hidden": "1,2",
}


def query(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def test_a_link_with_everything_opens_the_same_map_in_both_themes(page: Page, app_url: str):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{app_url}/?{urlencode(EVERYTHING)}")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    layers = [page.locator(f".map-{layer}") for layer in ("axes", "lattice", "points", "over", "canvas")]
    for layer in layers:
        drawn(layer)
    expect(page.locator(".map-card-heading")).to_contain_text("Image 42")
    expect(page.locator(".map-card-selection")).to_contain_text(re.compile(r"[1-9][\d,]* images selected"))
    chips = page.locator(".map-chip")
    assert [chips.nth(k).get_attribute("aria-pressed") for k in range(3)] == ["true", "false", "false"]
    expect(page.get_by_text("Neighbours of image 42")).to_be_visible()
    selected = page.get_by_text(re.compile(r"Selection: [1-9][\d,]* images"))
    expect(selected).to_be_visible()
    assert query(page) == EVERYTHING
    page.wait_for_timeout(600)
    assert query(page) == EVERYTHING
    dark = pixels(layers[0])
    page.emulate_media(color_scheme="light")
    changed(layers[0], dark)
    for layer in layers:
        drawn(layer)
    assert query(page) == EVERYTHING


def test_a_halo_is_solid_on_data_and_faint_where_the_map_is_empty(page: Page, app_url: str):
    page.goto(f"{app_url}/?model={CONV}&plane=umap")
    expect(page.locator(".map[data-state=ready]")).to_be_visible()
    drawn(page.locator(".map-decoded"))
    area = box_of(page.locator(".map-canvas"))

    def told(x: float, y: float) -> str:
        """What the card says of the distance."""
        before = pixels(page.locator(".map-decoded"))
        page.mouse.move(area["x"] + x * area["width"], area["y"] + y * area["height"])
        until(lambda: pixels(page.locator(".map-decoded")) != before, "the picture does not follow")
        return page.locator(".map-card-distance").inner_text()

    def halo(x: float, y: float) -> int:
        """The darkest blue of it around the pointer."""
        return page.locator(".map-canvas").evaluate(OPACITY, [x, y])

    assert told(0.2, 0.74).endswith((": within the data.", "the code of an image."))
    solid = halo(0.2, 0.74)
    assert told(0.05, 0.05).endswith(": far from the data, so the picture is a guess.")
    until(lambda: solid > 2 * halo(0.05, 0.05), "the halo is not faint where there are no data")


OPACITY = """(canvas, [x, y]) => {
  const [cx, cy] = [x * canvas.width, y * canvas.height];
  const [left, top] = [Math.max(0, cx - 24), Math.max(0, cy - 24)];
  const { data } = canvas.getContext("2d").getImageData(left, top, 48, 48);
  let sum = 0;
  for (let i = 3; i < data.length; i += 4) sum += data[i];
  return Math.round(sum / 1000);
}"""


def test_a_link_to_a_map_that_is_not_there_opens_it_once_it_comes_while_a_plane_stands_in(page: Page, app_url: str):
    places = {"view": "6.0,6.0,30.0", "spot": "4.5,-3.0", "area": "-30.0,-30.0,30.0,-30.0,30.0,30.0,-30.0,30.0"}
    asked = {"model": "digits-mlp-z2", "plane": "umap", "pin": "0.5,0.25", **places, "n_neighbors": "7"}
    page.goto(f"{app_url}/?{urlencode(asked)}")
    stop, points = page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop"), page.locator(POINTS)
    expect(stop).to_be_visible()
    drawn(points)
    page.locator(".map-canvas").hover()
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(600)
    assert query(page) == asked
    expect(page.get_by_text("Selection:")).to_have_count(0)
    standing_in = pixels(points)
    expect(page.get_by_text(re.compile("trustworthiness 0\\.9"))).to_be_visible(timeout=90_000)
    changed(points, standing_in)
    drawn(points)
    expect(stop).to_have_count(0)
    expect(page.get_by_text(re.compile(r"Selection: [1-9][\d,]* images"))).to_be_visible()
    page.get_by_role("button", name="Map settings").click()
    expect(page.get_by_label("Neighbours of each image", exact=True)).to_have_value("7")
    page.keyboard.press("Escape")
    page.wait_for_timeout(600)
    assert query(page) == asked


def test_a_map_on_its_way_can_be_stopped(page: Page, app_url: str):
    page.goto(f"{app_url}/?model={CONV}&plane=tsne&map_seed=77")
    stop = page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop")
    stop.click()
    expect(page.get_by_text("t-SNE: stopped.")).to_be_visible()
    drawn(page.locator(POINTS))
    page.get_by_role("button", name="Compute again").click()
    stop.click()
    expect(page.get_by_text("t-SNE: stopped.")).to_be_visible()
