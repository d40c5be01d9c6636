"""Stages: epochs of a run that were trained otherwise than those after them, because it was trained further."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from vae_explorer.bounds import is_count, is_number

MOST_EPOCHS = 100_000
MOST = 1000
"""Stages of one run."""


PLACE = ("threads", "device", "compiled", "processes")
"""Where a run is trained, by the names of a plan, a recipe and a stage alike."""


class Stage(NamedTuple):
    """How the epochs up to one of them were trained."""

    last: int
    """The last of them."""
    epochs: int
    """How many the run was to have then, by which learning rate and annealing went."""
    lr: float
    beta: float
    threads: int
    device: str
    compiled: bool
    went_on: bool
    """Whether Adam's moments and the draws went on into the next stage; those of a finished run are not kept."""
    processes: int = 1
    """That shared every batch out among them."""

    @classmethod
    def parsed(cls, values: Mapping[str, Any]) -> Self:
        """The stage that `_asdict` gave.

        Raises:
            ValueError, TypeError: for anything else.
        """
        found = cls(**values)
        counts = all(is_count(value, 1, MOST_EPOCHS) for value in (found.last, found.epochs, found.processes))
        numbers = is_number(found.lr, 0, 10) and is_number(found.beta, 0, 1e4) and isinstance(found.threads, int)
        words = isinstance(found.device, str) and isinstance(found.compiled, bool) and isinstance(found.went_on, bool)
        if not (counts and numbers and words):
            raise ValueError("no stage of a run")
        return found


WORDS = {
    "lr": "lr {:g}",
    "beta": "β {:g}",
    "epochs": "a schedule to epoch {}",
    "threads": "threads {}",
    "device": "on {}",
    "compiled": "compiled {}",
    "processes": "processes {}",
}
"""What may differ from stage to stage, in words."""


def parsed(values: Sequence[Mapping[str, Any]]) -> tuple[Stage, ...]:
    """The stages of a file.

    Raises:
        ValueError, TypeError: for anything else, and for stages that do not follow each other.
    """
    if len(values) > MOST:
        raise ValueError("too many stages")
    found = tuple(Stage.parsed(one) for one in values)
    ends = [stage.last for stage in found]
    if ends != sorted(set(ends)):
        raise ValueError("stages out of order")
    return found


def course(stages: Sequence[Stage], now: Stage) -> str:
    """All stages in words, each with what differs: "epochs 1–20: lr 0.001; epochs 21–40: lr 0.0003"; now: the last.

    It has no epoch where the one that was chosen is of a stage before.
    """
    every = [*stages, *([now] if not stages or now.last > stages[-1].last else [])]
    told = [name for name in WORDS if len({getattr(stage, name) for stage in every}) > 1]
    firsts = [1, *(stage.last + 1 for stage in stages)]
    return "; ".join(
        f"{_span(first, stage.last)}: " + ", ".join(WORDS[name].format(getattr(stage, name)) for name in told)
        for first, stage in zip(firsts, every, strict=False)
    )


def difference(before: Stage, now: Stage) -> str:
    """Why what follows is not bit for bit what one uninterrupted run would have been."""
    changes = [_change(name, before, now) for name in WORDS if getattr(before, name) != getattr(now, name)]
    anew = [] if before.went_on else ["Adam's moments from zero", "new draws"]
    *most, last = [*changes, *anew]
    why = f"{', '.join(most)} and {last}" if most else last
    what = _span(before.last + 1, now.epochs)
    are = "is" if before.last + 1 == now.epochs else "are"
    return f"{what[0].upper()}{what[1:]} {are} trained with {why}: not bit for bit what one uninterrupted run would be."


def _change(name: str, before: Stage, now: Stage) -> str:
    was = getattr(before, name)
    return f"{WORDS[name].format(getattr(now, name))} instead of {was if isinstance(was, str | bool) else f'{was:g}'}"


def _span(first: int, last: int) -> str:
    return f"epoch {first}" if first == last else f"epochs {first}–{last}"
