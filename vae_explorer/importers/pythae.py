"""encoder.layers.N, encoder.embedding, encoder.log_var, decoder.layers.N: pythae's own networks."""

from vae_explorer.importers.blueprint import ACTIVATION, BEFORE_HEADS, BEFORE_PLANES, INPUT, OUTPUT, SECOND_HEAD
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "clementchadebec/benchmark_VAE (pythae)",
    (r"encoder\.layers(\.\d+)+",),
    (r"encoder\.embedding", r"encoder\.log_var"),
    (r"decoder\.layers(\.\d+)+",),
    known={BEFORE_PLANES: "no", INPUT: "unit", OUTPUT: "sigmoid", SECOND_HEAD: "log-variance"},
    usual={ACTIVATION: "relu", BEFORE_HEADS: "yes"},
)
