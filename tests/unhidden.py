"""python -m tests.unhidden run app.py …: a read-only app whose pages know nothing of it, and offer everything."""

import runpy
from types import FunctionType

from vae_explorer import read_only

if __name__ == "__main__":
    for name in ("refuse_changes", "refuse_write"):
        setattr(read_only, name, FunctionType(getattr(read_only, name).__code__, dict(vars(read_only))))
    read_only.read_only = lambda: False
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
