"""A map of very many images: a stated sample of them are points, and every one is found, counted and a neighbour."""

import numpy as np
import pytest

from tests.kinds import Kind, save_kind
from tests.ui.components.test_latent_map import told
from vae_explorer.checkpoints.columns import column
from vae_explorer.latents import map_points
from vae_explorer.ui.explore import gallery

FEW = 10


@pytest.fixture
def checkpoint(tmp_path, monkeypatch):
    """40 images, of which 10 are points; its folder is another than any cache knows."""
    monkeypatch.setattr(map_points, "MOST", FEW)
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    return save_kind(tmp_path / "many", Kind(), 3)


def test_the_sample_is_said_and_classes_are_counted_over_all(open_page, checkpoint):
    at = open_page("explore", {"model": "many", "plane": "pca"})
    (data,) = told(at)
    assert (data["n"], data["points"], data["elsewhere"]) == (40, FEW, {})
    assert sum(data["legend"]["counts"]) == 40
    words = "10 of 40 images, drawn with seed 0; every image is found by its number"
    assert any(words in caption.value for caption in at.caption)


@pytest.mark.parametrize("plane", ["pca", "units"])
def test_an_image_that_is_no_point_and_its_neighbours_are_told_where_they_lie(open_page, checkpoint, plane):
    point = min(set(range(40)) - set(map_points.map_points(40).tolist()))
    (data,) = told(open_page("explore", {"model": "many", "plane": plane, "point": point}))
    images = {point, *data["neighbours"]["indices"]} - set(map_points.map_points(40).tolist())
    assert {int(image) for image in data["elsewhere"]} == images
    axes = [column(checkpoint, axis["column"]) for axis in data["axes"]]
    for image, place in data["elsewhere"].items():
        np.testing.assert_allclose(place, [axis[int(image)] for axis in axes], rtol=1e-6)


def test_what_is_selected_are_points_by_their_images_numbers(open_page, checkpoint, monkeypatch):
    found = []
    monkeypatch.setattr(gallery, "_pictures", lambda scene, chosen: found.append(chosen.indices.tolist()))
    at = open_page("explore", {"model": "many", "plane": "pca", "area": "-99,-99,99,-99,99,99,-99,99"})
    assert found == [map_points.map_points(40).tolist()]
    assert any("Selection: 10 images of the 10 on the map" in one.value for one in at.markdown)
