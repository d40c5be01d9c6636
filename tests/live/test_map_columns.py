"""Of very many images some are points of the maps: their numbers, columns and pictures; all are told by number."""

import gzip
import json

import numpy as np
import pytest

from tests.live.test_routes import get, unpack
from tests.live.test_thumbnails import sheet
from vae_explorer import datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.checkpoints.columns import column
from vae_explorer.latents import map_points
from vae_explorer.live import reads, thumbnails


@pytest.fixture
def sampled(monkeypatch):
    """The numbers of the 100 images of 300 that are points."""
    monkeypatch.setattr(map_points, "MOST", 100)
    caches = (reads._map_column, thumbnails._sheet)
    for cache in caches:
        cache.cache_clear()
    yield map_points.map_points(300)
    for cache in caches:
        cache.cache_clear()


def test_columns_are_those_of_the_points_whose_numbers_are_told(server, sampled):
    plain = get(server, "/api/checkpoints/tiny-z2/map-columns/image")[2]
    _, headers, packed = get(server, "/api/checkpoints/tiny-z2/map-columns/image", Accept_Encoding="gzip")
    assert (headers["Content-Encoding"], gzip.decompress(packed)) == ("gzip", plain)
    header, body = unpack(plain)
    assert (header["n"], header["dtype"]) == (100, "uint32")
    assert np.frombuffer(body, "<u4").tolist() == sampled.tolist()
    for name in ("mu-1", "pca-0", "label"):
        header, body = unpack(get(server, f"/api/checkpoints/tiny-z2/map-columns/{name}")[2])
        values = column(catalogue.find("tiny-z2"), name)[sampled]
        levels = np.frombuffer(body, {"uint8": "u1", "uint16": "<u2"}[header["dtype"]])
        scale = 1 if header["dtype"] == "uint8" else (header["high"] - header["low"]) / 65535
        low = 0 if header["dtype"] == "uint8" else header["low"]
        np.testing.assert_allclose(low + scale * levels, values, atol=1e-3)


def test_sheets_hold_the_pictures_of_the_points(server, sampled):
    header, pictures = sheet(server, "tiny-z2")
    assert (header["n"], header["first"], header["stand_in"]) == (100, 0, False)
    assert np.array_equal(pictures[..., 0], datasets.load("digits", "test").images[sampled][:, 0])


def test_every_image_is_still_told_by_its_number(server, sampled):
    other = min(set(range(300)) - set(sampled.tolist()))
    point = json.loads(get(server, f"/api/checkpoints/tiny-z2/points/{other}")[2])
    assert (point["index"], point["mu"]) == (other, catalogue.LATENTS.get(catalogue.find("tiny-z2")).mu[other].tolist())
    header, _ = unpack(get(server, "/api/checkpoints/tiny-z2/columns/label")[2])
    assert header["n"] == 300
