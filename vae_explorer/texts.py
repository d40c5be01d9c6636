"""Text that is long."""


def shortened(text: str, most: int) -> str:
    """The text's beginning where it is long."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
