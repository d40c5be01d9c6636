import io
import pickle

import numpy as np
import pytest

from vae_explorer.cache import cache_root
from vae_explorer.errors import StorageError, UnknownName
from vae_explorer.projections import store
from vae_explorer.projections.settings import Settings
from vae_explorer.projections.store import Projection

KEY = "0123456789abcdef" * 2


@pytest.fixture
def made(rng) -> Projection:
    return Projection(
        Settings("tsne", perplexity=12.5, seed=4), rng.normal(size=(9, 2)).astype(np.float32), 0.9, 9, 4, 9, 1.25
    )


def test_a_map_comes_back_as_it_was(tmp_path, made):
    store.save(tmp_path / "a.npz", made)
    found = store.read(tmp_path / "a.npz", 9)
    assert np.array_equal(found.xy, made.xy)
    assert found._replace(xy=made.xy) == made


def test_shipped_maps_come_before_cached_ones(tmp_path, monkeypatch, made):
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))
    assert store.places(KEY, tmp_path) == []
    cached, shipped = cache_root() / f"{KEY}.npz", tmp_path / store.SHIPPED / f"{KEY}.npz"
    store.save(cached, made)
    assert store.places(KEY, tmp_path) == [cached]
    store.save(shipped, made)
    assert store.places(KEY, tmp_path) == [shipped, cached]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", KEY.upper(), KEY + "0", KEY[:-1] + "/"])
def test_no_path_is_made_of_what_is_no_key(tmp_path, name):
    with pytest.raises(UnknownName):
        store.places(name, tmp_path)


def _archive(**arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def test_a_damaged_map_is_refused_in_one_line(tmp_path, made):
    path = tmp_path / "a.npz"
    store.save(path, made)
    whole = path.read_bytes()
    about = np.load(path)["about"]
    hostile = np.array([{"a": 1}], dtype=object)
    for data in (
        b"",
        whole[: len(whole) // 2],
        pickle.dumps({"xy": 1}),
        _archive(xy=made.xy),
        _archive(xy=hostile, about=about),
        _archive(xy=made.xy, about=np.array("[]")),
        _archive(xy=made.xy, about=np.array('{"settings": {"method": "nonsense"}}')),
        _archive(xy=np.full((9, 2), np.nan, np.float32), about=about),
        _archive(xy=made.xy[:5], about=about),
    ):
        path.write_bytes(data)
        with pytest.raises(StorageError, match="map"):
            store.read(path, 9)


def test_a_bomb_is_not_unpacked(tmp_path, made):
    path = tmp_path / "a.npz"
    store.save(path, made)
    most = path.stat().st_size + 1
    buffer = io.BytesIO()
    np.savez_compressed(buffer, xy=np.zeros((100_000, 2), np.float32), about=np.load(path)["about"])
    path.write_bytes(buffer.getvalue())
    with pytest.raises(StorageError, match="cannot be read"):
        store.read(path, 100_000, most)
