"""Text that is long, or holds what would not be seen; figures of any size."""

LARGE = 1e6
"""From here on a figure tells its magnitude alone."""


def shortened(text: str, most: int) -> str:
    """The text's beginning where it is long."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def first_sentence(text: str) -> str:
    """What is the case, without what is to be done about it."""
    first, dot, _ = text.partition(". ")
    return f"{first}." if dot else text


def visible(text: str, most: int) -> str:
    """The text's beginning, with the code of every character that would not be seen, or that no page can be sent."""
    seen = "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in text[:most])
    return seen + "…" if len(text) > most else seen


def figure(value: float, places: int = 2) -> str:
    """A figure with so many decimal places; of one that is out of all proportion, three digits and its magnitude."""
    return f"{value:.{places}f}" if abs(value) < LARGE else f"{value:.3g}"


def signed(value: float, places: int) -> str:
    """A figure with its sign, and so many decimal places."""
    return f"{value:+.{places}f}".replace("-", "−")
