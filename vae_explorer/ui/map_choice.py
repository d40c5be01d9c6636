"""Which map is shown: the one that a person chose or, until then, of those there at once the one that explains most."""

from contextlib import suppress
from functools import lru_cache

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.plane_figures import plane_figures
from vae_explorer.errors import ExplorerError
from vae_explorer.latents.encoded import units_by_information
from vae_explorer.projections import PROJECTIONS, sensible
from vae_explorer.projections.settings import Settings, key, settings
from vae_explorer.ui import state

PARAM_OF = {"seed": "map_seed"}
"""Settings whose row in PARAMS has another name."""


def settle(checkpoint: Checkpoint) -> None:
    """Show the map that explains most of this model, unless a hand or a link has chosen one; decided once a model."""
    version, (before, offered) = f"{checkpoint.id} {checkpoint.version}", state.OFFERED_MAP.get()
    if state.chosen("plane") and state.get("plane") != offered:
        state.MAP_CHOSEN.put(True)
    if version != before:
        offered = explaining_most(checkpoint)
        state.OFFERED_MAP.put((version, offered))
    if not state.MAP_CHOSEN.get():
        state.put("plane", offered)


def let_go() -> None:
    """As if nobody had chosen a map."""
    state.forget("plane")
    state.MAP_CHOSEN.put(False)


def explaining_most(checkpoint: Checkpoint) -> str:
    """A row of PROJECTIONS that needs no computing; of more units than two, the most trustworthy.

    Fitted maps come before planes, which keep less in every model measured. On a plane of units alone the points of a
    multi-rate network move under the hand that turns its β.
    """
    ranked = units_by_information(catalogue.LATENTS.get(checkpoint))
    if len(ranked) <= 2 or checkpoint.recipe.model.betas is not None:
        return "units"
    found = _fitted_ones(checkpoint, sensible(len(ranked))) or {
        "pca": plane_figures(checkpoint, ()).trust.value,
        "units": plane_figures(checkpoint, tuple(ranked[:2])).trust.value,
    }
    return max(found, key=found.__getitem__)


def chosen_settings(method: str) -> Settings:
    """The settings that the session has for a method."""
    return settings(method, {name: state.get(PARAM_OF.get(name, name)) for name in PROJECTIONS[method].settings})


@lru_cache(maxsize=64)
def map_key(checkpoint: Checkpoint, chosen: Settings) -> str:
    """The name of a checkpoint's fitted map."""
    return key(catalogue.LATENTS.get(checkpoint).mu, chosen)


def _fitted_ones(checkpoint: Checkpoint, methods: list[str]) -> dict[str, float]:
    """The trustworthiness of each map that is stored."""
    found: dict[str, float] = {}
    for method in (name for name in methods if PROJECTIONS[name].fitted):
        with suppress(ExplorerError):  # not there, or damaged: it stands in nobody's way
            stored = catalogue.projection(checkpoint, map_key(checkpoint, chosen_settings(method)))
            found[method] = stored.trustworthiness
    return found
