"""_encoder.model.N and _decoder.model.N: nmichlo/disent, whose encoder pads by 2."""

from vae_explorer.importers.blueprint import ACTIVATION, ORDER, SECOND_HEAD
from vae_explorer.importers.layout import Layout

LAYOUT = Layout(
    "nmichlo/disent",
    (r"_encoder\.model\.\d+",),
    (),
    (r"_decoder\.model\.\d+",),
    known={ORDER: "mu-first", SECOND_HEAD: "log-variance"},
    usual={ACTIVATION: "relu"},
)
