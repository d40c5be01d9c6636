"""What a run would cost, in one line of the form that completes itself while a person goes on choosing."""

from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache, partial

import streamlit as st

from vae_explorer.config import ModelConfig
from vae_explorer.jobs.estimates import QUEUE, Cost, Question
from vae_explorer.ui import state
from vae_explorer.ui.words import counted, lasting, literal

MOMENT = 0.05
"""Seconds that a page waits for PyTorch to count parameters; after that the line looks again."""
PACE = 0.5
"""Seconds from one look to the next."""
_COUNTER = ThreadPoolExecutor(1, "counting")


def require_buildable(config: ModelConfig) -> None:
    """Refuse what cannot be built, as soon as PyTorch is there to tell.

    Raises:
        UnknownName, InvalidSetting: as `models.build`.
    """
    _parameters(config)


def show_cost(config: ModelConfig, asked: tuple[str, ...] | None, epochs: int, runs: int) -> None:
    """Size and time of so many runs; `asked` are the words of the estimate, None where it cannot be had.

    While something is unknown the line looks again by itself, without the rest of the page, where a person may type.
    """
    question = None if asked is None else QUEUE.ask(Question(asked), state.asker(), alone=True)
    show = partial(_show_line, config, question, epochs, runs)
    unknown = _parameters(config) is None or (question is not None and not question.over.is_set())
    st.fragment(show, run_every=PACE if unknown else None)()


def drop_question() -> None:
    """Wait for no figure any more: a run is to start now."""
    QUEUE.leave_all(state.asker())


def _show_line(config: ModelConfig, question: Question | None, epochs: int, runs: int) -> None:
    number = _parameters(config)
    size = "Counting the parameters …" if number is None else _size(number)
    span = "" if question is None else _time(question, epochs, runs)
    st.caption(" · ".join([size, *([span] if span else [])]))


def _size(number: int) -> str:
    return f"{counted(number, 'parameter')} · {4 * number / 1e6:,.1f} MB of weights"


def _time(question: Question, epochs: int, runs: int) -> str:
    """Nothing of a question that was dropped without an answer: a run was started instead."""
    if question.cost is not None:
        return _words(question.cost, epochs, runs)
    if question.over.is_set():
        return f"time not measured: {literal(question.sentence)}" if question.sentence else ""
    return "measuring the time …"


def _words(cost: Cost, epochs: int, runs: int) -> str:
    span = lasting(runs * cost.seconds(epochs))
    whole = f"about {span} for {counted(epochs, 'epoch')}" if runs == 1 else f"{runs} runs, about {span}"
    beside = ", while another run trains" if cost.crowded else ""
    return f"{whole} (measured: {counted(cost.steps, 'step')}, {counted(cost.threads, 'thread')}{beside})"


def _parameters(config: ModelConfig) -> int | None:
    """Counted beside the page, for the first count waits for PyTorch; None while it does."""
    try:
        return _counting(config).result(MOMENT)
    except TimeoutError:
        return None


@lru_cache(maxsize=256)
def _counting(config: ModelConfig) -> "Future[int]":
    return _COUNTER.submit(_count, config)


def _count(config: ModelConfig) -> int:
    from vae_explorer import models

    return models.parameters(config)
