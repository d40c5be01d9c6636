"""The form of a run: plain values in the session, checked by the settings they are meant for."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import streamlit as st

from vae_explorer import datasets
from vae_explorer.config import KEPT, PRIORS
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import desk, estimates, number_lists, records, reports, run_names, sweeps
from vae_explorer.jobs.reports import RunState
from vae_explorer.losses import LOSSES
from vae_explorer.presets import PRESETS, preset
from vae_explorer.run_settings import RunSettings
from vae_explorer.schedules import SCHEDULES
from vae_explorer.ui import actions, panels, state
from vae_explorer.ui.explanations import with_meaning
from vae_explorer.ui.train import cost_line, form_values
from vae_explorer.ui.words import literal

PLAIN = (
    "A plain autoencoder has no prior and no rate: β has nothing to weigh, and new images cannot be drawn from a prior."
)
MULTI_RATE = (
    "One network learns every β from the lowest to the highest, and a dial turns it afterwards. It takes about four "
    "times the epochs of a network for one β."
)
LINEAR = (
    "PCA is solved for at once and not trained: one epoch measures it, and more change nothing; learning rate and "
    "seed change nothing either. It has no prior and no rate."
)


KEPT_TITLES = {"last": "the last", "best": "the best"}
BEST = "The best by validation images. The test images are left for the scores."
SHARE = "Of the training images, so many are left out to judge epochs by; at 0, a twentieth where one is chosen."
PATIENCE = "Training ends after so many epochs without a better one on validation images; 0: it goes to the end."
DRAWN = "Black or white by grey levels, for training alone; what is measured stays one draw of each image."


class Request(NamedTuple):
    """What the form asks for: one run, or a sweep of it over some β and seeds."""

    settings: RunSettings
    name: str
    betas: tuple[float, ...] = ()
    seeds: tuple[int, ...] = ()

    @property
    def runs(self) -> list[RunSettings]:
        """All runs, each of them checked, the βs of the first seed first."""
        pairs = product(self.seeds, self.betas)
        return [self.settings.with_training(beta=beta, seed=seed) for seed, beta in pairs] or [self.settings]


def main_fields() -> None:
    """Data set, preset, β or several, and epochs; the offer of a download where the data set is absent."""
    st.radio(
        "What to start",
        form_values.KINDS,
        horizontal=True,
        key=_widget_key("what"),
        on_change=form_values.take_over,
        args=("what",),
    )
    _choice("dataset", "Data set", list(datasets.table()), _dataset_title)
    panels.offer_dataset(datasets.dataset(form_values.value("dataset")), "Not here yet.", words=1)
    _choice("preset", "Preset", list(PRESETS))
    summary = preset(form_values.value("preset")).summary
    st.caption(literal(summary[0].upper() + summary[1:]))
    if form_values.plain():
        st.caption(LINEAR if form_values.linear() else PLAIN)
    places = st.columns(2 if form_values.weighted() else 1)
    with places[-1]:
        _number("epochs", "Epochs", 1)
    if form_values.weighted():
        with places[0]:
            _beta_field()
    if form_values.is_sweep():
        _text("seeds", "Seeds")


def _beta_field() -> None:
    """One β, those of a sweep, or the range that one network is trained for."""
    if form_values.is_multi_rate():
        _text("multi_rate", "Lowest and highest β", about=MULTI_RATE)
    elif form_values.is_sweep():
        _text("betas", "β values")
    else:
        _number("beta", "β", 0.5)


def more_fields() -> None:
    """Every other setting."""
    objective = form_values.objective()
    usual = f"{preset(form_values.value('preset')).objective} (the preset's)"
    names, chosen = ["", *form_values.objectives()], f"Chosen here: {literal(LOSSES[objective].summary)}."
    _choice("objective", "Objective", names, lambda name: name or usual, chosen)
    for setting in LOSSES[objective].settings:
        _number(setting.name, setting.title, None, about=f"{setting.help[0].upper()}{setting.help[1:]}.")
    if not (form_values.plain() or form_values.is_multi_rate()):
        _choice("prior", "Prior", list(PRIORS))
        if form_values.value("prior") != "normal":
            _number("components", "Gaussians in the prior", 1)
    left, right = st.columns(2)
    with left:
        _number("lr", "Learning rate", 0.001, "%g")
        _choice("schedule", "Learning rate over training", list(SCHEDULES))
        if not form_values.is_sweep():
            _number("seed", "Seed", 1)
        _choice("keep", "Epoch that is kept", list(KEPT), KEPT_TITLES.__getitem__, BEST)
    with right:
        _number("batch_size", "Batch size", 1)
        if form_values.weighted():
            _choice("annealing", "β over training", form_values.annealings())
        _number(
            "latent_dim", "Latent units", 1, placeholder=f"{preset(form_values.value('preset')).latent_dim} (preset)"
        )
        _number("patience", "Patience (epochs)", 1, about=PATIENCE)
    _number("validation", "Validation images (share)", 0.05, "%g", about=SHARE)
    if form_values.redrawable():
        _choice("pixels", "Pixels", list(form_values.PIXELS.values()), about=DRAWN)
    if not form_values.is_sweep():
        _text("name", "Name", "from the settings")


def show_start() -> None:
    """What would be trained and how long, or why it cannot be; below it the button, and a refusal below that."""
    request: Request | None = None
    try:
        request = _request()
        cost_line.require_buildable(request.settings.model)
    except ExplorerError as error:
        actions.show_refusal(str(error))
    ready = request is not None and _show_cost(request)
    pressed = st.button("Start", icon=":material/play_arrow:", type="primary", disabled=not ready, width="stretch")
    if pressed and request is not None:
        cost_line.drop_question()
        actions.attempt(partial(_start_sweep if request.betas else _start_run, request), actions.show_refusal)


def _request() -> Request:
    """What the form asks for, whole.

    Raises:
        UnknownName, InvalidSetting: for what `train` would refuse.
    """
    settings = form_values.run_settings()
    if form_values.is_sweep():
        betas, seeds = form_values.betas(), number_lists.seeds(form_values.value("seeds"))
        request = Request(settings, "", betas, seeds)
        _ = request.runs  # checks them
        return request
    name = form_values.value("name").strip()
    if name:
        records.run_folder(name)
    return Request(settings, name)


def _show_cost(request: Request) -> bool:
    """Size and time, the time where the data set is on this machine; whether it is."""
    settings = request.settings
    here = datasets.dataset(settings.dataset).available(datasets.data_root())
    words = estimates.words(settings) if here else None
    cost_line.show_cost(settings.model, words, settings.train.epochs, len(request.runs))
    return here


def _start_run(request: Request) -> None:
    job = desk.start(request.settings, request.name)
    state.put("run", job.name)
    _tell_renamed([request.name or request.settings.name], [job.name])
    if reports.state(job) == RunState.FINISHED:
        state.note(f"{job.name} is trained already; another seed or setting starts another run.")


def _start_sweep(request: Request) -> None:
    sweep = sweeps.start(request.settings, request.betas, request.seeds)
    state.put("run", sweep.runs[0])
    state.put("sweep", sweep.name)
    _tell_renamed([settings.name for settings in request.runs], sweep.runs)


def _tell_renamed(wanted: Sequence[str], given: Sequence[str]) -> None:
    if sentence := run_names.renamed(wanted, given):
        state.note(sentence)


def _dataset_title(name: str) -> str:
    row = datasets.dataset(name)
    return row.title if row.available(datasets.data_root()) else f"{row.title} (not on this machine)"


def _choice(
    name: str, label: str, options: Sequence[str], shown: Callable[[str], str] = str, about: str | None = None
) -> None:
    key, keep, about = _widget_key(name), (name,), with_meaning(label, about)
    st.selectbox(label, options, format_func=shown, key=key, on_change=form_values.take_over, args=keep, help=about)


def _number(
    name: str,
    label: str,
    step: float | None,
    form: str | None = None,
    placeholder: str | None = None,
    about: str | None = None,
) -> None:
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
        help=with_meaning(label, about),
    )


def _text(name: str, label: str, placeholder: str | None = None, about: str | None = None) -> None:
    keep, about = (name,), with_meaning(label, about)
    st.text_input(
        label, key=_widget_key(name), placeholder=placeholder, on_change=form_values.take_over, args=keep, help=about
    )


def _widget_key(name: str) -> str:
    key = form_values.widget_key(name)
    st.session_state[key] = form_values.value(name)
    return key
