"""Every word of the field that stands on a screen, in one plain sentence and its formula.

Pages and components explain a text by finding these words in it, so a row is explained wherever its word stands.

term            what a row says
model_terms     what a model is, what it makes of an image, and what that costs
map_terms       maps, places on them, and ways through latent space
factor_terms    disentanglement: what is known of images, and how well units tell it
training_terms  how a model is trained
table           GLOSSARY: all rows, by section
mention         where a text names one
"""

from vae_explorer.glossary.mention import Mention, mentions, order, pattern
from vae_explorer.glossary.table import GLOSSARY, SECTIONS
from vae_explorer.glossary.term import Term

__all__ = ["GLOSSARY", "SECTIONS", "Mention", "Term", "mentions", "order", "pattern"]
