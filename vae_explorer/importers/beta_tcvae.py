"""encoder.fc1 to fc3, decoder.net.N: rtqichen/beta-tcvae, whose heads are interleaved and log σ."""

from vae_explorer.importers.blueprint import (
    ACTIVATION,
    BEFORE_HEADS,
    DECODER_ACTIVATION,
    INPUT,
    ORDER,
    OUTPUT,
    SECOND_HEAD,
)
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "rtqichen/beta-tcvae",
    (r"encoder\.fc[12]",),
    (r"encoder\.fc3",),
    (r"decoder\.net\.\d",),
    known={ORDER: "interleaved", BEFORE_HEADS: "yes", INPUT: "unit", OUTPUT: "sigmoid", SECOND_HEAD: "log-sigma"},
    usual={ACTIVATION: "relu", DECODER_ACTIVATION: "tanh"},
    two_activations=True,
)
