"""The terms of the ELBO, per image and per unit, and what training minimises."""

from typing import NamedTuple

from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from vae_explorer.models.vae import Output


class ElboTerms(NamedTuple):
    """Distortion and rate of a batch, in nats per image and free of beta."""

    nll: Tensor
    kl_per_dim: Tensor

    @property
    def rate(self) -> Tensor:
        """KL(q(z|x) || p(z)) of each image, in nats; [B]."""
        return self.kl_per_dim.sum(1)

    @property
    def elbo(self) -> Tensor:
        """−(nll + rate) of each image, in nats, always at beta = 1; [B]."""
        return -(self.nll + self.rate)


def bernoulli_nll(logits: Tensor, x: Tensor) -> Tensor:
    """−log p(x|z) of each image under independent Bernoulli pixels, in nats.

    Grey levels in [0, 1] are read as Bernoulli means, as in most published MNIST figures. Kingma & Welling 2014.

    Args:
        logits: decoder output [B, C, H, W].
        x: images [B, C, H, W] in [0, 1].

    Returns:
        [B], summed over pixels.
    """
    return binary_cross_entropy_with_logits(logits, x, reduction="none").flatten(1).sum(1)


def kl_per_dim(mu: Tensor, logvar: Tensor) -> Tensor:
    """KL(q(z|x) || N(0, I)) of each latent unit, in nats.

    Left unreduced: its sum over units is the rate, its mean over images shows which units carry information.
    Kingma & Welling 2014, appendix B.

    Args:
        mu, logvar: posterior moments, each [B, D].

    Returns:
        [B, D], non-negative.
    """
    return 0.5 * (mu.square() + logvar.expm1() - logvar)


def elbo_terms(output: Output, x: Tensor) -> ElboTerms:
    """The ELBO's terms of one pass over images x [B, C, H, W] in [0, 1], in nats per image."""
    return ElboTerms(bernoulli_nll(output.logits, x), kl_per_dim(*output.posterior))


def log_weights(output: Output, x: Tensor) -> Tensor:
    """log p(x|z) + log p(z) − log q(z|x) at the drawn z, in nats; [B].

    Its mean over draws is the ELBO; the log of the mean of its exponentials over K draws is the importance-weighted
    bound, at least the ELBO and rising with K. Burda et al. 2016, equation 8.
    """
    mu, logvar = output.posterior
    eps_squared = (output.z - mu).square() / logvar.exp()
    log_ratio = 0.5 * (eps_squared + logvar - output.z.square()).sum(1)
    return log_ratio - bernoulli_nll(output.logits, x)


def beta_loss(terms: ElboTerms, beta: float) -> Tensor:
    """nll + beta · rate, in nats, the batch mean; beta 1: the −ELBO (Higgins et al. 2017)."""
    return (terms.nll + beta * terms.rate).mean()
