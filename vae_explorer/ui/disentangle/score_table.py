"""Scores of disentanglement beside what a perfect code would get: the quick ones at once, others where stored."""

from functools import lru_cache
from typing import Any

import streamlit as st

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.encoded_codes import CODES
from vae_explorer.metrics import score_rows
from vae_explorer.metrics.scores import SCORES
from vae_explorer.ui.disentangle import relations
from vae_explorer.ui.explanations import caption
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import literal

SEED = 0
HEADINGS = ("Score", "Value", "Ceiling", "Images", "What it asks")
NO_NUMBER = "–"
CEILINGS = "A ceiling is what a perfect code of the same factors would get."
OTHERS = "Others take longer: python -m vae_explorer metrics, with the model's folder, stores them for this table."


def score_table(scene: Scene) -> None:
    """Every score that is stored, or measured in a moment; what cannot be had is said with its reason."""
    factors = relations.codes(scene).factors
    rows = {name: value for name, value in _values(scene.checkpoint).items() if SCORES[name].factors <= len(factors)}
    lines = [_line(HEADINGS), _line(["---"] * len(HEADINGS)), *(_line(_cells(name, rows[name])) for name in rows)]
    st.markdown("\n".join(lines))
    few = sum(row.factors > len(factors) for row in SCORES.values())
    missing = f"{few} scores compare factors, and of these images only the class is known. " if few else ""
    caption(f"{CEILINGS} {missing}Codes are mu, seed {SEED}. {OTHERS}")


def _values(checkpoint: Checkpoint) -> dict[str, dict[str, Any]]:
    stored = {name: result.value for name, result in catalogue.RESULTS.get(checkpoint).items() if name in SCORES}
    quick = _quick(checkpoint)
    return {name: stored.get(name, quick.get(name)) for name in SCORES if name in stored or name in quick}


@lru_cache(maxsize=64)
def _quick(checkpoint: Checkpoint) -> dict[str, dict[str, Any]]:
    codes = CODES.get(checkpoint)
    return {name: score_rows.measured(name, codes, SEED) for name, row in SCORES.items() if row.quick}


def _cells(name: str, value: dict[str, Any]) -> list[str]:
    row = SCORES[name]
    undefined = bool(value["reason"]) and not value["value"]
    number = NO_NUMBER if undefined else f"{value['value']:.3f}"
    best = NO_NUMBER if value["attainable"] is None else f"{value['attainable']:.3f}"
    about = f"{row.about} {value['reason']}".strip()
    return [literal(row.title), number, best, f"{value['n']:,}", literal(about)]


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"
