"""The address bar and what a browser remembers, written from the browser.

Streamlit's own way adds an entry to the history at every change, and it has none to set a cookie.
"""

from vae_explorer.ui.components.served import served

_address = served("address")


def address(page: str, query: str, cookie: str) -> None:
    """Show this query (`?model=…`, or nothing) behind the page's path; told the page, it speaks up on each."""
    _address(key="address", data={"page": page, "query": query, "cookie": cookie})
