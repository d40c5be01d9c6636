"""encoder.conv1 to conv_64, lin1, lin2, mu_logvar_gen: YannDubs/disentangling-vae."""

from vae_explorer.importers.blueprint import ACTIVATION, BEFORE_HEADS, BEFORE_PLANES, INPUT, ORDER, OUTPUT, SECOND_HEAD
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "YannDubs/disentangling-vae",
    (r"encoder\.conv\d", r"encoder\.conv_64", r"encoder\.lin\d"),
    (r"encoder\.mu_logvar_gen",),
    (r"decoder\.lin\d", r"decoder\.convT_64", r"decoder\.convT\d"),
    known={
        ORDER: "interleaved",
        BEFORE_HEADS: "yes",
        BEFORE_PLANES: "yes",
        INPUT: "unit",
        OUTPUT: "sigmoid",
        SECOND_HEAD: "log-variance",
    },
    usual={ACTIVATION: "relu"},
)
