"""SCORES of disentanglement: one file and one row each; codes in, a number between its bounds out.

codes  what a score looks at: codes of images whose factors are known
score  what a row is made of, and what it gives
"""

from vae_explorer.metrics.scores.score import Score

SCORES: dict[str, Score] = {}
