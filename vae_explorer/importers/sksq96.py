"""encoder.N, fc1 for mu, fc2, fc3, decoder.N: sksq96/pytorch-vae; fc1 and fc2 are heads here."""

from vae_explorer.importers.blueprint import ACTIVATION, BEFORE_PLANES, SECOND_HEAD
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "sksq96/pytorch-vae",
    (r"encoder\.\d+",),
    ("fc1", "fc2"),
    ("fc3", r"decoder\.\d+"),
    known={BEFORE_PLANES: "no"},
    usual={ACTIVATION: "relu", SECOND_HEAD: "log-variance"},
)
