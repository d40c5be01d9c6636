"""Text that Streamlit would read as Markdown, made to show as it is."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$~:^=&])")


def literal(text: str) -> str:
    """Markdown that shows exactly this text: no link, image, colour or formula from a folder name or an address."""
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
