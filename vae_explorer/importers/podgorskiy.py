"""convN, convN_bn, fc1, fc2, d1, deconvN: podgorskiy/VAE."""

from vae_explorer.importers.blueprint import (
    ACTIVATION,
    BEFORE_HEADS,
    BEFORE_PLANES,
    DECODER_ACTIVATION,
    INPUT,
    OUTPUT,
    SECOND_HEAD,
)
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "podgorskiy/VAE",
    (r"conv\d(_bn)?",),
    ("fc1", "fc2"),
    ("d1", r"deconv\d(_bn)?"),
    known={BEFORE_PLANES: "yes", INPUT: "signed", OUTPUT: "tanh"},
    usual={ACTIVATION: "relu", DECODER_ACTIVATION: "leaky-0.2", BEFORE_HEADS: "yes", SECOND_HEAD: "log-variance"},
    two_activations=True,
)
