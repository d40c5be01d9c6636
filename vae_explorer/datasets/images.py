"""ImageSet: a data set in memory, one uint8 array."""

from dataclasses import dataclass, replace

import numpy as np

from vae_explorer.errors import require


@dataclass(frozen=True)
class ImageSet:
    """Images of one split, whole in memory: no loader workers inside a web server."""

    name: str
    split: str
    images: np.ndarray
    """uint8 [N, C, H, W]."""
    labels: np.ndarray
    """int64 [N], class ids."""
    classes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.images)

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(C, H, W)."""
        channels, height, width = self.images.shape[1:]
        return channels, height, width

    def without(self, label: int) -> "ImageSet":
        """The images of every other class; what is left out can be recognised as an anomaly.

        Raises:
            InvalidSetting: when there is no such class.
        """
        last = len(self.classes) - 1
        require(0 <= label <= last, f"The class to hold out must be from 0 to {last}, not {label}.")
        kept = self.labels != label
        return replace(self, images=self.images[kept], labels=self.labels[kept])
