"""The values of the form: plain ones in the session, and those of a run that is to be asked for again."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType, NoneType
from typing import Any

import streamlit as st

from vae_explorer import datasets
from vae_explorer.config import KEPT, PRIORS, TrainConfig
from vae_explorer.jobs import number_lists, records
from vae_explorer.losses import LOSSES, loss_settings
from vae_explorer.presets import PRESETS, preset
from vae_explorer.run_settings import RunSettings
from vae_explorer.schedules import ANNEALINGS, OPENINGS, SCHEDULES
from vae_explorer.ui import state

USUAL = TrainConfig()
DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "beta": USUAL.beta,
        "latent_dim": None,
        "lr": USUAL.lr,
        "batch_size": USUAL.batch_size,
        "seed": USUAL.seed,
        "objective": "",
        "annealing": USUAL.annealing,
        "schedule": USUAL.schedule,
        "keep": USUAL.keep,
        "patience": USUAL.patience,
        "validation": USUAL.validation,
        "pixels": "drawn once",
        "prior": "normal",
        "components": 10,
        "name": "",
        "what": "One run",
        "betas": "0.5, 1, 2, 4, 8",
        "multi_rate": "0.25, 16",
        "seeds": "0",
    }
)
KINDS = ("One run", "β sweep", "One network for every β")
LEFT_OUT: Mapping[str, frozenset[str]] = MappingProxyType(
    {KINDS[0]: frozenset(), KINDS[1]: frozenset({"beta", "seed"}), KINDS[2]: frozenset({"beta"})}
)
"""What each kind does not ask for: a sweep has β and seeds of its own, one network for every β draws its own."""
TRAINING = ("beta", "epochs", "lr", "batch_size", "seed", "annealing", "schedule", "keep", "patience")


PIXELS = {False: "drawn once", True: "drawn anew in every epoch"}
"""Of a data set whose pixels are drawn: what `redraw` says, in words."""


def defaults() -> dict[str, Any]:
    """What the form starts with, the settings of single losses and the data set's first run among it."""
    own = {name: setting.offered for name, setting in loss_settings().items()}
    return {**DEFAULTS, **own, **datasets.dataset(value("dataset")).first_run._asdict()}


def _first_here() -> str:
    return next(name for name, row in datasets.table().items() if row.available(datasets.data_root()))


def widget_key(name: str) -> str:
    """The key of the widget that shows a value."""
    return f"ask-{name}"


def value(name: str) -> Any:
    """What the form holds; its default where that does not fit the preset, or is gone."""
    given = state.get("form")
    usual = _first_here() if name == "dataset" else defaults()[name]
    if name not in given or not _fits(name, given[name], usual):
        return usual
    return float(given[name]) if isinstance(usual, float) else given[name]


def _fits(name: str, given: Any, usual: Any) -> bool:
    """Whether the field can show it; whether it makes sense is for the settings to say."""
    if name in OFFERED:
        return given in OFFERED[name]()
    kinds = {str: str, float: int | float, int: int, NoneType: int | None}
    return isinstance(given, kinds[type(usual)]) and not isinstance(given, bool)


def is_sweep() -> bool:
    """Whether a sweep is asked for."""
    return value("what") == KINDS[1]


def is_multi_rate() -> bool:
    """Whether one network for a range of βs is asked for."""
    return value("what") == KINDS[2]


def plain() -> bool:
    """Whether a plain autoencoder is asked for."""
    return preset(value("preset")).plain


def linear() -> bool:
    """Whether PCA is asked for."""
    return preset(value("preset")).linear


def redrawable() -> bool:
    """Whether the pixels of the data set are drawn, and so can be drawn anew."""
    return datasets.dataset(value("dataset")).grey is not None


def objectives() -> list[str]:
    """Those that the preset's models can be trained for, and that can train one network for every β if it is to be."""
    kind = (plain(), linear())
    fitting = {name: row for name, row in LOSSES.items() if (row.plain, row.closed_form) == kind}
    return [name for name, row in fitting.items() if row.multi_rate or plain() or not is_multi_rate()]


def annealings() -> list[str]:
    """Those of a β, or those that a range of them can be opened by."""
    return list(OPENINGS if is_multi_rate() else ANNEALINGS)


