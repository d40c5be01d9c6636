"""The terms of the ELBO, per image and per unit, and what a loss sees of a step."""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import require
from vae_explorer.losses import LOSSES
from vae_explorer.losses.row import Match
from vae_explorer.models.priors import log_normal
from vae_explorer.models.vae import VAE, Output
from vae_explorer.schedules import OPENINGS

MAX_DRAWN = 2**27
"""Most pixels that a batch with all its draws may have: 0.5 GB for each pass over them."""


class ElboTerms(NamedTuple):
    """Distortion and rate of a batch, in nats per image and free of beta; a plain autoencoder has no rate."""

    nll: Tensor
    """[B]."""
    rate: Tensor | None
    """KL(q(z|x) || p(z)); [B]. One draw's estimate where the prior leaves no closed form."""
    kl_per_dim: Tensor | None
    """[B, D]; None where the rate does not split over units."""

    @property
    def elbo(self) -> Tensor | None:
        """−(nll + rate) of each image, in nats, always at beta = 1; [B]."""
        return None if self.rate is None else -(self.nll + self.rate)


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


def elbo_terms(model: VAE, output: Output, x: Tensor) -> ElboTerms:
    """The ELBO's terms of one pass over images x [B, C, H, W] in [0, 1], in nats per image; one row per draw."""
    nll = image_nll(model, output, x)
    if model.config.plain:
        return ElboTerms(nll, None, None)
    mu, logvar = output.posterior.moments()
    if model.prior.closed_form:
        kl = kl_per_dim(mu, logvar)
        return ElboTerms(nll, kl.sum(1), kl)
    log_q = log_normal(output.z, mu, logvar).sum(1)
    return ElboTerms(nll, log_q - model.prior.log_prob(output.z, model.encode), None)


def unit_rates(model: VAE, output: Output) -> Tensor | None:
    """What each unit costs, in nats; [B, D]; None for a plain autoencoder.

    KL(q(z_d|x) || p(z_d)) with the prior's marginal of that unit: exact for N(0, I), one draw's estimate for others,
    whose rate is not their sum: units that the prior ties together each count what they share.
    """
    if model.config.plain:
        return None
    mu, logvar = output.posterior.moments()
    if model.prior.closed_form:
        return kl_per_dim(mu, logvar)
    return log_normal(output.z, mu, logvar) - model.prior.log_prob_per_unit(output.z, model.encode)


def log_weights(model: VAE, output: Output, nll: Tensor) -> Tensor:
    """log p(x|z) + log p(z) − log q(z|x) at the drawn z, in nats, from the nll of each draw; both [K·B].

    Its mean over draws is the ELBO; the log of the mean of its exponentials over K draws is the importance-weighted
    bound, at least the ELBO and rising with K. Burda et al. 2016, equation 8.
    """
    mu, logvar = output.posterior.moments()
    log_ratio = model.prior.log_prob(output.z, model.encode) - log_normal(output.z, mu, logvar).sum(1)
    return log_ratio - nll


def image_nll(model: VAE, output: Output, x: Tensor) -> Tensor:
    """−log p(x|z) of images x [B, C, H, W] at each drawn z, in nats; [K·B]."""
    draws = len(output.z) // len(x)
    return model.likelihood(output.logits, x if draws == 1 else x.repeat(draws, 1, 1, 1))


class Decomposition(NamedTuple):
    """The rate of each drawn z in three parts [B], in nats, whose sum is log q(z|x) − log p(z) exactly."""

    mutual_information: Tensor
    total_correlation: Tensor
    unit_wise_kl: Tensor


def decompose(z: Tensor, mu: Tensor, logvar: Tensor, log_prior: Tensor, population: int) -> Decomposition:
    """The rate's decomposition with q(z) estimated from the batch by stratified sampling (Chen et al. 2018, eq. S6).

    Args:
        z, mu, logvar: draws and posterior moments of a batch, [B, D].
        log_prior: log p(z) of the draws, [B].
        population: training images, N.
    """
    table = log_normal(z[:, None], mu[None], logvar[None])
    weights = stratified_log_weights(len(z), population)[:, :, None].to(z.device)
    log_q = torch.logsumexp(weights[:, :, 0] + table.sum(2), dim=1)
    log_product = torch.logsumexp(weights + table, dim=1).sum(1)
    log_q_x = log_normal(z, mu, logvar).sum(1)
    return Decomposition(log_q_x - log_q, log_q - log_product, log_product - log_prior)


