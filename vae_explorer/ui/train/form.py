"""The form of a run: plain values in the session, checked by the settings they are meant for."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import streamlit as st

from vae_explorer import datasets
from vae_explorer.config import OBJECTIVES, PRIORS, ModelConfig, TrainConfig
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import desk, estimates, records, reports, sweeps
from vae_explorer.presets import PRESETS, preset
from vae_explorer.schedules import ANNEALINGS, SCHEDULES
from vae_explorer.ui import actions, panels, state
from vae_explorer.ui.train import cost_line, form_values
from vae_explorer.ui.words import literal

SETTINGS = {"capacity": "C (nats)", "free_nats": "λ (nats per unit)", "importance_samples": "K draws per image"}


class Settings(NamedTuple):
    """What the form asks for, as `jobs.desk.start` takes it."""

    preset: str
    dataset: str
    training: dict[str, Any]
    shape: dict[str, Any]
    name: str
    swept: bool = False
    """Whether a sweep is asked for, over the numbers in these two texts."""
    betas: str = ""
    seeds: str = ""


def main_fields() -> None:
    """Data set, preset, β or several, and epochs; the offer of a download where the data set is absent."""
    st.segmented_control(
        "What to start",
        form_values.KINDS,
        required=True,
        key=_widget_key("what"),
        on_change=form_values.take_over,
        args=("what",),
    )
    _choice("dataset", "Data set", list(datasets.DATASETS), _dataset_title)
    panels.offer_dataset(datasets.dataset(form_values.value("dataset")), "Not here yet.", words=1)
    _choice("preset", "Preset", list(PRESETS))
    summary = preset(form_values.value("preset")).summary
    st.caption(literal(summary[0].upper() + summary[1:]))
    beta, epochs = st.columns(2)
    with beta:
        _text("betas", "β values") if form_values.is_sweep() else _number("beta", "β", 0.5)
    with epochs:
        _number("epochs", "Epochs", 1)
    if form_values.is_sweep():
        _text("seeds", "Seeds")


def more_fields() -> None:
    """Every other setting."""
    objective = form_values.value("objective") or preset(form_values.value("preset")).objective
    usual = f"{preset(form_values.value('preset')).objective} (the preset's)"
    _choice("objective", "Objective", ["", *OBJECTIVES], lambda name: name or usual)
    if OBJECTIVES[objective].setting:
        _number(OBJECTIVES[objective].setting, SETTINGS[OBJECTIVES[objective].setting], None)
    _choice("prior", "Prior", list(PRIORS))
    if form_values.value("prior") != "normal":
        _number("components", "Gaussians in the prior", 1)
    left, right = st.columns(2)
    with left:
        _number("lr", "Learning rate", 0.001, "%g")
        _choice("schedule", "Its schedule", list(SCHEDULES))
        if not form_values.is_sweep():
            _number("seed", "Seed", 1)
    with right:
        _number("batch_size", "Batch size", 1)
        _choice("annealing", "β over training", list(ANNEALINGS))
        _number(
            "latent_dim", "Latent units", 1, placeholder=f"{preset(form_values.value('preset')).latent_dim} (preset)"
        )
    if not form_values.is_sweep():
        _text("name", "Name", "from the settings")


def settings() -> Settings:
    """What the form asks for; a setting that is left to the preset is absent."""
    training, shape = {name: form_values.value(name) for name in form_values.TRAINING}, {}
    objective = form_values.value("objective") or preset(form_values.value("preset")).objective
    training["objective"] = objective
    if OBJECTIVES[objective].setting:
        training[OBJECTIVES[objective].setting] = form_values.value(OBJECTIVES[objective].setting)
    if form_values.value("latent_dim") is not None:
        shape["latent_dim"] = form_values.value("latent_dim")
    if form_values.value("prior") != "normal":
        shape |= {"prior": form_values.value("prior"), "components": form_values.value("components")}
    source = form_values.value("preset"), form_values.value("dataset")
    if form_values.is_sweep():
        return Settings(*source, training, shape, "", True, form_values.value("betas"), form_values.value("seeds"))
    return Settings(*source, training, shape, form_values.value("name").strip())


def show_summary(asked: Settings) -> bool:
    """One line: what would be trained and how long, or why it cannot be. Returns whether it can, as far as is known."""
    here = datasets.dataset(asked.dataset).available(datasets.data_root())
    try:
        config, runs = _checked(asked)
        cost_line.require_buildable(config)
    except ExplorerError as error:
        actions.show_refusal(str(error))
        return False
    words = estimates.words(asked.preset, asked.dataset, asked.training, asked.shape) if here else None
    cost_line.show_cost(config, words, asked.training["epochs"], runs)
    return here


def start_button(asked: Settings, ready: bool) -> None:
    """Ask for the run or the sweep; a refusal is one line below."""
    if not st.button("Start", icon=":material/play_arrow:", type="primary", disabled=not ready, width="stretch"):
        return
    cost_line.drop_question()
    actions.attempt(partial(_start_sweep if asked.swept else _start_run, asked), actions.show_refusal)


def _start_run(asked: Settings) -> None:
    job = desk.start(asked.preset, asked.dataset, asked.training, asked.shape, asked.name)
    state.put("run", job.name)
    if reports.state(job) == reports.FINISHED:
        state.note(f"{job.name} is trained already; another seed or setting starts another run.")


def _start_sweep(asked: Settings) -> None:
    numbers = sweeps.betas(asked.betas), sweeps.seeds(asked.seeds)
    sweep = sweeps.start(asked.preset, asked.dataset, asked.training, asked.shape, *numbers)
    state.put("run", sweep.runs[0])
    state.SWEEP.put(sweep.name)


def _checked(asked: Settings) -> tuple[ModelConfig, int]:
    """The model of these settings, all of which are looked at, and the number of runs."""
    row, data = preset(asked.preset), datasets.dataset(asked.dataset)
    pairs = [(asked.training["beta"], asked.training["seed"])]
    if asked.swept:
        pairs = list(product(sweeps.betas(asked.betas), sweeps.seeds(asked.seeds)))
    for beta, seed in pairs:
        TrainConfig(**{**row.training, **asked.training, "beta": beta, "seed": seed})
    if asked.name:
        records.run_folder(asked.name)
    return row.model(data.image_shape, len(data.classes), **asked.shape), len(pairs)


def _dataset_title(name: str) -> str:
    row = datasets.DATASETS[name]
    return row.title if row.available(datasets.data_root()) else f"{row.title} (not on this machine)"


def _choice(name: str, label: str, options: Sequence[str], shown: Callable[[str], str] = str) -> None:
    st.selectbox(
        label, options, format_func=shown, key=_widget_key(name), on_change=form_values.take_over, args=(name,)
    )


def _number(name: str, label: str, step: float | None, form: str | None = None, placeholder: str | None = None) -> None:
    """A number without bounds: the settings know them, and say so in words."""
    value: Any = "min" if placeholder is None else None
    st.number_input(
        label,
        value=value,
        step=step,
        format=form,
        key=_widget_key(name),
        placeholder=placeholder,
        on_change=form_values.take_over,
        args=(name,),
    )


def _text(name: str, label: str, placeholder: str | None = None) -> None:
    st.text_input(label, key=_widget_key(name), placeholder=placeholder, on_change=form_values.take_over, args=(name,))


def _widget_key(name: str) -> str:
    key = form_values.widget_key(name)
    st.session_state[key] = form_values.value(name)
    return key
