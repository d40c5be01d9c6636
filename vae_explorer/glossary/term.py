"""What a row of the glossary says."""

from typing import NamedTuple


class Term(NamedTuple):
    """One word of the field."""

    title: str
    sentence: str
    formula: str
    """In plain characters; empty where there is none."""
    words: tuple[str, ...]
    """Regular expressions, without groups that capture, of the ways it stands in a text."""
