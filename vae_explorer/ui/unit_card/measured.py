"""What a unit moves, and what is lost without it."""

import streamlit as st

from vae_explorer import figures
from vae_explorer.ui import titles
from vae_explorer.ui.components.chart import chart
from vae_explorer.ui.explanations import caption
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import literal
from vae_explorer.unit_cards import shelf
from vae_explorer.unit_cards.card import UnitCard

OTHERS = 8
"""Units that are shown as moved, the most moved."""


def show_card(scene: Scene, unit: int) -> None:
    """Its figures, measured now where they have not been."""
    with st.spinner("Measuring this unit"):
        found = shelf.card(scene.checkpoint, unit)
    factors, moved, pixels = st.columns([1, 1, 0.9], gap="large")
    name = titles.unit_name(scene.checkpoint, unit)
    about = titles.picture_caption([scene.checkpoint], scene.measured, name)
    with factors:
        _show_factors(found, about)
    with moved:
        _show_moved(scene, found, about)
    with pixels:
        _show_pixels(found, about)


def _show_factors(found: UnitCard, about: str) -> None:
    st.markdown("## What it means")
    legible = [effect for effect in found.factors if effect.moved is not None]
    series = [("moved by it", [one.moved for one in legible]), ("lost without it", [one.lost for one in legible])]
    if legible:
        names = [one.name for one in legible]
        chart(figures.shares(names, series, "share of the factor's spread"), "card-factors", about)
    read = ", ".join(f"{literal(one.name)} {one.legible:.2f}" for one in found.factors)
    caption(f"Factors are read off mu by trees, of which each is read right to this share: {read}.")


def _show_moved(scene: Scene, found: UnitCard, about: str) -> None:
    st.markdown("## What it moves")
    shares = {unit: share for unit, share in enumerate(found.moved) if share is not None}
    units = sorted(shares, key=lambda unit: -shares[unit])[:OTHERS]
    names, values = [titles.unit_name(scene.checkpoint, unit) for unit in units], [shares[unit] for unit in units]
    if units:
        chart(figures.shares(names, [("moved", values)], "share of the unit's spread"), "card-moved", about)
    caption(
        f"Unit {found.unit} alone is set to that of another image, and the decoded picture is encoded again: 1 is as "
        f"far as another image would be, 0 not at all. {found.n:,} images, seed {found.seed}."
    )


def _show_pixels(found: UnitCard, about: str) -> None:
    st.markdown("## Where it acts")
    chart(figures.heat_map(found.slope, "|∂x̂ / ∂z|"), "card-pixels", about)
    caption(_cost(found))


def _cost(found: UnitCard) -> str:
    if found.nll is None or found.nll_without is None:
        return f"What it costs to lose this unit needs the images. {literal(found.absent)}"
    rise = found.nll_without - found.nll
    return f"Without it nll rises by {rise:.2f} nats per image, from {found.nll:.2f} to {found.nll_without:.2f}."
