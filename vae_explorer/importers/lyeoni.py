"""fc1, fc2, fc31, fc32, fc4, fc5, fc6: lyeoni/pytorch-mnist-VAE."""

from vae_explorer.importers.blueprint import ACTIVATION
from vae_explorer.importers.layout import Layout

LAYOUT = Layout("lyeoni/pytorch-mnist-VAE", ("fc[12]",), ("fc31", "fc32"), ("fc[456]",), usual={ACTIVATION: "relu"})
