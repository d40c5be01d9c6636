"""All cards of a model to take along: one JSON of every figure, one HTML that needs no other file."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from vae_explorer import coding, images
from vae_explorer.alignment import correlations
from vae_explorer.checkpoints import Checkpoint, catalogue, read_unit_names
from vae_explorer.checkpoints.originals import image_set, originals
from vae_explorer.latents.encoded import Latents, collapsed, unit_variances, units_by_information
from vae_explorer.unit_cards import pictures, shelf
from vae_explorer.unit_cards.card import UnitCard
from vae_explorer.unit_cards.matches import Counterpart, counterparts

TEMPLATE = Path(__file__).with_name("cards.html")
ENLARGED = 2
CHART = (360, 120)
"""Width and height of a histogram."""


class Entry(NamedTuple):
    """A card with all that is read off the latents beside it."""

    card: UnitCard
    name: str
    """What a person calls the unit; empty without a name."""
    kl: float | None
    """Mean KL in nats; None of a plain autoencoder."""
    variance: float
    """Var(mu)."""
    collapsed: bool
    correlations: list[float]
    """Pearson's, of its mu with that of every unit [D]."""
    counterparts: list[Counterpart]


def entries(checkpoint: Checkpoint) -> list[Entry]:
    """Every unit, the most informative first."""
    latents = catalogue.LATENTS.get(checkpoint)
    return [_entry(checkpoint, latents, unit) for unit in units_by_information(latents)]


def as_json(checkpoint: Checkpoint) -> bytes:
    """Every figure of every card."""
    units = [
        {
            **entry.card.to_dict(),
            "name": entry.name,
            "kl": entry.kl,
            "variance": entry.variance,
            "collapsed": entry.collapsed,
            "correlations": entry.correlations,
            "counterparts": [one._asdict() for one in entry.counterparts],
        }
        for entry in entries(checkpoint)
    ]
    return json.dumps({**_source(checkpoint), "units": units}, indent=1).encode()


def as_html(checkpoint: Checkpoint) -> bytes:
    """A page of all cards with their pictures; whatever came from outside is text in it, never markup."""
    from jinja2 import Environment

    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(TEMPLATE.read_text("utf-8"))
    cards = [(entry, _pictures(checkpoint, entry.card)) for entry in entries(checkpoint)]
    names = read_unit_names(checkpoint)
    return page.render(source=_source(checkpoint), cards=cards, names=names, chart=CHART).encode()


def _source(checkpoint: Checkpoint) -> dict[str, Any]:
    found = catalogue.EVALUATIONS.get(checkpoint)
    source = {"model": checkpoint.id, "version": checkpoint.version, "dataset": found.dataset, "split": found.split}
    return source | {"n": found.n, "nll": found.nll, "rate": found.rate, "seed": found.seed}


def _entry(checkpoint: Checkpoint, latents: Latents, unit: int) -> Entry:
    kl = latents.kl_per_dim
    return Entry(
        shelf.card(checkpoint, unit),
        read_unit_names(checkpoint).get(unit, ""),
        None if kl is None else float(kl[unit]),
        float(unit_variances(latents)[unit]),
        bool(collapsed(latents)[unit]),
        np.round(correlations(latents.mu[:, [unit]], latents.mu)[0], 4).tolist(),
        counterparts(checkpoint, unit),
    )


class _Pictures(NamedTuple):
    traversal: str
    smallest: str
    largest: str
    slope: str
    steepest: float
    bars: list[tuple[float, float, float, float]]
    """Left, top, width and height of each."""
    prior: str
    """Points of a line; empty without one."""


def _pictures(checkpoint: Checkpoint, card: UnitCard) -> _Pictures:
    latents = catalogue.LATENTS.get(checkpoint)
    ends, slope = pictures.extremes(latents, card.unit), np.array(card.slope)
    steepest = float(slope.max())
    bars, prior = _chart(latents, card.unit)
    return _Pictures(
        _strip(_decoded(checkpoint, pictures.traversal(latents, card.unit), np.zeros(pictures.STEPS, int))),
        _strip(_images(checkpoint, latents, ends.smallest)),
        _strip(_images(checkpoint, latents, ends.largest)),
        _strip(images.to_uint8(slope / (steepest or 1))[None, None]),
        steepest,
        bars,
        prior,
    )


def _images(checkpoint: Checkpoint, latents: Latents, places: list[int]) -> np.ndarray:
    """The originals, or the reconstructions of their mu where these are not here."""
    found = originals(checkpoint)
    if found.available:
        return image_set(found.dataset, found.split).images[np.array(places)]
    return _decoded(checkpoint, latents.mu[places], latents.label[places])


def _decoded(checkpoint: Checkpoint, z: np.ndarray, y: np.ndarray) -> np.ndarray:
    classes = y if checkpoint.recipe.model.classes else None
    return images.to_uint8(coding.decode(catalogue.MODELS.get(checkpoint), z, classes))


def _strip(shown: np.ndarray) -> str:
    """Pictures uint8 [M, C, H, W] in one row as the address of a PNG."""
    sheet = images.enlarge(images.mosaic(shown, len(shown), 1), ENLARGED)
    return f"data:image/png;base64,{b64encode(images.png(sheet)).decode()}"


def _chart(latents: Latents, unit: int) -> tuple[list[tuple[float, float, float, float]], str]:
    found, (width, height) = pictures.histogram(latents, unit), CHART
    prior = found.prior if found.prior is not None else np.zeros(0)
    top = max(found.shares.max(), prior.max(initial=0.0))
    across = (found.edges - found.edges[0]) / (found.edges[-1] - found.edges[0]) * width
    bars = [
        (round(a, 1), round(height * (1 - share), 1), round(b - a, 1), round(height * share, 1))
        for a, b, share in zip(across[:-1], across[1:], found.shares / top, strict=True)
    ]
    middles = (across[:-1] + across[1:]) / 2
    line = " ".join(f"{x:.1f},{height * (1 - y / top):.1f}" for x, y in zip(middles, prior, strict=False))
    return bars, line
