"""The gap between the images that a model is trained on and those that it is not, over its epochs."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from vae_explorer.texts import figure
from vae_explorer.training.validation import Validation
from vae_explorer.training.windows import Window

SPAN = 3
"""Epochs over which the gap is averaged: from one to the next it moves with the draws."""
FAST = 0.01
"""Of what unseen images have: while training gains more from one epoch to the next, it is not told from a gap."""
GROWN, LEAST = 0.005, 0.5
"""By how much it has grown before that is told: of what unseen images have, and in nats."""


class Gap(NamedTuple):
    """At the end of an epoch, in nats per image."""

    epoch: float
    seen: Validation
    nats: float
    """By how much unseen images have more nll + rate than those of training."""


class _Epoch(NamedTuple):
    epoch: float
    trained: float
    """nll + rate, a mean over its training images."""
    seen: Validation


def gaps(lines: Sequence[Window]) -> list[Gap]:
    """Of epochs under the present beta, but for the last one, means over SPAN epochs.

    Training measures over an epoch, unseen images are looked at when it ends: they stand against the mean of the epoch
    before that end and of the one after it; and while a model learns fast, there is none to tell.
    """
    raw = [
        Gap(here.epoch, here.seen, here.seen.bound - (here.trained + after.trained) / 2)
        for here, after in pairwise(_epochs(lines))
        if abs(here.trained - after.trained) <= max(FAST * abs(here.seen.bound), LEAST)
    ]
    return [
        last._replace(nats=sum(gap.nats for gap in raw[place - SPAN + 1 : place + 1]) / SPAN)
        for place, last in enumerate(raw)
        if place >= SPAN - 1
    ]


def _epochs(lines: Sequence[Window]) -> list[_Epoch]:
    found: list[_Epoch] = []
    steps, total, before = 0, 0.0, 0
    for line in lines:
        steps, total = steps + line.step - before, total + (line.step - before) * (line.nll + (line.rate or 0.0))
        before = line.step
        if line.validation is not None:
            if line.beta == lines[-1].beta:
                found.append(_Epoch(line.epoch, total / steps, line.validation))
            steps, total = 0, 0.0
    return found


def sentence(lines: Sequence[Window]) -> str:
    """By how much the gap has grown, and whether the model gets worse on unseen images; empty while neither is so."""
    found = gaps(lines)
    if len(found) < 2:
        return ""
    now, least = found[-1], min(found[:-1], key=lambda gap: gap.nats)
    best = min(found, key=lambda gap: gap.seen.bound)
    room = max(GROWN * abs(now.seen.bound), LEAST)
    if now.nats - least.nats < room:
        return ""
    what = "nll" if now.seen.rate is None else "nll + rate"
    grew = f"grew from {figure(least.nats, 1)} (epoch {least.epoch:g}) to {figure(now.nats, 1)} nats"
    worse = now.seen.bound - best.seen.bound >= room
    since = f" Theirs was lowest in epoch {best.epoch:g}: since then it overfits." if worse else ""
    return f"The gap in {what} between {now.seen.n} {now.seen.split} images and training {grew}.{since}"
