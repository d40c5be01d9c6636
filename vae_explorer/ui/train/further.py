"""More epochs for a run that is over: how many, at which learning rate and β, behind one button."""

from functools import partial

import streamlit as st

from vae_explorer import checkpoints
from vae_explorer.checkpoints.recipe import Recipe
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import desk, records
from vae_explorer.jobs.reports import Status
from vae_explorer.losses import LOSSES
from vae_explorer.read_only import read_only
from vae_explorer.ui import actions, state

ABOUT = (
    "Learning rate and β hold from here on. The model gives way to what comes of it; duplicate it first to keep both. "
    "It is not bit for bit what one uninterrupted run would be, and how every epoch was trained is kept."
)


def show_further(status: Status) -> None:
    """The button and, once it is pressed, what is to be otherwise; nothing of a run without a whole epoch."""
    if status.state.pending or not status.epoch or read_only():
        return
    popover = st.popover("Train further", icon=":material/update:", key=_key("further", status.name), on_change="rerun")
    if popover.open:
        with popover:
            _show_fields(status)


def _show_fields(status: Status) -> None:
    name = status.name
    try:
        recipe = checkpoints.open_checkpoint(records.run_folder(name)).recipe
    except ExplorerError as error:
        actions.show_refusal(str(error))
        return
    with st.form(_key("further-form", name), border=False, enter_to_submit=False):
        more = max(status.epochs, 2 * recipe.epoch)
        fields = [("Epochs in all", more, 1, None, "epochs"), ("Learning rate", recipe.train.lr, 0.001, "%g", "lr")]
        if _has_beta(recipe):
            wish = desk.last_wish(name)
            fields.append(("β", float(recipe.beta if wish is None else wish.beta), 0.5, "%g", "beta"))
        for place, (label, value, step, form, key) in zip(st.columns(len(fields)), fields, strict=True):
            place.number_input(label, value=value, step=step, format=form, key=_key(key, name))
        st.caption(ABOUT)
        pressed = st.form_submit_button("Train further", type="primary")
    if pressed and actions.attempt(partial(_train_further, name, recipe), actions.show_refusal):
        state.CHANGES.put(state.CHANGES.get() + 1)
        st.rerun()


def _has_beta(recipe: Recipe) -> bool:
    return LOSSES[recipe.train.objective].weighted and recipe.model.betas is None


def _train_further(name: str, recipe: Recipe) -> None:
    given = st.session_state
    beta = given[_key("beta", name)] if _has_beta(recipe) else recipe.beta
    desk.train_further(name, int(given[_key("epochs", name)]), float(given[_key("lr", name)]), float(beta))
    state.put("run", name)


def _key(what: str, name: str) -> str:
    """Another one whenever something was done, so that what was opened for it closes."""
    return f"{what}-{name}-{state.CHANGES.get()}"
