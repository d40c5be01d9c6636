"""The training images by their rows: whole on the device, or drawn a batch at a time."""

import torch
from torch import Tensor

from vae_explorer.coding import pixels
from vae_explorer.datasets.drawn import DrawnImages
from vae_explorer.datasets.images import ImageSet
from vae_explorer.training.ranks import ALONE, Ranks


class ImageBatches:
    """What a trainer takes its batches from."""

    def __init__(self, images: ImageSet, device: torch.device, redrawn: bool = False) -> None:
        """redrawn: whether a pixel is drawn black or white whenever it is seen, by its grey level."""
        self._device, self._images, self._redrawn = device, images.images, redrawn
        drawn = isinstance(self._images, DrawnImages)
        self._whole = None if drawn else torch.from_numpy(images.images).to(device)

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, rows: Tensor) -> Tensor:
        """The images of these rows [B] in [0, 1], [B, C, H, W] on the device."""
        if self._whole is not None:
            return pixels(self._whole[rows])
        return pixels(torch.from_numpy(self._images[rows.cpu().numpy()]).to(self._device))

    def seen(self, rows: Tensor, generator: torch.Generator, ranks: Ranks = ALONE) -> Tensor:
        """A process's own images out of these rows [B], as a step of training sees them."""
        x = self[ranks.own(rows)]
        if not self._redrawn:
            return x
        shape = (len(rows), *x.shape[1:])
        return (ranks.own(torch.rand(shape, generator=generator, device=x.device)) < x).to(x.dtype)
