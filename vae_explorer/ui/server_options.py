"""What the owner set of the server by Streamlit's own options, as our routes need it."""

from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit import config

from vae_explorer import datasets
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import InvalidSetting
from vae_explorer.live.access import Allowed
from vae_explorer.live.addresses import base_path
from vae_explorer.read_only import read_only

UNADDRESSED = (
    "error: .streamlit/config.toml is not beside app.py, so that the app would listen on every interface; "
    "put it back, or add --server.address localhost."
)
WRITABLE = "error: {} lies in the cache, where a read-only app writes; let VAE_EXPLORER_CACHE be a folder of its own."
INDEX = Path(st.__file__).parent / "static" / "index.html"


@lru_cache(maxsize=1)
def allowed() -> Allowed:
    """Whom the owner lets in; read once, as Streamlit's own list of hosts is emptied.

    The guard stands before Streamlit's socket too, and knows what that would refuse: `[::1]`, and the address of this
    machine that was connected to.
    """
    hosts, origins = st.get_option("server.allowedHosts"), st.get_option("server.corsAllowedOrigins")
    every_origin = not st.get_option("server.enableCORS")
    _leave_it_to_the_guard()
    config.on_config_parsed(_leave_it_to_the_guard, force_connect=True)  # the file was written anew
    return Allowed(tuple(hosts), tuple(origins), every_origin)


def _leave_it_to_the_guard() -> None:
    config.set_option("server.allowedHosts", [])


def require_address() -> None:
    """End before anything listens where nobody said where: Streamlit would listen on every interface.

    Raises:
        SystemExit: with one sentence, where there is neither our file of settings nor an address.
    """
    if not st.get_option("server.address"):
        raise SystemExit(UNADDRESSED)


def require_mode() -> None:
    """End before anything listens where nobody can tell whether the app may write, or its cache is more than that.

    Raises:
        SystemExit: with one sentence, for a VAE_EXPLORER_READ_ONLY that is neither 1 nor 0, and for a cache that holds
            what is to stay as it is.
    """
    try:
        kept = [*catalogue.roots(), datasets.data_root()] if read_only() else []
    except InvalidSetting as error:
        raise SystemExit(f"error: {error}") from error
    inside = [folder for folder in kept if folder.resolve().is_relative_to(cache_root().resolve())]
    if inside:
        raise SystemExit(WRITABLE.format(inside[0]))


def base() -> str:
    """The path that all addresses begin with: `/name`, or nothing."""
    return base_path(st.get_option("server.baseUrlPath"))
