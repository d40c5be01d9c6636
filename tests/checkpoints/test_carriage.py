"""A place of one checkpoint's map, carried to another's codes."""

import numpy as np
import pytest

from vae_explorer.checkpoints import catalogue
from vae_explorer.checkpoints.carriage import carriage, code_map
from vae_explorer.projections.planes import pca_plane, unit_plane

ONE, OTHER = "mnist-conv-z10-b1", "mnist-conv-z10-b4"


def test_a_place_is_carried_as_its_code_is():
    one, other = catalogue.find(ONE), catalogue.find(OTHER)
    places = np.array([[0.0, 0.0], [1.5, -2.0], [-0.3, 0.7]])
    for plane in (unit_plane((3, 7), 10), pca_plane(catalogue.LATENTS.get(one).mu)):
        found = carriage(one, plane, other)
        carried = found.origin + places[:, :1] * found.across + places[:, 1:] * found.up
        np.testing.assert_allclose(carried, code_map(one, other)(plane.lift(places)), atol=1e-9)
        assert 0.3 < found.r2 < 1


def test_a_code_stays_itself_within_a_model():
    one = catalogue.find(ONE)
    found = carriage(one, unit_plane((4,), 10), one)
    assert found.r2 == 1
    assert found.across == pytest.approx(np.eye(10)[4])
    assert not found.origin.any()
    assert not found.up.any()
