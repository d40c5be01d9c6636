"""What happens while a model trains, one sentence each, drawn from its trace alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from vae_explorer.journal import gap
from vae_explorer.texts import figure
from vae_explorer.training.windows import Window

EMPTY = 0.01
"""Nats: a unit whose KL is lower carries nothing that a decoder could read."""
AWAKE = 0.1
"""Nats: from here on a unit carries something; ten times EMPTY, so that no unit wakes and collapses by noise."""
STAYS = 3
"""Lines for which a unit stays empty before that is told."""
SETTLED = 100
"""Steps, and a whole epoch, before which an empty unit is no news: all of them are at the start."""
TOGETHER = 2.0
"""Units wake up or collapse together when the last did within so many times the steps of the first: early steps
change more than late ones."""
RECENT = 0.1
"""Of the epochs so far: the span whose mean is held against that of the span before."""
LEVEL = 0.001
"""Of a figure: what changes by less from span to span has levelled off; the noise of the draws is about as large."""
MOST = 6
"""Remarks at a time."""
NAMED = 6
"""Units that are named one by one."""


class Remark(NamedTuple):
    """One sentence, and the optimizer step that it is about."""

    step: int
    sentence: str


class Story(NamedTuple):
    """A trace as arrays over its L lines."""

    lines: Sequence[Window]
    kl: np.ndarray | None
    """[L, D], nats; None where the rate does not split over units."""
    names: Mapping[int, str]
    """Of those units that have one."""


class Change(NamedTuple):
    """A figure over a span of epochs, and over as many before."""

    before: float
    after: float
    epochs: float

    @property
    def share(self) -> float:
        """By how much it rose, of what it was."""
        return (self.after - self.before) / max(abs(self.before), 1e-9)


def explain(lines: Sequence[Window], names: Mapping[int, str] = MappingProxyType({})) -> list[Remark]:
    """What happens, the latest first; nothing before there are a few lines to go by. names: of units that have one."""
    if len(lines) < STAYS:
        return []
    rows = [line.kl for line in lines if line.kl is not None]
    story = Story(lines, np.array(rows) if len(rows) == len(lines) else None, names)
    found = [remark for aspect in ASPECTS for remark in aspect(story)]
    return sorted(found, key=lambda remark: -remark.step)[:MOST]


def _loss(story: Story) -> Iterator[Remark]:
    change = _change(story.lines, [line.loss for line in story.lines])
    if change is not None and change.share > LEVEL:
        rise, span = 100 * change.share, _epochs(change.epochs)
        yield Remark(story.lines[-1].step, f"The training loss rose by {rise:.1f} % over the last {span}.")


def _nll(story: Story) -> Iterator[Remark]:
    change = _change(story.lines, [line.nll for line in story.lines])
    if change is None:
        return
    step, each = story.lines[-1].step, (change.after - change.before) / change.epochs
    if abs(change.share) <= LEVEL:
        span = _epochs(change.epochs)
        yield Remark(
            step, f"The nll has levelled off at {figure(change.after, 1)} nats: it hardly moved over the last {span}."
        )
    else:
        way = "falls" if each < 0 else "rises"
        yield Remark(step, f"The nll {way} by {abs(each):.2g} nats per epoch; it is at {figure(change.after, 1)} nats.")


def _gap(story: Story) -> Iterator[Remark]:
    sentence = gap.sentence(story.lines)
    if sentence:
        yield Remark(story.lines[-1].step, sentence)


def _betas(story: Story) -> Iterator[Remark]:
    """What each change of beta did, up to the next one or to now."""
    lines = story.lines
    places = [place for place in range(1, len(lines)) if lines[place].beta != lines[place - 1].beta]
    for place, end in pairwise((*places, len(lines))):
        before, after = _last_epoch(lines[:place]), _last_epoch(lines[place:end])
        step, was, beta = lines[place - 1].step, lines[place - 1].beta, lines[place].beta
        moved = f"the nll went from {figure(before.nll, 1)} to {figure(after.nll, 1)} nats"
        if before.rate is not None and after.rate is not None:
            moved = f"the rate went from {figure(before.rate, 1)} to {figure(after.rate, 1)}, {moved}"
        yield Remark(step, f"β was changed from {was:g} to {beta:g} at step {step:,}: {moved}.")


def _waking(story: Story) -> Iterator[Remark]:
    """Units that began to carry something, those together that did so at about the same time."""
    if story.kl is None or _collapsed(story):
        return
    awake = story.kl >= AWAKE
    first = {unit: int(awake[:, unit].argmax()) for unit in np.flatnonzero(awake.any(axis=0)).tolist()}
    for group in _together(story, first):
        before, after = story.lines[max(0, first[group[0]] - 1)], story.lines[first[group[-1]]]
        if before.rate is not None and after.rate is not None and after.rate >= before.rate + AWAKE:
            woke = _sentence_start(_units(group, story.kl.shape[1], story.names))
            rose = f"the rate rose from {figure(before.rate, 1)} to {figure(after.rate, 1)} nats"
            yield Remark(after.step, f"{woke} became active by step {after.step:,}, when {rose}.")


def _sleeping(story: Story) -> Iterator[Remark]:
    """Units that carry nothing: since they collapsed, or as yet."""
    if story.kl is None or _collapsed(story):
        return
    kl, empty = story.kl, _empty(story)
    collapsed = {unit: since for unit, since in empty.items() if (kl[:since, unit] >= AWAKE).any()}
    for group in _together(story, collapsed):
        step, units = story.lines[collapsed[group[-1]]].step, _sentence_start(_units(group, kl.shape[1], story.names))
        when, whose = ("at", "its") if len(group) == 1 else ("by", "their")
        yield Remark(step, f"{units} collapsed {when} step {step:,}: {whose} KL stays below {EMPTY:g} nats.")
    never = [unit for unit in empty if unit not in collapsed]
    if never:
        have, step = ("has" if len(never) == 1 else "have"), story.lines[-1].step
        units = _sentence_start(_units(never, kl.shape[1], story.names))
        yield Remark(step, f"{units} {have} carried nothing so far: KL below {EMPTY:g} nats.")


def _posterior_collapse(story: Story) -> Iterator[Remark]:
    if story.kl is not None and _collapsed(story):
        step = story.lines[max(_empty(story).values())].step
        what = "every unit" if story.kl.shape[1] > 1 else "the only unit"
        yield Remark(
            step, f"Since step {step:,}, {what} carries nothing (KL below {EMPTY:g} nats): posterior collapse."
        )


ASPECTS: tuple[Callable[[Story], Iterator[Remark]], ...] = (
    _posterior_collapse,
    _loss,
    _gap,
    _nll,
    _betas,
    _waking,
    _sleeping,
)
"""What may be said of a story; of one step, the first comes first."""


def _together(story: Story, places: dict[int, int]) -> Iterator[list[int]]:
    """Units by the line at which something happened to them, those together to which it did at about the same time."""
    order = sorted(places, key=lambda unit: (places[unit], unit))
    while order:
        limit = TOGETHER * story.lines[places[order[0]]].step
        group = [unit for unit in order if story.lines[places[unit]].step <= limit]
        order = order[len(group) :]
        yield group


def _collapsed(story: Story) -> bool:
    """Whether no unit carries anything."""
    return story.kl is not None and len(_empty(story)) == story.kl.shape[1]


def _empty(story: Story) -> dict[int, int]:
    """The units that have been empty for STAYS lines at least, and since which."""
    kl, last = story.kl, story.lines[-1]
    if kl is None or last.step < SETTLED or last.epoch < 1:
        return {}
    full = kl >= EMPTY
    since = np.where(full.any(axis=0), len(kl) - full[::-1].argmax(axis=0), 0)
    return {unit: int(line) for unit, line in enumerate(since) if len(kl) - line >= STAYS}


def _change(lines: Sequence[Window], values: Sequence[float]) -> Change | None:
    """How a figure moved lately; None before the third epoch, and while a change of beta is too near to tell."""
    now = lines[-1].epoch
    span = max(1.0, RECENT * now)
    edges = now - span, now - 2 * span
    inside = [line for line in lines if line.epoch > edges[1]]
    if edges[1] < 0 or any(line.beta != lines[-1].beta for line in inside):
        return None
    steps = np.diff([0, *(line.step for line in lines)])
    epochs = np.array([line.epoch for line in lines])
    parts = epochs > edges[0], (epochs > edges[1]) & (epochs <= edges[0])
    if not all(part.any() for part in parts):
        return None
    after, before = (float(np.average(np.array(values)[part], weights=steps[part])) for part in parts)
    return Change(before, after, span)


class _Figures(NamedTuple):
    nll: float
    rate: float | None


def _last_epoch(lines: Sequence[Window]) -> _Figures:
    """Means over the lines of the last epoch."""
    last = [line for line in lines if line.epoch > lines[-1].epoch - 1]
    rates = [line.rate for line in last if line.rate is not None]
    return _Figures(float(np.mean([line.nll for line in last])), float(np.mean(rates)) if rates else None)


def _units(units: Sequence[int], known: int, names: Mapping[int, str]) -> str:
    if len(units) == known > 1:
        return "both units" if known == 2 else f"all {known} units"
    if len(units) > NAMED:
        return f"{len(units)} of {known} units"
    told = [f"{unit} ({names[unit]})" if unit in names else str(unit) for unit in sorted(units)]
    return f"unit {told[0]}" if len(told) == 1 else f"units {', '.join(told[:-1])} and {told[-1]}"


def _sentence_start(text: str) -> str:
    return text[0].upper() + text[1:]


def _epochs(span: float) -> str:
    return "epoch" if span == 1 else f"{span:.0f} epochs"
