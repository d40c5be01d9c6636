"""Models and units in words, and where the original images of a model are."""

from collections.abc import Callable, Mapping

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.checkpoints.originals import originals as originals_of
from vae_explorer.config import ModelConfig
from vae_explorer.latents.encoded import unit_variances
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import beta_course, counted

KINDS = {"mlp": "MLP", "burgess": "Burgess conv"}


def model_titles(usable: Mapping[str, Checkpoint]) -> Callable[[str], str]:
    """A checkpoint in words: data set, kind, latent units, beta where there is a rate for it to weigh."""

    def title(name: str) -> str:
        recipe = usable[name].recipe
        data, units = datasets.dataset(recipe.dataset).title, counted(recipe.model.latent_dim)
        weight = [] if recipe.model.plain else [f"β {beta_course(recipe)}"]
        return " · ".join((data, _kind(recipe.model), units, *weight, name))

    return title


def _kind(model: ModelConfig) -> str:
    """An architecture in words, and what sets the model apart from a VAE."""
    named = KINDS.get(model.architecture, model.architecture)
    conditional = f"conditional {named}" if model.classes else named
    return f"{conditional} autoencoder" if model.plain else conditional


def unit_title(current: Scene) -> Callable[[int], str]:
    """A latent unit in words, with the measure that ranks it: its mean KL or, for a plain autoencoder, Var(mu)."""
    kl = current.latents.kl_per_dim
    if kl is not None:
        return lambda unit: f"unit {unit} · {kl[unit]:.2f} nats"
    variances = unit_variances(current.latents)
    return lambda unit: f"unit {unit} · Var(mu) {variances[unit]:.2f}"


def originals(current: Scene) -> dict[str, object]:
    """Where the original images of the latents are, or one sentence why not; for the components."""
    found = originals_of(current.checkpoint)
    return {"name": found.dataset, "split": found.split, "available": found.available, "note": found.note}
