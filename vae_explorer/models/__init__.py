"""ARCHITECTURES: one file and one row each.

vae          the contract: encode images to a diagonal Gaussian, decode codes to logits
mlp          fully connected layers of any widths
conv         strided 3×3 convolutions and their mirror image
burgess      the 4×4 convolutions of the papers on disentanglement
linear       PCA of pixels: one linear layer to the code and one back
layered      a network that is written out layer by layer
layer_words  its layers as words, read and bounded
graphs       encoder and decoder as ONNX graphs
graph        one of them, run
graph_file   its file, parsed and bounded
layers       stacks of layers that the architectures share
gates        one network for a range of βs: channels weighted by β
posterior    q(z given x) of a batch of images
priors       PRIORS: p(z), each a mixture of diagonal Gaussians
likelihoods  LIKELIHOODS: −log p(x given z) in nats
starts       the weights and biases that training starts from
compiled     a forward pass compiled where PyTorch finds a compiler
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache

import numpy as np
import torch

from vae_explorer.config import ModelConfig
from vae_explorer.errors import UnknownName, require
from vae_explorer.models.burgess import Burgess
from vae_explorer.models.conv import Conv
from vae_explorer.models.gates import folded_weights
from vae_explorer.models.graphs import Graphs
from vae_explorer.models.layered import Layered
from vae_explorer.models.linear import Linear
from vae_explorer.models.mlp import MLP
from vae_explorer.models.vae import VAE

NOTE = "vae_explorer"
"""Under which a state dict that leaves here tells the settings of its model, where PyTorch notes versions of layers."""
ARCHITECTURES: dict[str, Callable[[ModelConfig], VAE]] = {
    "mlp": MLP,
    "conv": Conv,
    "burgess": Burgess,
    "linear": Linear,
    "layered": Layered,
    "onnx": Graphs,
}


def build(config: ModelConfig, seed: int = 0) -> VAE:
    """A fresh model whose initial weights depend on the seed alone; the global generator is left as it was.

    Raises:
        UnknownName: for an architecture in no row of ARCHITECTURES.
        InvalidSetting: when the widths do not fit the architecture or the image size.
    """
    if config.architecture not in ARCHITECTURES:
        raise UnknownName("architecture", config.architecture, ARCHITECTURES)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return ARCHITECTURES[config.architecture](config).gated()


def outline(config: ModelConfig) -> VAE:
    """The model without memory for its weights: to learn their shapes, or whether the settings fit at all.

    Raises:
        UnknownName, InvalidSetting: as `build`.
    """
    with torch.device("meta"):
        return build(config)


def parameters(config: ModelConfig) -> int:
    """How many numbers a model of these settings learns.

    Raises:
        UnknownName, InvalidSetting: as `build`.
    """
    return sum(weight.numel() for weight in outline(config).parameters())


def restore(config: ModelConfig, weights: Mapping[str, np.ndarray]) -> VAE:
    """A model with stored weights, ready to decode; nothing is allocated before the weights are known to fit.

    Raises:
        CheckpointError: when names or shapes of the weights are not those of the configured model.
    """
    model = outline(config)
    model.take(weights)
    return model.eval().requires_grad_(False)


def at_beta(model: VAE, beta: float) -> VAE:
    """The ordinary network that a multi-rate one is at a β: its gates multiplied into its weights, and so no gates.

    Raises:
        InvalidSetting: when it was not trained for this β.
    """
    betas = model.config.betas
    assert betas is not None
    require(betas.holds(beta), f"This network was trained for β from {betas.low:g} to {betas.high:g}, not {beta:g}.")
    plain = deepcopy(_template(replace(model.config, multi_rate="")))
    plain.load_state_dict(folded_weights(model, betas.share(beta)), assign=True)
    return plain.eval().requires_grad_(False)


@lru_cache(maxsize=16)
def _template(config: ModelConfig) -> VAE:
    """An outline to be copied, which is quicker than to make another: a hand asks for a β sixty times a second."""
    return outline(config)


def weights(model: VAE) -> dict[str, np.ndarray]:
    """The model's weights as NumPy arrays by name, detached from the model."""
    return {name: value.detach().cpu().numpy().copy() for name, value in model.state_dict().items()}


def halved(weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Weights in half precision, for models that are handed on: half as large.

    Raises:
        InvalidSetting: when one is too large for it, or is no number but a part of a file.
    """
    numbers = all(value.dtype.kind == "f" for value in weights.values())
    require(numbers, "Only weights have a precision; a model of ONNX keeps its files as they are.")
    most = np.finfo(np.float16).max
    fit = all((np.abs(value) <= most).all() for value in weights.values())
    require(fit, f"Half precision holds weights up to {most:,.0f}; keep these as they are.")
    return {name: value.astype(np.float16) for name, value in weights.items()}
