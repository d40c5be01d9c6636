"""python -m tests.scant run app.py …: Streamlit, in a process that may have 256 open files and sockets."""

import resource

from streamlit.web.cli import main

MOST = 256

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST, MOST))
    main(prog_name="streamlit")
