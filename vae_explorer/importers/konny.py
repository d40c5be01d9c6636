"""encoder.N and decoder.N alone, heads in the encoder's last: 1Konny/Beta-VAE, its networks H and B."""

from vae_explorer.importers.blueprint import ACTIVATION, DOWN, INPUT, ORDER, OUTPUT, SECOND_HEAD, UP
from vae_explorer.importers.layout import Layout

CERTAIN = {ORDER: "mu-first", INPUT: "unit", OUTPUT: "sigmoid", SECOND_HEAD: "log-variance"}
H = Layout(
    "1Konny/Beta-VAE, network H",
    (r"encoder\.\d+",),
    (),
    (r"decoder\.\d+",),
    known={**CERTAIN, DOWN: "2,1 2,1 2,1 2,1 1,0", UP: "1,0,0 2,1,0 2,1,0 2,1,0 2,1,0"},
    usual={ACTIVATION: "relu"},
    places="0 2 4 6 8 11",
)
B = H._replace(about="1Konny/Beta-VAE, network B", known=CERTAIN, places="0 2 4 6 9 11 13")
