"""Files on their way: whether this session takes any now, and how much the server holds of them."""

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from vae_explorer.live.uploads import TAKING


def take_files(takes: bool) -> None:
    """Told by every run, of the page that it shows."""
    context = get_script_run_ctx()
    if context is not None:
        TAKING.set(context.session_id, takes)


def held_bytes() -> int:
    """What Streamlit holds in memory of the files of all sessions."""
    files = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if not isinstance(files, MemoryUploadedFileManager):
        return 0
    return sum(len(file.data) for kept in list(files.file_storage.values()) for file in list(kept.values()))
