"""What the second head of an ONNX encoder means, measured without gradients of the files' steps.

As for weights: under the right reading training has come to rest. There the gradients of D and of the KL with respect
to a shift of each unit's second head are opposite, and their ratio is β. That of D is measured by shifting it.
"""

import numpy as np
import torch
from torch import Tensor

from vae_explorer.importers import rest
from vae_explorer.importers.blueprint import INPUT, INPUTS, LOGITS, OUTPUT, SECOND_HEADS
from vae_explorer.importers.graph_ends import Ends
from vae_explorer.importers.interpretation import Answers, head_rows
from vae_explorer.importers.rest import Meaning, Reading, Weighed
from vae_explorer.models.graph import Graph
from vae_explorer.models.layers import LOGIT_FLOOR
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import MOMENTS

IMAGES = 256
UNITS = 16
"""That are shifted: those that vary most over images."""
SHIFT = 0.1
DRAWS = 2


def identify_graph_head(encoder: Graph, decoder: Graph, ends: Ends, answers: Answers, images: np.ndarray) -> Meaning:
    """The meaning under which training is at rest, given every other answer; images [N, C, H, W] in [0, 1]."""
    x = torch.from_numpy(np.ascontiguousarray(images[:IMAGES], np.float32))
    factor, offset = INPUTS[answers[INPUT]]
    moments = encoder(ends.seen.of(x * factor + offset))
    mu, head = moments[:, head_rows(answers, ends.latent_dim).copy()].chunk(2, dim=1)
    drawing = _Drawing(decoder, ends, answers, mu, x)
    possible = [meaning for meaning in SECOND_HEADS if meaning != "sigma" or head.min() >= 0]
    return rest.ranked([drawing.reading(meaning, head) for meaning in possible])


class _Drawing:
    """Images, their mu, and how far pictures of codes near it are from them."""

    def __init__(self, decoder: Graph, ends: Ends, answers: Answers, mu: Tensor, x: Tensor) -> None:
        self.decoder, self.ends, self.answers, self.mu, self.x = decoder, ends, answers, mu, x
        self.eps = torch.randn((DRAWS, *mu.shape), generator=torch.Generator().manual_seed(0))
        self.units = mu.var(dim=0).argsort(descending=True)[:UNITS]
        self.losses = _losses(answers, decoder.file.last[0] == "Sigmoid")

    def reading(self, meaning: str, head: Tensor) -> Reading:
        """How far training is from rest if this is what the second head means."""
        scale, times = SECOND_HEADS[meaning]
        leaf = head.clone().requires_grad_(True)
        posterior = MOMENTS[scale](self.mu, leaf * times)
        (of_kl,) = torch.autograd.grad(rest.kl(posterior), leaf)
        step = SHIFT * (head.mean(dim=0) if meaning == "sigma" else torch.ones(len(self.mu[0])))
        slopes = torch.stack([self._slope(scale, times, head, int(unit), float(step[unit])) for unit in self.units])
        of_kl = of_kl.sum(dim=0)[self.units]
        found = [rest.rest(of_kl, slopes[:, place], one.betas) for place, one in enumerate(self.losses)]
        beta, fit = min(found, key=lambda one: one[1])
        return Reading(meaning, beta, fit, rest.moment(posterior))

    def _slope(self, scale: str, times: float, head: Tensor, unit: int, step: float) -> Tensor:
        """By how much each loss rises with one unit's second head, all images together."""
        shift = torch.zeros_like(head)
        shift[:, unit] = step
        above, below = (self._loss(MOMENTS[scale](self.mu, (head + way * shift) * times)) for way in (1, -1))
        return (above - below) / (2 * step)

    def _loss(self, posterior: Posterior) -> Tensor:
        sigma = (0.5 * posterior.moments().logvar).exp()
        z = (self.mu + sigma * self.eps).flatten(0, 1)
        drawn = self.decoder(z.view(-1, *self.ends.code))
        logits = self._logits(self.ends.drawn.back(drawn, self.ends.image_shape))
        seen = self.x.repeat(DRAWS, 1, 1, 1)
        return torch.stack([one.loss(logits, seen) for one in self.losses]) / DRAWS

    def _logits(self, drawn: Tensor) -> Tensor:
        if self.answers[OUTPUT] == LOGITS:
            return drawn
        factor, offset = INPUTS[self.answers[INPUT] if self.answers[OUTPUT] == "none" else "unit"]
        return torch.logit((drawn - offset) / factor, eps=LOGIT_FLOOR)


def _losses(answers: Answers, ends_in_sigmoid: bool) -> list[Weighed]:
    """Distortions of pixels from 0 to 1, and the weights of the KL beside them; squares are of pixels as they enter."""
    factor = INPUTS[answers[INPUT]][0]
    squares = Weighed(rest.squared, tuple(beta / factor**2 for beta in rest.HALF))
    return [Weighed(rest.crossed, (1.0,)), squares] if answers[OUTPUT] == LOGITS or ends_in_sigmoid else [squares]
