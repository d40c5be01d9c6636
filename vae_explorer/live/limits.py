"""How much may wait: a bound on memory that holds however many ask, and however slowly they read."""

from vae_explorer.errors import BadRequest


class Places:
    """Room for so many requests and so many images between them; a place is held until its reply was sent."""

    def __init__(self, requests: int, images: int) -> None:
        self._limits = (requests, images)
        self.requests = 0
        self.images = 0

    def take(self, images: int) -> None:
        """Hold a place for one request of this many images.

        Raises:
            BadRequest: when there is no room; nothing is held then.
        """
        if self.requests + 1 > self._limits[0] or self.images + images > self._limits[1]:
            raise BadRequest("Too many pictures are being asked for at once; wait for some replies and ask again.")
        self.requests += 1
        self.images += images

    def give(self, images: int) -> None:
        """Hand a place back."""
        self.requests -= 1
        self.images -= images
