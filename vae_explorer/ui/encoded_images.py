"""Which images a model has encoded: only models of the same ones can be compared."""

from typing import NamedTuple

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue


class Images(NamedTuple):
    """What was encoded, and how large: only then is image 7 the same image in two models."""

    dataset: str
    split: str
    n: int
    shape: tuple[int, int, int]
    """Channels, height and width, as the model decodes them."""

    @property
    def words(self) -> str:
        """The same for a person."""
        title = datasets.dataset(self.dataset).title
        return f"{self.n:,} {self.split} images of {title}, {' × '.join(map(str, self.shape))}"


def encoded_images(checkpoint: Checkpoint) -> Images:
    """Which images a model's latents are of."""
    measured = catalogue.EVALUATIONS.get(checkpoint)
    return Images(measured.dataset, measured.split, measured.n, checkpoint.recipe.model.image_shape)
