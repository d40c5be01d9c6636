"""What goes along when another model is looked at: the kind of map, the chosen image, units by rank or by match."""

from collections.abc import Sequence

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.latents.encoded import Latents, units_by_information
from vae_explorer.projections import sensible
from vae_explorer.ui import colour_choices, map_choice, state
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.value_checks import OWN
from vae_explorer.unit_cards.matches import counterpart


def offer_model(page: str) -> None:
    """Where nobody has chosen a model, by hand or by a link, the page opens with its own, if it has one."""
    own = PAGES[page].model
    if state.chosen("model") and state.get("model") != state.OFFERED_MODEL.get():
        state.OFFERED_MODEL.put("")
    elif catalogue.opened(own) is not None:
        state.put("model", own)
        state.OFFERED_MODEL.put(own)


def take_along(before: str, checkpoint: Checkpoint, latents: Latents) -> None:
    """Units and what hangs on them go over by rank; the map and its settings stay where they make sense; places go."""
    former = _ranked(before)
    ranked = units_by_information(latents)
    state.put("units", units_at_rank(state.get("units"), former, ranked))
    _take_colour_along(former, ranked)
    if state.get("unit") is not None:
        state.put("unit", _counterpart(before, checkpoint, state.get("unit")))
    _take_factor_along(before, checkpoint)
    if state.get("plane") not in sensible(len(ranked)):
        map_choice.let_go()
    classes = checkpoint.recipe.model.classes
    if state.get("y") >= max(classes, 1):
        state.reset("y")
    if state.get("path_class") not in (OWN, *range(classes)):
        state.reset("path_class")
    state.reset("pin", "view", "t")


def _counterpart(before: str, checkpoint: Checkpoint, unit: int) -> int | None:
    """The unit that says the same, or else has the same rank; None where there is none."""
    former = catalogue.opened(before)
    if former is not None and (other := counterpart(former, checkpoint, unit)).unit is not None:
        return other.unit
    found = units_at_rank([unit], _ranked(before), units_by_information(catalogue.LATENTS.get(checkpoint)))
    return found[0] if found else None


def units_at_rank(units: Sequence[int], former: Sequence[int], ranked: Sequence[int]) -> tuple[int, ...]:
    """The units of one model at the ranks that units of another had; none where one of them has no such rank."""
    ranks = [former.index(unit) for unit in units if unit in former]
    found = [ranked[rank] for rank in ranks if rank < len(ranked)]
    return tuple(found) if len(found) == len(units) else ()


def _take_colour_along(former: Sequence[int], ranked: Sequence[int]) -> None:
    family, _, unit = state.get("colour").partition("-")
    if family in colour_choices.PER_UNIT:
        found = units_at_rank([int(unit)], former, ranked)
        state.put("colour", f"{family}-{found[0]}") if found else state.reset("colour")


def _take_factor_along(before: str, checkpoint: Checkpoint) -> None:
    """A factor is looked for by its name, which data sets may share."""
    former, colour = catalogue.opened(before), state.get("colour")
    if colour.startswith("factor") and former is not None:
        name = colour_choices.trait_choices(former).get(colour)
        state.put("colour", colour_choices.named(checkpoint, name))


def _ranked(name: str) -> list[int]:
    """A model's units by information; none where it is gone."""
    found = catalogue.opened(name)
    return [] if found is None else units_by_information(catalogue.LATENTS.get(found))
