"""encoder.N, z_mean, z_log_var, decoder.N of strides 1, 2, 2, 1: rasbt's course stat453, lecture 17."""

from vae_explorer.importers.blueprint import ACTIVATION, BEFORE_HEADS, DOWN, SECOND_HEAD, UP
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "rasbt/stat453-deep-learning-ss21",
    (r"encoder\.\d+",),
    ("z_mean", "z_log_var"),
    (r"decoder\.\d+",),
    known={DOWN: "1,1 2,1 2,1 1,1", UP: "1,1,0 2,1,0 2,0,0 1,0,0"},
    usual={ACTIVATION: "leaky-0.01", BEFORE_HEADS: "no", SECOND_HEAD: "log-variance"},
)
