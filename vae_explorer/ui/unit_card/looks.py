"""What a unit draws, which images lie at its ends, and how its mu are spread."""

from vae_explorer import figures
from vae_explorer.ui import titles
from vae_explorer.ui.components import mosaic
from vae_explorer.ui.components.chart import chart
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.unit_card.likenesses import companions
from vae_explorer.unit_cards import pictures
from vae_explorer.unit_cards.pictures import SHOWN, SPAN


def show_pictures(scene: Scene, unit: int) -> None:
    """Its traversal, and the images with the smallest and the largest mu."""
    whose = "of mu" if scene.plain else "of the prior"
    said = f"over ±{SPAN:g} standard deviations {whose}, all others at the centre"
    shown = [unit, *companions(scene, unit)]
    mosaic.show_walk(scene, unit, shown, lambda unit: f"Traversal of unit {unit} {said}", "card-traversal")
    ends = pictures.extremes(scene.latents, unit)
    _show_end(scene, ends.smallest, f"The {len(ends.smallest)} images with the smallest mu", "smallest")
    _show_end(scene, ends.largest, f"The {len(ends.largest)} images with the largest mu", "largest")


def _show_end(scene: Scene, places: list[int], said: str, key: str) -> None:
    if titles.originals(scene)["available"]:
        mosaic.show_originals(scene, places, SHOWN, said, f"card-{key}")
    else:
        codes = mosaic.reconstructions(scene, places)
        mosaic.show_codes(scene, codes, SHOWN, f"{said}, reconstructed: the originals are not here", f"card-{key}")


def show_density(scene: Scene, unit: int) -> None:
    """A histogram of its mu beside the prior."""
    found, name = pictures.histogram(scene.latents, unit), titles.unit_name(scene.checkpoint, unit)
    prior = None if found.prior is None else found.prior.tolist()
    figure = figures.unit_histogram(found.middles.tolist(), found.shares.tolist(), prior)
    chart(figure, "unit-histogram", titles.picture_caption([scene.checkpoint], scene.measured, f"mu of {name}"))
