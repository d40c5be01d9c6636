"""The training images by their rows: whole on the device, or drawn a batch at a time."""

import torch
from torch import Tensor

from vae_explorer.coding import pixels
from vae_explorer.datasets.drawn import DrawnImages
from vae_explorer.datasets.images import ImageSet


class ImageBatches:
    """What a trainer takes its batches from."""

    def __init__(self, images: ImageSet, device: torch.device) -> None:
        self._device, self._images = device, images.images
        drawn = isinstance(self._images, DrawnImages)
        self._whole = None if drawn else torch.from_numpy(images.images).to(device)

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, rows: Tensor) -> Tensor:
        """The images of these rows [B] in [0, 1], [B, C, H, W] on the device."""
        if self._whole is not None:
            return pixels(self._whole[rows])
        return pixels(torch.from_numpy(self._images[rows.cpu().numpy()]).to(self._device))
