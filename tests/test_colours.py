"""Colours as eyes see them: contrast on both themes, and how far they stay apart with each kind of cone missing."""

import tomllib
from itertools import combinations

import numpy as np
import pytest

from tests.commands import ROOT
from vae_explorer.colours import (
    CLASS_COLOURS,
    CLUSTER_COLOURS,
    MODEL_COLOURS,
    NOISE,
    NOISE_COLOUR,
    cluster_colours,
    repeats,
)
from vae_explorer.ui.params import MAX_COMPARED

VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Linear sRGB to linear sRGB as seen, severity 1 (Machado, Oliveira & Fernandes 2009)."""
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
"""Linear sRGB to XYZ under D65 (IEC 61966-2-1)."""
WHITE = (0.95047, 1, 1.08883)
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
CLOSE = [(3, 5), (3, 8), (5, 8), (4, 7), (4, 9), (7, 9)]
"""Digits that lie together on maps."""


def linear(colour: str) -> np.ndarray:
    """Of "#rrggbb", each channel in [0, 1]."""
    levels = np.array(list(bytes.fromhex(colour[1:]))) / 255
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)


def contrast(colour: str, background: str) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05), of relative luminances."""
    darker, lighter = sorted(float(linear(one) @ XYZ[1]) for one in (colour, background))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str, vision: str) -> np.ndarray:
    """CIELAB of the colour as seen so."""
    seen = np.clip(np.array(VISIONS[vision]) @ linear(colour), 0, 1)
    ratio = XYZ @ seen / WHITE
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one: np.ndarray, other: np.ndarray) -> float:
    """Sharma, Wu & Dalal 2005, with all weights 1."""
    chroma7 = (np.hypot(*one[1:]) / 2 + np.hypot(*other[1:]) / 2) ** 7
    stretch = np.array([1, 1.5 - 0.5 * np.sqrt(chroma7 / (chroma7 + 25.0**7)), 1])
    one, other = one * stretch, other * stretch
    chroma = [np.hypot(*place[1:]) for place in (one, other)]
    hue = [np.degrees(np.arctan2(place[2], place[1])) % 360 for place in (one, other)]
    turn = (hue[1] - hue[0] + 180) % 360 - 180 if min(chroma) > 0 else 0.0
    middle, mean = hue[0] + turn / 2, sum(chroma) / 2
    light = (one[0] + other[0]) / 2 - 50
    waves = ((1, -30, -0.17), (2, 0, 0.24), (3, 6, 0.32), (4, -63, -0.20))
    t = 1 + sum(weight * np.cos(np.radians(times * middle + shift)) for times, shift, weight in waves)
    scaled_light = (other[0] - one[0]) / (1 + 0.015 * light**2 / np.sqrt(20 + light**2))
    scaled_chroma = (chroma[1] - chroma[0]) / (1 + 0.045 * mean)
    scaled_hue = 2 * np.sqrt(chroma[0] * chroma[1]) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * mean * t)
    blue = np.sin(np.radians(60 * np.exp(-((((middle % 360) - 275) / 25) ** 2))))
    rotation = -2 * np.sqrt(mean**7 / (mean**7 + 25.0**7)) * blue
    squares = scaled_light**2 + scaled_chroma**2 + scaled_hue**2 + rotation * scaled_chroma * scaled_hue
    return float(np.sqrt(squares))


def difference(one: str, other: str) -> float:
    """The smallest ΔE of two colours over all kinds of vision."""
    return min(ciede2000(lab(one, vision), lab(other, vision)) for vision in VISIONS)


def least(colours: tuple[str, ...]) -> float:
    return min(difference(*pair) for pair in combinations(colours, 2))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_that_of_its_papers_table(one, other, published):
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_stands_out_from_the_map_of_both_themes(theme):
    """WCAG 2.2, 1.4.11: at least 3 to 1 for what a picture is understood by."""
    background = THEMES[theme]["backgroundColor"]
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    for colours, reached in ((CLASS_COLOURS, 3.08), (CLUSTER_COLOURS, 3.07), ((NOISE_COLOUR,), 3.4)):
        assert min(contrast(colour, background) for colour in colours) > reached


def test_classes_stay_apart_for_every_eye_and_most_where_digits_lie_together():
    assert least(CLASS_COLOURS) == pytest.approx(11.5, abs=0.05)
    assert min(difference(CLASS_COLOURS[a], CLASS_COLOURS[b]) for a, b in CLOSE) == pytest.approx(19.0, abs=0.05)


def test_clusters_have_colours_of_their_own_distinct_beyond_ten():
    assert least(CLUSTER_COLOURS) == pytest.approx(5.8, abs=0.05)
    assert least(CLUSTER_COLOURS[:10]) == pytest.approx(9.0, abs=0.05)
    owned = {*CLASS_COLOURS, *CLUSTER_COLOURS, *MODEL_COLOURS, NOISE_COLOUR}
    assert len(owned) == len(CLASS_COLOURS) + len(CLUSTER_COLOURS) + len(MODEL_COLOURS) + 1


def test_only_noise_is_grey_and_only_beyond_twenty_colours_repeat():
    names = (*(f"cluster {place}" for place in range(25)), NOISE)
    colours = cluster_colours(names)
    assert colours[-1] == NOISE_COLOUR
    assert colours[:20] == list(CLUSTER_COLOURS)
    assert colours[20:25] == list(CLUSTER_COLOURS[:5])


def test_more_names_than_colours_are_said():
    names = [str(index) for index in range(100)]
    assert repeats(names, CLASS_COLOURS) == "Colours repeat after 9."
    assert repeats(names[:10], CLASS_COLOURS) == ""
    assert len(MODEL_COLOURS) >= MAX_COMPARED, "models side by side are told apart"
