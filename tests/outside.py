"""python -m tests.outside run app.py …: Streamlit, with a line on stdout for every address that it asks outside."""

from streamlit import net_util
from streamlit.web.cli import main

ASKED = "asked outside"


def tell(url: str, timeout: float = 5) -> None:
    print(ASKED, url, timeout, flush=True)


if __name__ == "__main__":
    net_util._make_blocking_http_get = tell
    main(prog_name="streamlit")
