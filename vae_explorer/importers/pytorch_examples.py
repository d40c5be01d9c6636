"""fc1, fc21, fc22, fc3, fc4: the VAE of pytorch/examples."""

from vae_explorer.importers.blueprint import ACTIVATION
from vae_explorer.importers.layout import Layout

LAYOUT = Layout("pytorch/examples", ("fc1",), ("fc21", "fc22"), ("fc3", "fc4"), usual={ACTIVATION: "relu"})
