"""Measured figures to figures of Plotly, as plain data that its JavaScript draws; the page gives the size.

look       what all figures share: a figure's parts, its axes, sizes of text, text that is shown as it is
models     models beside each other: rate against distortion
scores     any score of models against β
labels     where labels stand beside dots
curves     what went how over the epochs of a run
units      one unit: mu along a factor, its histogram
bars       shares, and images counted
heat_maps  a number for every pixel
"""

from vae_explorer.figures.bars import histogram, shares
from vae_explorer.figures.curves import Beside, Change, curve, kl_curves
from vae_explorer.figures.heat_maps import heat_map
from vae_explorer.figures.look import Figure
from vae_explorer.figures.models import Curve, Measured, rate_distortion
from vae_explorer.figures.scores import Scored, score_by_beta
from vae_explorer.figures.units import unit_histogram, unit_profile

__all__ = [
    "Beside",
    "Change",
    "Curve",
    "Figure",
    "Measured",
    "Scored",
    "curve",
    "heat_map",
    "histogram",
    "kl_curves",
    "rate_distortion",
    "score_by_beta",
    "shares",
    "unit_histogram",
    "unit_profile",
]
