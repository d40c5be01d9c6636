"""Models side by side: which ones and which images, so that only the models differ."""

from contextlib import suppress
from typing import NamedTuple

import numpy as np

from vae_explorer.checkpoints import Checkpoint, Recipe, beta_views, catalogue
from vae_explorer.colours import MODEL_COLOURS
from vae_explorer.config import TrainConfig
from vae_explorer.errors import ExplorerError
from vae_explorer.metrics import Column, columns
from vae_explorer.metrics.metric import Place
from vae_explorer.ui import colour_choices, scene, state, titles
from vae_explorer.ui.compare.family import comparison
from vae_explorer.ui.encoded_images import encoded_images
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.seed_figures import column_words, seeds_of
from vae_explorer.ui.words import beta_course, counted

SAME_IMAGES, RECONSTRUCTIONS = "The same images, one of each class", "Reconstructions (z = mu)"
"""What stands under the pictures of all models, and under those of each."""
DEFAULT_OBJECTIVE = TrainConfig().objective
OTHERS = "#8a8a8a"
"""Models that are in the charts and no columns."""


def openable() -> dict[str, Checkpoint]:
    """Every model that can be opened, by id; a chosen multi-rate network also at the β that its id names.

    What a dial turns is not among them: the choice would have other words after each turn, and a hand is quicker.
    """
    found = dict(catalogue.usable())
    for name in state.get("models"):
        with suppress(ExplorerError):
            found[name] = catalogue.find(name)
    return found


def turned(one: Checkpoint) -> Checkpoint:
    """A multi-rate network where the dial stands; one whose id names its β, and any other, as it is."""
    return one if one.at is not None else beta_views.near_beta(one, state.get("beta"))


def comparable() -> dict[str, Checkpoint]:
    """The models that can stand beside the first chosen one: those with its images; all when none is chosen."""
    usable = openable()
    chosen = [name for name in state.get("models") if name in usable]
    if not chosen:
        return usable
    images = encoded_images(usable[chosen[0]])
    return {name: one for name, one in usable.items() if encoded_images(one) == images}


def fit_models() -> None:
    """Start with the model that was being looked at, beside its family; drop with a note what cannot be compared.

    As long as nobody chose others, the start follows the model that is being looked at.
    """
    if not state.chosen("models") or state.get("models") == state.COMPARISON.get():
        state.COMPARISON.put(_first())
        state.put("models", state.COMPARISON.get())
    state.put("models", tuple(map(_within_range, state.get("models"))))
    known = comparable()
    chosen = state.get("models")
    for name in chosen:
        if name not in known:
            state.note(_misfit(name, chosen))
    kept = tuple(dict.fromkeys(name for name in chosen if name in known))
    state.put("models", kept if kept or not chosen else _first())


def _within_range(name: str) -> str:
    """The id of a multi-rate network at the nearest β that was measured; a note where it was not trained for it."""
    network, wanted = beta_views.folder_name(name), beta_views.named_beta(name)
    whole = catalogue.opened(network)
    betas = None if whole is None else whole.recipe.model.betas
    if whole is None or betas is None or wanted is None:
        return name
    if not betas.holds(wanted):
        trained = f"{network} was trained for β from {betas.low:g} to {betas.high:g}"
        state.note(f"β {wanted:g}: {trained}; the nearest is shown.")
    return beta_views.near_beta(whole, wanted).id


def _misfit(name: str, chosen: tuple[str, ...]) -> str:
    """Why a chosen model cannot stand beside the first."""
    usable = openable()
    if name not in usable:
        return f"{name[:60]} cannot be compared: there is no model of this name that can be opened."
    first = next(one for one in chosen if one in usable)
    ours, theirs = (encoded_images(usable[one]).words for one in (first, name))
    return f"{name[:60]} cannot stand beside {first[:60]}: it has encoded {theirs}; that has {ours}."


def _first() -> tuple[str, ...]:
    return comparison(state.get("model") if state.chosen("model") else "")


def chosen_scenes() -> list[Scene]:
    """The chosen models, by rising β, then multi-rate networks, all at the β of one dial."""
    known = openable()
    chosen = [known[name] for name in state.get("models")]
    found = [scene.scene_of(one if one.at is not None else scene.at_chosen_beta(one)) for one in chosen]
    return sorted(found, key=_order)


def _order(one: Scene) -> tuple[bool, float]:
    """Multi-rate networks stand last, where no dial moves their columns."""
    recipe = one.checkpoint.recipe
    return (False, recipe.beta) if recipe.model.betas is None else (True, 0.0)


