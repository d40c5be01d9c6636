"""Whether files are taken from this session now."""

from streamlit.runtime.scriptrunner import get_script_run_ctx

from vae_explorer.live.uploads import TAKING


def take_files(takes: bool) -> None:
    """Told by every run, of the page that it shows."""
    context = get_script_run_ctx()
    if context is not None:
        TAKING.set(context.session_id, takes)
