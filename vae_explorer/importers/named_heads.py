"""fc1, fc_mu, fc_logvar, fc2 (or fc3), fc3 (or fc4): tutorials that number their layers and name their heads."""

from vae_explorer.importers.blueprint import ACTIVATION, SECOND_HEAD
from vae_explorer.importers.layout import Layout

MU = r"(fc_?|linear_?|z_?|to_?|h_?)?(mu|mean)"
LOG_VARIANCE = r"(fc_?|linear_?|z_?|to_?|h_?)?(log_?var|var|log_?variance)"
LAYOUT = Layout(
    "tutorials",
    ("fc1",),
    (MU, LOG_VARIANCE),
    ("fc[2-5]",),
    usual={ACTIVATION: "relu", SECOND_HEAD: "log-variance"},
)
