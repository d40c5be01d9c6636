"""How much may wait: a bound on memory that holds however many ask, and however slowly they read."""

from vae_explorer.errors import BadRequest

TOO_MANY = "Too many pictures are being asked for at once; wait for some replies and ask again."


class Room:
    """What all clients together may have asked for and not yet got."""

    def __init__(self, requests: int, images: int) -> None:
        self.most_requests, self.most_images = requests, images
        self.requests = 0
        self.images = 0


class Share:
    """What one client may hold of the room: a part of what the others leave of it, and never less than a hand needs.

    Were it a fixed number for each, few clients that never read would hold all and lock everyone out (the part is that
    of Choudhury & Hahne 1998, dynamic thresholds).
    """

    REQUESTS, IMAGES = 64, 4
    """One part in so many of what the others leave."""
    FEW_REQUESTS, FEW_IMAGES = 8, 256
    """What everyone has beside that, the next to come too."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.requests = 0
        self.images = 0

    def take(self, images: int) -> None:
        """Hold a place for one request of this many images, until its reply was sent.

        Raises:
            BadRequest: when there is no room; nothing is held then.
        """
        room = self._room
        requests_left = room.most_requests - (room.requests - self.requests)
        images_left = room.most_images - (room.images - self.images)
        most_requests = max(requests_left // self.REQUESTS, self.FEW_REQUESTS)
        most_images = max(images_left // self.IMAGES, self.FEW_IMAGES)
        if self.requests + 1 > most_requests or self.images + images > most_images:
            raise BadRequest(TOO_MANY)
        self._add(1, images)

    def give(self, images: int) -> None:
        """Hand a place back."""
        self._add(-1, -images)

    def _add(self, requests: int, images: int) -> None:
        for held in (self, self._room):
            held.requests += requests
            held.images += images
