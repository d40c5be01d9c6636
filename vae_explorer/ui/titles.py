"""Models and units in words, and where the original images of a model are."""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import compress

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, Recipe, catalogue, read_unit_names
from vae_explorer.checkpoints.originals import originals as originals_of
from vae_explorer.config import ModelConfig
from vae_explorer.latents.encoded import unit_variances
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.metrics.yardsticks import Yardstick, yardstick
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import beta_course, counted, unit_words

KINDS = {
    "mlp": "MLP",
    "burgess": "Burgess conv",
    "linear": "PCA of pixels",
    "layered": "layered network",
    "onnx": "ONNX",
}
PIXELS = {
    "bernoulli": "Bernoulli pixels",
    "gaussian": "Gaussian pixels of variance {variance:g}",
    "gaussian-learned": "Gaussian pixels of learned variance",
}
"""Likelihoods in few words."""
ALL_CLASSES = "trained on all classes"
USUAL = (PIXELS["bernoulli"], ALL_CLASSES)
PRIORS = {"normal": "prior N(0, I)", "mixture": "mixture of {components} as prior", "vamp": "VampPrior of {components}"}


def model_titles(usable: Mapping[str, Checkpoint]) -> Callable[[str], str]:
    """A checkpoint in words: data set, kind, latent units, beta where there is a rate to weigh, what is unusual."""

    def title(name: str) -> str:
        recipe = usable[name].recipe
        data, units = datasets.dataset(recipe.dataset).title, counted(recipe.model.latent_dim)
        weight = [] if recipe.model.plain else [_weight(usable[name])]
        return " · ".join((data, _kind(recipe.model), units, *weight, *unusual(recipe), name))

    return title


def _weight(checkpoint: Checkpoint) -> str:
    """β in words, where it is known; of a multi-rate network as a whole, all of it."""
    if checkpoint.recipe.imported is not None:
        return "imported"
    betas = checkpoint.recipe.model.betas
    if betas is None or checkpoint.at is not None:
        return f"β {beta_course(checkpoint.recipe)}"
    return f"every β from {betas.low:g} to {betas.high:g}"


def unusual(recipe: Recipe) -> list[str]:
    """A model's likelihood, prior and held-out class in words, each where it is not the usual one, and how it ended."""
    model, usual = recipe.model, ModelConfig
    pixels = [] if model.likelihood == usual.likelihood else [pixels_title(model.likelihood, model.variance)]
    prior = [] if model.prior == usual.prior else [PRIORS[model.prior].format(components=model.components)]
    diverged = [] if recipe.diverged is None else [f"diverged in epoch {recipe.diverged}"]
    stages = [counted(len(recipe.stages) + 1, "stage") + " of training"] if recipe.course else []
    chosen = [*([recipe.choice] if recipe.choice else []), *stages]
    return [*pixels, *prior, *_held_out_title(recipe.dataset, recipe.train.held_out), *diverged, *chosen]


def pixels_title(likelihood: str, variance: float | None) -> str:
    """A likelihood in words, with the variance where it is fixed."""
    return PIXELS[likelihood].format(variance=variance)


def _held_out_title(dataset: str, held_out: int | None) -> list[str]:
    if held_out is None:
        return []
    classes = datasets.dataset(dataset).classes
    return [f"trained without {classes[held_out] if held_out < len(classes) else held_out}"]


def yardstick_of(checkpoint: Checkpoint) -> Yardstick:
    """What the measured nll of a checkpoint can be compared by."""
    recipe = checkpoint.recipe
    return yardstick(recipe.model, recipe.train, catalogue.EVALUATIONS.get(checkpoint))


def yardstick_titles(found: Collection[Yardstick]) -> dict[Yardstick, str]:
    """Each yardstick in the words that set it apart from the others; empty for a single one.

    What is usual is said of the one that has nothing else to be told by.
    """
    parts = [_parts(one) for one in found]
    apart = [len(set(told)) > 1 for told in zip(*parts, strict=True)]
    differing = [tuple(compress(told, apart)) for told in parts]
    short = [tuple(part for part in told if part not in USUAL) for told in differing]
    return {one: ", ".join(few or whole) for one, few, whole in zip(found, short, differing, strict=True)}


def _parts(one: Yardstick) -> tuple[str, ...]:
    held_out = _held_out_title(one.dataset, one.held_out) or [ALL_CLASSES]
    pixels = pixels_title(one.likelihood, one.variance)
    return datasets.dataset(one.dataset).title, f"{one.split} images", pixels, *held_out


def _kind(model: ModelConfig) -> str:
    """An architecture in words, and what sets the model apart from a VAE."""
    named = KINDS.get(model.architecture, model.architecture)
    conditional = f"conditional {named}" if model.classes else named
    return f"{conditional} autoencoder" if model.plain and not model.linear else conditional


def unit_name(checkpoint: Checkpoint, unit: int) -> str:
    """A latent unit in words: its number, and what it is called where it has a name."""
    return unit_words(unit, read_unit_names(checkpoint))


def unit_title(current: Scene) -> Callable[[int], str]:
    """A latent unit in words, with the measure that ranks it: its mean KL or, for a plain autoencoder, Var(mu)."""
    checkpoint, kl = current.checkpoint, current.latents.kl_per_dim
    if kl is not None:
        return lambda unit: f"{unit_name(checkpoint, unit)} · {kl[unit]:.2f} nats"
    variances = unit_variances(current.latents)
    return lambda unit: f"{unit_name(checkpoint, unit)} · Var(mu) {variances[unit]:.2f}"


def decoded_as(current: Scene) -> str:
    """The class that codes are decoded as, in words; empty for a model that takes none."""
    return "" if current.y is None else f"decoded as {current.class_name(current.y)}"


def originals(current: Scene) -> dict[str, object]:
    """Where the original images of the latents are, or one sentence why not; for the components."""
    found = originals_of(current.checkpoint)
    return {"name": found.dataset, "split": found.split, "available": found.available, "note": found.note}


def taken_along(*parts: str) -> str:
    """The line under a picture that leaves the app."""
    return " · ".join((*parts, "VAE Explorer"))


def picture_caption(shown: Iterable[Checkpoint], figures: Evaluation, what: str = "") -> str:
    """What stands under a chart that is taken along: models, what was measured, and where it is from."""
    models = ", ".join(checkpoint.id for checkpoint in shown)
    images = f"{datasets.dataset(figures.dataset).title}, {figures.n:,} {figures.split} images"
    return taken_along(*filter(None, (models, images, what, f"evaluation seed {figures.seed}")))
