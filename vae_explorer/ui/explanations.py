"""What the words of a text mean, for the mark that pages put beside labels, figures and captions."""

from functools import lru_cache

import streamlit as st

from vae_explorer.glossary import GLOSSARY, Term, mentions
from vae_explorer.ui.words import literal


@lru_cache(maxsize=1024)
def explanation(text: str) -> str | None:
    """Markdown: every term that the text names, in a line of its own; None where it names none."""
    named = [GLOSSARY[mention.name] for mention in mentions(text)]
    return "\n\n".join(map(explained, named)) or None


def with_meaning(heading: str, about: str | None) -> str | None:
    """Markdown: what there is to say of a figure, and below it what the words of its heading mean."""
    return "\n\n".join(filter(None, (about, explanation(heading)))) or None


def explained(term: Term) -> str:
    """Markdown: a term, its sentence and its formula."""
    formula = f"  \n`{term.formula}`" if term.formula else ""
    return f"**{literal(term.title)}**: {literal(term.sentence)}{formula}"


def caption(text: str) -> None:
    """A line of small text in Markdown, with the meaning of its words beside it."""
    st.caption(text, help=explanation(text))
