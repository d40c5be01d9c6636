"""The way to Train, with a data set in its form."""

from functools import partial

from vae_explorer import datasets
from vae_explorer.jobs import desk
from vae_explorer.run_settings import RunSettings
from vae_explorer.ui import actions, state


def train_on(name: str) -> None:
    """Open Train with this data set in the form, and what its first run is usually made with."""
    actions.perform(partial(state.put, "form", {**state.get("form"), **_first(name), "dataset": name}), "train")


def start_first_run(name: str) -> None:
    """Start what a data set's first run is, and watch it on Train."""
    actions.perform(partial(_start, name), "train")


def _start(name: str) -> None:
    first = datasets.dataset(name).first_run
    training = {"epochs": first.epochs, "batch_size": first.batch_size}
    state.put("run", desk.start(RunSettings(first.preset, name, training)).name)


def _first(name: str) -> dict[str, object]:
    return dict(datasets.dataset(name).first_run._asdict())
