"""Seeing: what a snapshot is made of, the same images and the same codes through the weights of one moment."""

import numpy as np

from vae_explorer import coding, models
from vae_explorer.config import ModelConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.images import to_uint8
from vae_explorer.journal.snapshots import Fixed, Snapshot
from vae_explorer.latents.encoded import Latents, prior_codes, prior_spread
from vae_explorer.latents.sampling import standard_normal
from vae_explorer.latents.traversals import linear_axis, traverse
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.models.vae import VAE
from vae_explorer.projections.planes import pca_plane
from vae_explorer.projections.procrustes import turned

SHOWN, ORIGINALS, SAMPLES, VALUES, SPAN, WALKS = 2000, 16, 16, 7, 2.5, 32
"""Images on the map, images that are reconstructed, samples, steps of a walk, their reach in standard deviations of
the prior, and the most units that are walked along."""
SEED = 0


class Sight:
    """The images and codes that a run is watched by, the same at every moment and in every run on these images."""

    def __init__(self, config: ModelConfig, test: ImageSet) -> None:
        indices = np.random.default_rng(SEED).permutation(len(test))[:SHOWN]
        self._config = config
        self._shown = test.select(indices)
        eps = standard_normal(SAMPLES, config.latent_dim, SEED)
        values = linear_axis(VALUES, SPAN).astype(np.float32)
        self.fixed = Fixed(indices, self._shown.labels, self._shown.images[:ORIGINALS], eps, values)

    def snapshot(
        self, model: VAE, step: int, epoch: float, seconds: float, beta: float, before: np.ndarray | None
    ) -> Snapshot | None:
        """The model as it is now, its map turned to the one before [N, 2]; None when its figures are not finite.

        The weights are copied first: what is measured here takes nothing of the trainer's and leaves nothing there.
        """
        seen = models.restore(self._config, models.weights(model))
        latents = coding.encode_set(seen, self._shown, SEED)
        measured = evaluation(latents)
        if not (np.isfinite(latents.mu).all() and np.isfinite(measured.nll) and np.isfinite(measured.rate or 0)):
            return None
        kl = None if latents.kl_per_dim is None else latents.kl_per_dim.astype(np.float32)
        figures = measured.nll, measured.rate, kl
        return Snapshot(
            step, epoch, seconds, beta, *figures, latents.mu, _map(latents.mu, before), *self._seen(seen, latents)
        )

    def _seen(self, model: VAE, latents: Latents) -> list[np.ndarray]:
        """Reconstructions, samples and walks, decoded as one batch."""
        walks = self._walks(latents)
        z = (latents.mu[:ORIGINALS], self._samples(latents), walks.reshape(-1, walks.shape[2]))
        classes = (latents.label[:ORIGINALS], np.arange(SAMPLES), np.repeat(np.arange(len(walks)), walks.shape[1]))
        y = np.concatenate(classes) % self._config.classes if self._config.classes else None
        images = to_uint8(coding.decode(model, np.concatenate(z), y))
        rebuilt, drawn, walked = np.split(images, np.cumsum([len(part) for part in z])[:2])
        return [rebuilt, drawn, walked.reshape(*walks.shape[:2], *images.shape[1:])]

    def _samples(self, latents: Latents) -> np.ndarray:
        """eps as draws from the prior; a plain autoencoder, which has none, takes them as they are."""
        eps = self.fixed.eps
        return eps if latents.prior is None else prior_codes(latents.prior, eps, SEED)

    def _walks(self, latents: Latents) -> np.ndarray:
        """Codes [U, S, D] of walks along the first units, from the prior's mean."""
        mean, deviation = prior_spread(latents)
        units = range(min(len(mean), WALKS))
        return np.stack([traverse(mean, unit, mean[unit] + deviation[unit] * self.fixed.values) for unit in units])


def _map(mu: np.ndarray, before: np.ndarray | None) -> np.ndarray:
    """Two units as they are, one on a line, more in the plane of their principal components; float32 [N, 2]."""
    if mu.shape[1] <= 2:
        return np.pad(mu, ((0, 0), (0, 2 - mu.shape[1])))
    xy = pca_plane(mu).project(mu)
    return (xy if before is None else turned(xy, before)).astype(np.float32)
