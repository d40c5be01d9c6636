"""Unexpected failures: the log gets the whole story under a short id, the person gets the id."""

import logging
import secrets

from vae_explorer.errors import ExplorerError

LOG = logging.getLogger(__name__)


class Incident(ExplorerError):
    """Something that should not have happened, by the id that the log has too."""


def incident(where: str) -> Incident:
    """Log the exception being handled, and return the sentence to show instead of it."""
    id = secrets.token_hex(3)
    LOG.exception("Incident %s in %s", id, where)
    return Incident(f"Something went wrong here (id {id}); the server's log tells more, and trying again may help.")
