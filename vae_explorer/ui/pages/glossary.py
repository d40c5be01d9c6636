"""Glossary: every word of the field that stands on a screen, in one sentence and its formula."""

import streamlit as st

from vae_explorer.glossary import SECTIONS
from vae_explorer.ui.explanations import explained

for section, terms in SECTIONS.items():
    st.markdown(f"## {section}")
    columns = st.columns(2, gap="large")
    half = (len(terms) + 1) // 2
    for place, term in enumerate(sorted(terms.values(), key=lambda term: term.title.lower())):
        columns[place >= half].markdown(explained(term))
