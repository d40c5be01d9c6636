"""How far a map can be trusted, in words."""

from vae_explorer.checkpoints.plane_figures import plane_figures, repeated_codes
from vae_explorer.latents.map_points import SEED
from vae_explorer.projections import PROJECTIONS
from vae_explorer.projections.store import Projection
from vae_explorer.projections.trust import Trust
from vae_explorer.ui.scene import Scene

ELLIPSES = {
    1: "marks at 1σ and 2σ of the posterior: 68 % and 95 % of it, in one unit",
    2: "ellipses at 1σ and 2σ of the posterior: 39 % and 86 % of it, in two units",
}
"""By the number of axes: what is drawn around a chosen image, and how much of a Gaussian is within so many σ of it."""


def plane_words(scene: Scene, plane: str, *, ellipses: bool = False) -> str:
    """How much of latent space a plane shows and, if wanted, what the ellipses around a chosen image mean."""
    principal = _principal(scene, plane)
    figures = plane_figures(scene.checkpoint, () if principal else scene.units)
    drawn = [ELLIPSES[2 if principal else len(scene.units)]] if ellipses else []
    title = plane_title(scene, plane)
    share, trust = f"{figures.share:.0%} of Var(mu)".replace("%", " %"), trust_words(figures.trust)
    return " · ".join((title, *_drawn(scene), share, trust, *drawn, *_repeated(scene)))


def plane_title(scene: Scene, plane: str) -> str:
    """What a plane shows, in two words; a model of one or two units has no other plane than theirs."""
    if not _principal(scene, plane) and len(scene.units) == 1:
        return "One unit"
    return PROJECTIONS["pca" if _principal(scene, plane) else "units"].title


def _principal(scene: Scene, plane: str) -> bool:
    return plane == "pca" and scene.latent_dim > 2


def _drawn(scene: Scene) -> list[str]:
    """Which images are points, where not all are."""
    sample = f"{scene.points:,} of {scene.n:,} images, drawn with seed {SEED}; every image is found by its number"
    return [sample] if scene.points < scene.n else []


def _repeated(scene: Scene) -> list[str]:
    """That dots lie on each other because their codes are the same, where some do."""
    count = repeated_codes(scene.checkpoint)
    return [f"{count:,} of {scene.points:,} images have the same code as another and lie in its place"] if count else []


def fitted_words(fitted: Projection, scene: Scene) -> str:
    """What was measured of a fitted map of a scene's images."""
    n = scene.n
    points = f"fitted on all {n:,}" if fitted.landmarks >= n else f"fitted on {fitted.landmarks:,}, the others placed"
    trust = trust_words(Trust(fitted.trustworthiness, fitted.sampled, fitted.neighbours))
    title = PROJECTIONS[fitted.settings.method].title
    seed = f"seed {fitted.settings.seed}"
    told = (title, *_drawn(scene), trust, points, "distances have no unit", seed, *_repeated(scene))
    return " · ".join(told)


def trust_words(trust: Trust) -> str:
    """A measured trustworthiness, with what it was measured on."""
    return f"trustworthiness {trust.value:.4f} of 1 ({trust.neighbours} neighbours of {trust.sampled:,} images)"
