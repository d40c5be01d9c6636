"""GLOSSARY: all rows, and the sections in which a page lists them."""

from vae_explorer.glossary.factor_terms import FACTOR_TERMS
from vae_explorer.glossary.map_terms import MAP_TERMS
from vae_explorer.glossary.model_terms import MODEL_TERMS
from vae_explorer.glossary.term import Term
from vae_explorer.glossary.training_terms import TRAINING_TERMS

SECTIONS: dict[str, dict[str, Term]] = {
    "Models and their figures": MODEL_TERMS,
    "Maps and ways through latent space": MAP_TERMS,
    "Disentanglement": FACTOR_TERMS,
    "Training": TRAINING_TERMS,
}
GLOSSARY: dict[str, Term] = {name: term for section in SECTIONS.values() for name, term in section.items()}
