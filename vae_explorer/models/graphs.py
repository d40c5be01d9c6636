"""A VAE whose encoder and decoder are ONNX graphs, as networks are that are no stack of layers known here."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from vae_explorer.config import ModelConfig
from vae_explorer.errors import CheckpointError, require
from vae_explorer.models import graph_file
from vae_explorer.models.graph import Graph
from vae_explorer.models.layers import LOGIT_FLOOR
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE

PARTS = ("encoder", "decoder")
IMAGES, MOMENTS, CODES, PIXELS = "sample", "latent_parameters", "latent_sample", "sample"
"""What goes in and comes out, by optimum's names: images and pixels [B, C, H, W] in [0, 1], moments [B, 2 D] with mu
first and log σ² behind it, of a plain autoencoder [B, D], and codes [B, D]."""

TOLD = "vae_explorer.second_head"
"""Where our own files tell what the second head is: "log-variance", or "none" of a plain autoencoder."""


class Graphs(VAE):
    """Its weights are the bytes of the two files; there is nothing to train."""

    encoder: Tensor
    decoder: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        usual = not config.classes and not config.hidden and not config.channels and not config.multi_rate
        require(usual, "A model of ONNX has no widths, takes no label and is of one β.")
        known = config.scale in ("logvar", "none") and config.heads == "linear" and config.prior == "normal"
        known = known and config.likelihood != "gaussian-learned"
        require(known, "A model of ONNX has log σ² as its second head, or none, and nothing learned beside its files.")

    def take(self, weights: Mapping[str, np.ndarray]) -> None:
        """The two files, each checked before it is run."""
        fit = set(weights) == set(PARTS) and all(one.dtype == np.uint8 and one.ndim == 1 for one in weights.values())
        if not fit:
            raise CheckpointError("The weights are no two ONNX files; import them again.")
        files = {part: graph_file.read(weights[part].tobytes(), f"{part}.onnx") for part in PARTS}
        d, shape = self.config.latent_dim, self.config.image_shape
        moments = d if self.config.plain else 2 * d
        ends = {"encoder": (IMAGES, shape, MOMENTS, (moments,)), "decoder": (CODES, (d,), PIXELS, shape)}
        if any(_ends(files[part]) != ends[part] for part in PARTS):
            raise CheckpointError("The ONNX files do not fit the model that config.json describes; import them again.")
        for part in PARTS:
            self.register_buffer(part, torch.from_numpy(weights[part]))
        self._encoder, self._decoder = (Graph(files[part]) for part in PARTS)

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        return self.posterior(self._encoder(self.with_label(x, y)))

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        pixels = self._decoder(self.with_label(z, y)).view(-1, *self.config.image_shape)
        return torch.logit(pixels, eps=LOGIT_FLOOR)


def _ends(file: graph_file.GraphFile) -> tuple[str, tuple[int | None, ...], str, tuple[int | None, ...]]:
    given = file.given[0]
    return file.taken.name, file.taken.sides[1:], given.name, given.sides[1:]
