"""Every map says how far it can be trusted, in the same words."""

import math

import pytest

from tests.ui.test_pages import CONV, compared, fine
from vae_explorer.ui.map_figures import ELLIPSES

CONDITIONS = "(15 neighbours of 400 images)"


def lines(at) -> list[str]:
    return [line.value for line in at.caption if "trustworthiness" in line.value]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"plane": "pca"}, f"PCA · 25 % of Var(mu) · trustworthiness 0.7183 of 1 {CONDITIONS}"),
        ({"plane": "units"}, f"Two units · 21 % of Var(mu) · trustworthiness 0.6748 of 1 {CONDITIONS}"),
    ],
)
def test_planes_state_their_share_and_their_trustworthiness(open_page, link, said):
    at = open_page("explore", {"model": CONV} | link)
    assert fine(at)
    assert lines(at) == [said]
    with_image = open_page("explore", {"model": CONV, "point": "3"} | link)
    assert lines(with_image) == [f"{said} · {ELLIPSES[2]}"]


def test_two_units_of_two_are_everything(open_page):
    (line,) = lines(open_page("explore", {"model": "mnist-mlp-z2"}))
    assert line == "Two units · 100 % of Var(mu) · trustworthiness 1.0000 of 1 (15 neighbours of 10,000 images)"


def test_another_pair_of_units_is_another_plane(open_page):
    one, other = (lines(open_page("explore", {"model": CONV, "units": units})) for units in ("3,5", "0,1"))
    assert one != other


@pytest.mark.parametrize("axes", ["units", "pca"])
def test_maps_beside_each_other_state_theirs(open_page, axes):
    at = open_page("compare", {"models": f"{CONV},mnist-conv-z10-b4", "axes": axes})
    assert fine(at)
    captions = [one["map"]["caption"] for one in compared(at)]
    assert len(captions) == 2
    assert all("% of Var(mu)" in caption and "trustworthiness" in caption for caption in captions)


def test_the_words_of_the_line_are_explained(open_page):
    at = open_page("explore", {"model": CONV, "plane": "pca", "point": "3"})
    (line,) = [line for line in at.caption if "trustworthiness" in line.value]
    for term in ("Trustworthiness", "Ellipses", "PCA", "Posterior"):
        assert f"**{term}**" in line.help


def test_ellipses_hold_what_is_said_of_a_gaussian():
    assert [f"{1 - math.exp(-(r**2) / 2):.0%}" for r in (1, 2)] == ["39%", "86%"]
    assert [f"{math.erf(r / math.sqrt(2)):.0%}" for r in (1, 2)] == ["68%", "95%"]
    assert "39 % and 86 %" in ELLIPSES[2]
    assert "68 % and 95 %" in ELLIPSES[1]