def stratified_log_weights(batch: int, population: int) -> Tensor:
    """Log weights [B, B] with which posteriors of a batch stand for q(z) of the whole set; each row sums to 1.

    The image itself counts 1/N, one other (the next) takes what is left, the rest 1/(B − 1) each (Chen et al. 2018).
    """
    others = max(batch - 1, 1)
    weights = torch.full((batch, batch), 1 / others)
    index = torch.arange(batch)
    weights[index, (index + 1) % batch] = max(population - others, 1) / (population * others)
    weights[index, index] = 1 / population
    return weights.log()


class Pass(NamedTuple):
    """One pass over a batch at one moment of training, as a loss looks at it (`losses.row.Step`)."""

    model: VAE
    output: Output
    terms: ElboTerms
    beta: float | Tensor
    """After annealing; one for each image [B] where a network is trained for many at once."""
    done: float
    population: int
    critic: Callable[[Tensor], Tensor] | None
    """A discriminator's log ratio of z [B, D] against permuted units; [B]."""

    @property
    def nll(self) -> Tensor:
        """The distortion of each draw; [K·B]."""
        return self.terms.nll

    @property
    def rate(self) -> Tensor:
        """The rate, which every model but a plain autoencoder has; [B]."""
        assert self.terms.rate is not None
        return self.terms.rate

    @property
    def unit_kl(self) -> Tensor:
        """KL of each unit under a prior with a closed form; [B, D]."""
        assert self.terms.kl_per_dim is not None
        return self.terms.kl_per_dim

    def parts(self) -> Decomposition:
        """The rate's decomposition, q(z) estimated from the batch."""
        mu, logvar = self.output.posterior.moments()
        log_prior = self.model.prior.log_prob(self.output.z, self.model.encode)
        return decompose(self.output.z, mu, logvar, log_prior, self.population)

    def log_weights(self) -> Tensor:
        """The importance weight of each draw; [K·B]."""
        return log_weights(self.model, self.output, self.terms.nll)

    def total_correlation(self) -> Tensor:
        """The discriminator's estimate of each draw; [B]."""
        assert self.critic is not None
        return self.critic(self.output.z)


def require_fit(model: VAE, images: ImageSet, config: TrainConfig) -> None:
    """Refuse to train what cannot be trained together.

    Raises:
        InvalidSetting: when batch, objective, model and images do not fit together.
    """
    batch, shape, row = config.batch_size, model.config, LOSSES[config.objective]
    require(batch <= len(images), f"batch_size must be at most the {len(images)} training images, not {batch}.")
    require(
        images.image_shape == shape.image_shape,
        f"The model takes images of {list(shape.image_shape)}, not {list(images.image_shape)}.",
    )
    solved = " or ".join(name for name, other in LOSSES.items() if other.closed_form)
    alone = f"The objective {solved} solves for a linear model (the preset pca-…), and nothing else trains one."
    require(shape.linear == row.closed_form, alone)
    plain = " or ".join(name for name, other in LOSSES.items() if other.plain and not other.closed_form)
    only = f"The objective {plain} belongs to a plain autoencoder (a preset ae-…), and only {plain} does."
    require(shape.plain == row.plain, only)
    many = " or ".join(name for name, other in LOSSES.items() if other.multi_rate)
    require(shape.betas is None or row.multi_rate, f"One network for many βs is trained by {many}.")
    require(shape.betas is None or config.beta == 1, "A multi-rate network draws its βs; leave beta out.")
    openings = " or ".join(OPENINGS)
    fits = shape.betas is None or config.annealing in OPENINGS
    require(fits, f"A multi-rate network takes the annealing {openings}, not {config.annealing}.")
    pixels = math.prod(images.image_shape)
    match = Match(batch, shape.latent_dim, shape.prior, pixels)
    for requirement in row.requirements:
        require(requirement.met(match), requirement.sentence)
    drawn = batch * config.draws * pixels
    require(
        drawn <= MAX_DRAWN,
        f"batch_size · importance_samples · pixels must be at most {MAX_DRAWN:,}, not {drawn:,}.",
    )
    classes = len(images.classes)
    require(shape.classes in (0, classes), f"The model takes {shape.classes} classes, the images have {classes}.")
