"""The form of a run: plain values in the session, checked by the settings they are meant for."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import streamlit as st

from vae_explorer import datasets
from vae_explorer.config import OBJECTIVES, PRIORS, ModelConfig, TrainConfig
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import desk, records, reports
from vae_explorer.presets import PRESETS, preset
from vae_explorer.schedules import ANNEALINGS, SCHEDULES
from vae_explorer.ui import panels, state
from vae_explorer.ui.words import counted, literal

USUAL = TrainConfig()
ASKED: Mapping[str, Any] = MappingProxyType(
    {
        "preset": "mlp-z2",
        "beta": USUAL.beta,
        "epochs": USUAL.epochs,
        "latent_dim": None,
        "lr": USUAL.lr,
        "batch_size": USUAL.batch_size,
        "seed": USUAL.seed,
        "objective": "",
        "capacity": 25.0,
        "free_nats": 0.5,
        "importance_samples": 5,
        "annealing": USUAL.annealing,
        "schedule": USUAL.schedule,
        "prior": "normal",
        "components": 10,
        "name": "",
    }
)
"""What the form starts with, but for the data set: the first on this machine."""
PLAIN = ("beta", "epochs", "lr", "batch_size", "seed", "annealing", "schedule")
SETTINGS = {"capacity": "C (nats)", "free_nats": "λ (nats per unit)", "importance_samples": "K draws per image"}
MOMENT = 0.05
"""Seconds that a page waits for PyTorch to count parameters; after that it looks again."""
_COUNTING = ThreadPoolExecutor(1, "counting")


class Settings(NamedTuple):
    """What the form asks for, as `jobs.desk.start` takes it."""

    preset: str
    dataset: str
    training: dict[str, Any]
    shape: dict[str, Any]
    name: str


def main_fields() -> None:
    """Data set, preset, β and epochs; the offer of a download where the data set is absent."""
    _choice("dataset", "Data set", list(datasets.DATASETS), _dataset_title)
    panels.offer(datasets.dataset(_value("dataset")), "Not here yet.", words=1)
    _choice("preset", "Preset", list(PRESETS))
    st.caption(literal(preset(_value("preset")).summary))
    beta, epochs = st.columns(2)
    with beta:
        _number("beta", "β", 0.5)
    with epochs:
        _number("epochs", "Epochs", 1)


def more_fields() -> None:
    """Every other setting."""
    objective = _value("objective") or preset(_value("preset")).objective
    usual = f"{preset(_value('preset')).objective} (the preset's)"
    _choice("objective", "Objective", ["", *OBJECTIVES], lambda name: name or usual)
    if OBJECTIVES[objective].setting:
        _number(OBJECTIVES[objective].setting, SETTINGS[OBJECTIVES[objective].setting], None)
    _choice("prior", "Prior", list(PRIORS))
    if _value("prior") != "normal":
        _number("components", "Gaussians in the prior", 1)
    left, right = st.columns(2)
    with left:
        _number("lr", "Learning rate", 0.001, "%g")
        _choice("schedule", "Its schedule", list(SCHEDULES))
        _number("seed", "Seed", 1)
    with right:
        _number("batch_size", "Batch size", 1)
        _choice("annealing", "β over training", list(ANNEALINGS))
        _number("latent_dim", "Latent units", 1, placeholder=f"{preset(_value('preset')).latent_dim} (preset)")
    st.text_input("Name", key=_face("name"), placeholder="from the settings", on_change=_keep, args=("name",))


def settings() -> Settings:
    """What the form asks for; a setting that is left to the preset is absent."""
    training, shape = {name: _value(name) for name in PLAIN}, {}
    objective = _value("objective") or preset(_value("preset")).objective
    training["objective"] = objective
    if OBJECTIVES[objective].setting:
        training[OBJECTIVES[objective].setting] = _value(OBJECTIVES[objective].setting)
    if _value("latent_dim") is not None:
        shape["latent_dim"] = _value("latent_dim")
    if _value("prior") != "normal":
        shape |= {"prior": _value("prior"), "components": _value("components")}
    return Settings(_value("preset"), _value("dataset"), training, shape, _value("name").strip())


def told(asked: Settings) -> bool:
    """One line: the size of what would be trained, or why it cannot be. Returns whether it can, as far as is known."""
    try:
        number = _number_of_parameters(_checked(asked))
    except ExplorerError as error:
        st.error(literal(str(error)), icon=":material/error:")
        return False
    if number is not None:
        st.caption(f"{counted(number, 'parameter')} · {4 * number / 1e6:,.1f} MB of weights")
    return datasets.dataset(asked.dataset).available(datasets.data_root())


def start_button(asked: Settings, ready: bool) -> None:
    """Ask for the run; a refusal is one line below."""
    if not st.button("Start", icon=":material/play_arrow:", type="primary", disabled=not ready, width="stretch"):
        return
    try:
        job = desk.start(asked.preset, asked.dataset, asked.training, asked.shape, asked.name)
    except ExplorerError as error:
        st.error(literal(str(error)), icon=":material/error:")
        return
    state.put("run", job.name)
    if reports.state(job) == reports.FINISHED:
        state.note(f"{job.name} is trained already; another seed or setting starts another run.")


def _checked(asked: Settings) -> ModelConfig:
    """The model of these settings, all of which are looked at."""
    row, data = preset(asked.preset), datasets.dataset(asked.dataset)
    TrainConfig(**{**row.training, **asked.training})
    if asked.name:
        records.run_folder(asked.name)
    return row.model(data.image_shape, len(data.classes), **asked.shape)


def _number_of_parameters(config: ModelConfig) -> int | None:
    """Counted beside the page, for the first count waits for PyTorch; None, and another look, while it does."""
    counting = _counted(config)
    try:
        return counting.result(MOMENT)
    except TimeoutError:
        st.caption("Counting the parameters …")
        st.fragment(_look_again, run_every=0.5)(counting)
        return None


@lru_cache(maxsize=256)
def _counted(config: ModelConfig) -> "Future[int]":
    return _COUNTING.submit(_count, config)


def _count(config: ModelConfig) -> int:
    from vae_explorer import models

    return models.parameters(config)


def _look_again(counting: "Future[int]") -> None:
    if counting.done():
        st.rerun()


def _dataset_title(name: str) -> str:
    row = datasets.DATASETS[name]
    return row.title if row.available(datasets.data_root()) else f"{row.title} (not on this machine)"


def _first_here() -> str:
    here = [name for name, row in datasets.DATASETS.items() if row.available(datasets.data_root())]
    return here[0]


def _value(name: str) -> Any:
    asked = st.session_state.get("asked", {})
    if name in asked:
        return asked[name]
    return _first_here() if name == "dataset" else ASKED[name]


def _choice(name: str, label: str, options: Sequence[str], shown: Callable[[str], str] = str) -> None:
    st.selectbox(label, options, format_func=shown, key=_face(name), on_change=_keep, args=(name,))


def _number(name: str, label: str, step: float | None, form: str | None = None, placeholder: str | None = None) -> None:
    """A number without bounds: the settings know them, and say so in words."""
    value: Any = "min" if placeholder is None else None
    st.number_input(
        label,
        value=value,
        step=step,
        format=form,
        key=_face(name),
        placeholder=placeholder,
        on_change=_keep,
        args=(name,),
    )


def _face(name: str) -> str:
    st.session_state[f"ask-{name}"] = _value(name)
    return f"ask-{name}"


def _keep(name: str) -> None:
    st.session_state["asked"] = {**st.session_state.get("asked", {}), name: st.session_state[f"ask-{name}"]}
