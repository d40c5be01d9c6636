"""Labels beside dots: near them, apart from each other, and left out where there is no room."""

from hypothesis import given
from hypothesis import strategies as st

from vae_explorer.figures.labels import SIDES, Dot, label_sides


def test_a_dot_alone_is_named_above_and_at_the_upper_edge_below():
    assert label_sides([Dot(0.5, 0.5, "β = 1", True)]) == ["top center"]
    assert label_sides([Dot(0.5, 0.99, "β = 1", True)]) == ["bottom center"]
    assert label_sides([Dot(0.01, 0.5, "β = 1", True)]) == ["middle right"]
    assert label_sides([Dot(0.5, 0.5, "", True)]) == [""]


def test_two_dots_close_together_are_named_on_different_sides():
    above, below = Dot(0.5, 0.53, "β = 4", True), Dot(0.5, 0.5, "β = 8", True)
    assert label_sides([above, below]) == ["top center", "bottom center"]


def test_marked_dots_choose_first_and_are_always_named():
    crowd = [Dot(0.5, 0.5, "β = 4", False)] * 30
    found = label_sides([*crowd, Dot(0.5, 0.5, "β = 4", True)])
    assert found[-1]
    assert found.count("") > 20
    assert label_sides([Dot(0.5, 0.5, "β", False), Dot(0.5, 0.5, "β", True)])[1] == next(iter(SIDES))


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from(("", "β = 0.5")), st.booleans()), max_size=20)
)
def test_every_dot_gets_a_side_or_none(dots):
    found = label_sides([Dot(*dot) for dot in dots])
    assert len(found) == len(dots)
    for side, (_, _, label, marked) in zip(found, dots, strict=True):
        assert side in (*SIDES, "")
        assert bool(side) <= bool(label)
        assert not (label and marked) or side
