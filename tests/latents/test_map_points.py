"""Which images are points of a map: all of few, the same sample of many."""

import numpy as np

from vae_explorer.latents import map_points as module
from vae_explorer.latents.map_points import map_points, of_points


def test_few_images_are_all_points(monkeypatch):
    monkeypatch.setattr(module, "MOST", 100)
    assert map_points(100).tolist() == list(range(100))
    values = np.arange(100)
    assert of_points(values) is values


def test_many_are_a_sample_that_is_always_the_same(monkeypatch):
    monkeypatch.setattr(module, "MOST", 100)
    drawn = map_points(1000)
    assert len(set(drawn.tolist())) == 100
    assert drawn.tolist() == sorted(drawn.tolist()) == map_points(1000).tolist()
    assert 300 < drawn.mean() < 700
    assert np.array_equal(of_points(np.arange(1000) * 3), drawn * 3)
