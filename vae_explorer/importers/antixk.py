"""encoder.N.0, fc_mu, fc_var, decoder_input, decoder.N.0, final_layer.N: AntixK/PyTorch-VAE."""

from vae_explorer.importers.blueprint import ACTIVATION, BEFORE_PLANES, OUTPUT, SECOND_HEAD
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "AntixK/PyTorch-VAE",
    (r"encoder\.\d+\.\d",),
    ("fc_mu", "fc_var"),
    ("decoder_input", r"decoder\.\d+\.\d", r"final_layer\.\d"),
    usual={ACTIVATION: "leaky-0.01", BEFORE_PLANES: "no", OUTPUT: "tanh", SECOND_HEAD: "log-variance"},
)
