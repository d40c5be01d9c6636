"""The addresses of the pages; the first one also answers at `/`."""

PAGES = ("explore", "traversals", "interpolate", "compare")
