"""FC_input, FC_mean, FC_var, FC_hidden, FC_output: the tutorial of Jackson Kang, its halves bare or apart."""

from vae_explorer.importers.blueprint import ACTIVATION, SECOND_HEAD
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "Jackson-Kang/Pytorch-VAE-tutorial",
    (r"(Encoder\.)?FC_input", r"(Encoder\.)?FC_input2"),
    (r"(Encoder\.)?FC_mean", r"(Encoder\.)?FC_var"),
    (r"(Decoder\.)?FC_hidden", r"(Decoder\.)?FC_hidden2", r"(Decoder\.)?FC_output"),
    usual={ACTIVATION: "leaky-0.2", SECOND_HEAD: "log-variance"},
)
