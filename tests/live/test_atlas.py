"""The UMAP over time over a real server: its bytes, its stamp, the film on it, and what is said where there is none."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from tests.journal.test_gif import frames
from tests.live.test_journals import NAME, SHAPES, N, filled, journal, snapshot
from tests.live.test_routes import get, unpack
from tests.shapes import shape_of
from vae_explorer.journal import atlas, snapshots
from vae_explorer.journal.atlas import Atlas

pytestmark = pytest.mark.thorough

__all__ = ["filled", "journal"]
MAP, FILM = f"/api/runs/{NAME}/maps/umap", f"/api/runs/{NAME}/film.gif"
INDICES = np.array([7, 0, 3])


@pytest.fixture
def mapped(filled) -> Atlas:
    """An atlas of three points of the three snapshots."""
    xy = np.random.default_rng(0).normal(size=(3, 3, 2)).astype(np.float32)
    made = atlas.wanted(filled)._replace(indices=INDICES, xy=xy)
    atlas.write(filled, made)
    return made


def test_an_atlas_is_a_frame_that_may_be_kept_for_as_long_as_it_stays(server, filled, mapped):
    status, headers, message = get(server, f"{MAP}?v={atlas.stamp(filled)}")
    header, body = unpack(message)
    assert (status, "immutable" in headers["Cache-Control"]) == (200, True)
    assert shape_of(header) == SHAPES["AlignedHeader"]
    assert (header["n"], header["steps"]) == (3, [0, 10, 25])
    low, high = mapped.xy.min(axis=(0, 1)), mapped.xy.max(axis=(0, 1))
    np.testing.assert_allclose(header["bounds"], np.array([low, high]).T.ravel(), rtol=1e-6)
    assert body == INDICES.astype("<u4").tobytes() + mapped.xy.tobytes()
    assert get(server, f"{MAP}?v=1")[1]["Cache-Control"] == "no-cache"


def test_the_film_is_of_the_map_that_is_asked_for(server, mapped):
    plane, over_time = get(server, FILM)[2], get(server, f"{FILM}?map=umap")[2]
    assert frames(Image.open(io.BytesIO(over_time))) == frames(Image.open(io.BytesIO(plane)))
    assert plane != over_time
    assert get(server, f"{FILM}?map=plane")[2] == plane


def refused(server, path: str) -> str:
    status, _, body = get(server, path)
    assert status == 404
    return json.loads(body)["error"]


@pytest.mark.parametrize("path", [MAP, f"{FILM}?map=umap"])
def test_without_an_atlas_or_with_one_of_other_snapshots_it_is_said(server, filled, path):
    assert "There is no UMAP over time" in refused(server, path)
    xy = np.zeros((3, 3, 2), np.float32)
    atlas.write(filled, atlas.wanted(filled)._replace(indices=np.array([0, 1, N]), xy=xy))
    assert "of other images" in refused(server, path)
    snapshots.write(filled, snapshot(10))
    assert "of other snapshots" in refused(server, path)


@pytest.mark.parametrize("path", [f"/api/runs/{NAME}/maps/tsne", f"{FILM}?map=..%2Fumap", "/api/runs/nope/maps/umap"])
def test_another_map_or_run_is_none(server, mapped, path):
    assert refused(server, path).endswith(".")
