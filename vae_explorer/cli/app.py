"""No word at all: the app, as `streamlit run app.py` opens it."""

import os
import sys
from pathlib import Path

from vae_explorer.errors import ExplorerError

APP = Path(__file__).parents[2] / "app.py"


def open_app(app: Path = APP) -> None:
    """Become the process that serves the app; signals and exit code are Streamlit's own.

    Raises:
        ExplorerError: when the app does not lie beside the package.
    """
    if not app.is_file():
        raise ExplorerError(
            f"There is no {app.name} beside the package; run `pip install -e .` in the project's folder."
        )
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(app)])
