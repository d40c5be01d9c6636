"""Text that is long, or holds what would not be seen."""


def shortened(text: str, most: int) -> str:
    """The text's beginning where it is long."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def visible(text: str, most: int) -> str:
    """The text's beginning, with the code of every character that would not be seen, or that no page can be sent."""
    seen = "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in text[:most])
    return seen + "…" if len(text) > most else seen
