"""Passes over batches: images, noise and β in, what a loss looks at out; a batch may be shared out among processes."""

import torch
from torch import Tensor

from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.losses import LOSSES
from vae_explorer.models.compiled import compiled_forward
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE, Output
from vae_explorer.objectives import ElboTerms, Pass, elbo_terms
from vae_explorer.training.adversary import Adversary
from vae_explorer.training.beta_draws import step_beta
from vae_explorer.training.image_batches import ImageBatches
from vae_explorer.training.ranks import Forward, Ranks


class Passes:
    """A model over its training images; every process draws for the whole batch, and takes its own rows of that."""

    def __init__(
        self, model: VAE, images: ImageSet, config: TrainConfig, generator: torch.Generator, ranks: Ranks
    ) -> None:
        self.images = ImageBatches(images, generator.device, config.redraw)
        self._model, self._config, self._generator, self._ranks = model, config, generator, ranks
        self._labels = torch.from_numpy(images.labels).to(generator.device) if model.config.classes else None
        self._per_image = LOSSES[config.objective].per_image
        self._flat = all(weight.ndim < 4 for weight in model.parameters())
        if not self._flat:
            model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._forward: Forward = model

    def begin(self, compiled: bool) -> None:
        """Once the weights are those that training begins with: the processes take over the first one's."""
        shared = self._ranks.shared(self._model)
        self._forward = compiled_forward(shared) if compiled else shared

    def over(self, batch: Tensor, beta: float, done: float, adversary: Adversary | None) -> Pass:
        """The pass over these rows [B] of the images; beta before annealing, done the share of training.

        Of this process's own rows alone where the loss is a mean over images.
        """
        own, draws = self._ranks.own(batch), self._config.draws
        x, y = self._batch(own, batch)
        eps = self._ranks.own(self._model.eps(len(batch) * draws, self._generator), draws)
        weight = step_beta(self._model, self._config, beta, len(batch), done, self._generator, self._ranks)
        with torch.autocast(x.device.type, torch.bfloat16, enabled=self._config.precision == "bf16"):
            output = self._forward(x, eps, y)
        terms = elbo_terms(self._model, output, x)
        if not self._per_image:
            output, terms = self._whole(output, terms, draws)
        elif isinstance(weight, Tensor):
            weight = self._ranks.own(weight)
        critic = None if adversary is None else adversary.discriminator.log_ratio
        return Pass(self._model, output, terms, weight, done, len(self.images), critic)

    @torch.no_grad()
    def codes(self, rows: int) -> Tensor:
        """Codes of so many images, drawn anew; [rows, D]."""
        device = self._generator.device
        batch = torch.randint(len(self.images), (rows,), generator=self._generator, device=device)
        x, y = self._batch(self._ranks.own(batch), batch)
        eps = self._ranks.own(self._model.eps(rows, self._generator))
        return self._ranks.gathered(self._model.encode(x, y).sample(eps))

    def _batch(self, own: Tensor, batch: Tensor) -> tuple[Tensor, Tensor | None]:
        x = self.images.seen(batch, self._generator, self._ranks)
        if not self._flat:
            x = x.contiguous(memory_format=torch.channels_last)
        return x, None if self._labels is None else self._labels[own]

    def _whole(self, output: Output, terms: ElboTerms, draws: int) -> tuple[Output, ElboTerms]:
        """What the whole batch came to, for losses that look at more than a mean; the logits stay the process's own."""
        if self._ranks.count == 1:
            return output, terms
        (mu, logvar), (nll, rate, kl) = output.posterior, terms
        columns = [mu, logvar, output.z, nll[:, None], None if rate is None else rate[:, None], kl]
        present = [column for column in columns if column is not None]
        table = self._ranks.gathered(torch.cat(present, 1), draws).split([column.shape[1] for column in present], 1)
        parts = iter(table)
        mu, logvar, z, nll, rate, kl = (None if column is None else next(parts) for column in columns)
        assert mu is not None
        assert z is not None
        assert nll is not None
        whole = ElboTerms(nll[:, 0], None if rate is None else rate[:, 0], kl)
        return Output(Posterior(mu, logvar), z, output.logits), whole
