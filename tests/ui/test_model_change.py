"""Units go over to another model by their rank."""

import pytest

from vae_explorer.ui.model_change import units_at_rank


@pytest.mark.parametrize(
    ("units", "former", "ranked", "found"),
    [
        ((5, 0), [5, 3, 0], [1, 0, 2], (1, 2)),
        ((), [5, 3, 0], [1, 0, 2], ()),
        ((5, 0), [5, 3, 0], [1, 0], ()),
        ((5, 0), [], [1, 0], ()),
        ((7,), [5, 3, 0], [1, 0, 2], ()),
    ],
)
def test_a_unit_is_the_one_of_the_same_rank_or_none(units, former, ranked, found):
    assert units_at_rank(units, former, ranked) == found
