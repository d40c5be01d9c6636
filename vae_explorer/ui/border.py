"""The border around a page, and around each part that lives on its own: errors are shown inside it."""

from collections.abc import Callable

import streamlit as st

from vae_explorer.errors import ExplorerError, NothingToShow
from vae_explorer.live.incidents import incident
from vae_explorer.ui.actions import show_refusal


def bordered(page: Callable[[], None]) -> None:
    """Run a page; a known error is shown in place, any other is logged under an id, and the app stays usable."""
    try:
        page()
    except NothingToShow as hint:
        st.info(str(hint), icon=":material/info:")
    except ExplorerError as error:
        show_refusal(str(error))
    except Exception:
        st.error(str(incident("a page")), icon=":material/error:")