def objective() -> str:
    """The chosen one, or the preset's."""
    return value("objective") or preset(value("preset")).objective


def weighted() -> bool:
    """Whether the objective has a β."""
    return LOSSES[objective()].weighted


def betas() -> tuple[float, ...]:
    """Those of a sweep; of an objective without β the sweep is one of seeds.

    Raises:
        InvalidSetting: as `number_lists.betas`.
    """
    return number_lists.betas(value("betas")) if weighted() else (USUAL.beta,)


def run_settings() -> RunSettings:
    """What the form holds; a setting that is left to the preset is absent.

    A sweep has β and seeds of its own, in place of the form's.

    Raises:
        UnknownName, InvalidSetting: as RunSettings.
    """
    left = LEFT_OUT[value("what")]
    left = left if weighted() else {*left, "beta", "annealing"}
    names = [name for name in TRAINING if name not in left]
    names += [setting.name for setting in LOSSES[objective()].settings]
    training = {"objective": objective(), **{name: value(name) for name in names}}
    training |= {"validation": value("validation")} if value("validation") else {}
    training |= {"redraw": True} if redrawable() and value("pixels") == PIXELS[True] else {}
    shape = {} if value("latent_dim") is None else {"latent_dim": value("latent_dim")}
    if is_multi_rate():
        shape["multi_rate"] = ",".join(f"{beta:g}" for beta in number_lists.betas(value("multi_rate")))
    elif value("prior") != "normal" and not plain():
        shape |= {"prior": value("prior"), "components": value("components")}
    return RunSettings(value("preset"), value("dataset"), training, shape)


OFFERED: Mapping[str, Callable[[], Iterable[str]]] = MappingProxyType(
    {
        "what": lambda: KINDS,
        "dataset": datasets.table,
        "preset": lambda: PRESETS,
        "objective": objectives,
        "annealing": annealings,
        "schedule": lambda: SCHEDULES,
        "prior": lambda: PRIORS,
        "keep": lambda: KEPT,
        "pixels": PIXELS.values,
    }
)
"""What each choice offers."""


def take_over(name: str) -> None:
    """Take over what a person gave to the widget."""
    state.put("form", {**state.get("form"), name: st.session_state[widget_key(name)]})


def fill_form(name: str) -> None:
    """Ask for what this run was asked for, under a name that is still to be found; the run itself stays as it is.

    Raises:
        UnknownName, InvalidSetting, StorageError: when its settings cannot be read.
    """
    settings = records.read(name).settings
    state.put("form", values_of(settings))
    left = without_field(settings)
    lost = f" The form has no {' and no '.join(left)}: that is the preset's." if left else ""
    if settings.dataset not in datasets.table():
        lost += " Its data set was deleted; another one is chosen."
    state.note(f"The form holds the settings of {name}; change them, then press Start.{lost}")


def values_of(settings: RunSettings) -> dict[str, Any]:
    """The form's values; what the preset says, and what does nothing, is left to the form."""
    row = preset(settings.preset)
    kind = KINDS[2] if settings.model.multi_rate else KINDS[0]
    source = {"preset": settings.preset, "dataset": settings.dataset, "name": "", "what": kind}
    source["pixels"] = PIXELS[settings.training.get("redraw", False)]
    values = {**settings.training, **settings.shape, **source}
    idle = {name for name, setting in loss_settings().items() if values.get(name) == setting.neutral}
    idle |= set() if values.get("multi_rate") else {"multi_rate"}
    idle |= {"components"} if values.get("prior", "normal") == "normal" else set()
    kept = {name: value for name, value in values.items() if name in {*defaults(), "dataset"} - idle}
    for setting, unset in (("objective", ""), ("latent_dim", None)):
        if kept.get(setting) == getattr(row, setting):
            kept[setting] = unset
    return kept


def without_field(settings: RunSettings) -> list[str]:
    """Settings that the form has no field for, and that differ from those of a new run of the preset."""
    usual = RunSettings(settings.preset, settings.dataset).written_out()
    known, taken = {**usual.training, **usual.shape}, {**settings.training, **settings.shape}
    return [name for name, value in taken.items() if name not in {*defaults(), "redraw"} and value != known[name]]
