"""Means over steps: what a model does not have stays None, whatever else is measured."""

import pytest
import torch

from vae_explorer.training.windows import Means, Sums


@pytest.mark.parametrize(
    ("rows", "means"),
    [
        ([], None),
        ([[3.0, 2.0], [5.0, 4.0]], Means(4.0, 3.0, None, None)),
        ([[3.0, 2.0, 1.0], [5.0, 4.0, 2.0]], Means(4.0, 3.0, 1.5, None)),
        ([[3.0, 2.0, 1.0, 0.25, 0.75]], Means(3.0, 2.0, 1.0, (0.25, 0.75))),
    ],
    ids=["no row", "autoencoder", "rate", "rate by units"],
)
def test_means_are_named_by_what_a_row_holds(rows, means):
    sums = Sums()
    for row in rows:
        sums.add(torch.tensor(row))
    assert sums.means() == means