def fit_choices(first: Scene) -> None:
    """The image and the unit of the first model; what does not fit falls back to the first, with a note."""
    if (state.get("point") or 0) >= first.n:
        state.reset("point")
        state.note(f"Chosen image: back to the first, there are {first.n:,} images.")
    if (state.get("unit") or 0) >= first.latent_dim:
        state.reset("unit")
        state.note(f"Unit: back to the most informative, {first.checkpoint.id} has {counted(first.latent_dim)}.")


def fit_colour(one: Scene) -> None:
    """All maps are coloured by class or a factor; any other colour is left as it is, for Explore."""
    if state.get("colour").startswith("factor"):
        scene.fit_colour(one.checkpoint, None)
    shown = colour_choices.trait_colour(one.checkpoint, state.get("colour"))
    scene.forget_other_categories(colour_choices.legend_column(one.checkpoint, shown))


def one_of_each_class(one: Scene) -> list[int]:
    """The first image of each class in the encoded split, in class order."""
    labels = one.latents.label
    return [int(np.argmax(labels == label)) for label in range(len(one.classes)) if (labels == label).any()]


def on_same_axes(one: Scene, found: list[Scene]) -> list[Scene]:
    """Those whose maps share axes with this one's: all with a prior, for nothing sets the scale of an autoencoder."""
    return [one] if one.plain else [other for other in found if not other.plain]


def measured_columns(found: list[Scene]) -> list[Column]:
    """What is shown of each: every figure that one of them was measured for."""
    return columns(Place.COMPARISON, (catalogue.RESULTS.get(one.checkpoint) for one in found))


class HeadingFigure(NamedTuple):
    """What was measured of a model."""

    column: Column
    text: str
    """The number with its digits."""
    seeds: str
    """Mean, standard deviation and number over the seeds of the model; empty where there is one."""


class Heading(NamedTuple):
    """What stands above a model's pictures."""

    title: str
    built: str
    """Preset, units and epochs, or that there was nothing to train."""
    figures: list["HeadingFigure"]


def heading(one: Scene, shown: list[Column]) -> Heading:
    """β and what is unusual, how it was built, and the measured figures."""
    recipe, results = one.checkpoint.recipe, catalogue.RESULTS.get(one.checkpoint)
    known = [] if recipe.imported else ["in closed form" if recipe.model.linear else counted(recipe.epoch, "epoch")]
    built = ", ".join([recipe.preset, counted(one.latent_dim), *known])
    seeds = seeds_of(one.checkpoint)
    texts = [column.figure.text(column.number(results, recipe.model), recipe.model) for column in shown]
    told = zip(shown, texts, [column_words(column, seeds) for column in shown], strict=True)
    return Heading(title(one.checkpoint), built, [HeadingFigure(*one) for one in told])


def multi_rate(found: list[Scene]) -> Checkpoint | None:
    """The first of them that is a multi-rate network without a β of its own; None where none is."""
    chosen = state.get("models")
    turned = [one.checkpoint for one in found if one.checkpoint.recipe.model.betas and one.checkpoint.name in chosen]
    return turned[0] if turned else None


def mark(checkpoint: Checkpoint) -> str:
    """The colour of a model in its column and in the charts, the same while others come and go; grey for the rest."""
    chosen = state.get("models")
    name = checkpoint.id if checkpoint.id in chosen else checkpoint.name
    return MODEL_COLOURS[chosen.index(name) % len(MODEL_COLOURS)] if name in chosen else OTHERS


def hint() -> str:
    """What to do when there are fewer than two models to compare."""
    if state.get("models") and len(comparable()) < 2:
        return "There is no second model of these images; clear the choice, or train another."
    if len(catalogue.usable()) < 2:
        return "Comparing needs two models that can be opened; train another."
    return "Choose two or more models of the same images."


def title(checkpoint: Checkpoint) -> str:
    """What sets a model apart: its β, and whatever is unusual of it."""
    recipe = checkpoint.recipe
    return ", ".join([_beta_title(recipe), *titles.unusual(recipe)])


def _beta_title(recipe: Recipe) -> str:
    if recipe.imported is not None:
        return f"Imported {recipe.imported.file}"
    if recipe.model.plain:
        return titles.KINDS["linear"] if recipe.model.linear else "Autoencoder"
    every = "" if recipe.model.betas is None else ", one network for every β"
    weight = f"β = {beta_course(recipe)}{every}"
    return weight if recipe.train.objective == DEFAULT_OBJECTIVE else f"{recipe.train.objective}, {weight}"
