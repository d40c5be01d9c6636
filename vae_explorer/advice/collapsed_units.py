"""Units that carry nothing."""

from collections.abc import Iterator

import numpy as np

from vae_explorer.advice.case import Case
from vae_explorer.advice.finding import NAMED, Finding, units_in_words, view_of
from vae_explorer.latents.encoded import ACTIVE_VARIANCE, COLLAPSED_KL, collapsed

KIND = "collapsed-units"


def collapsed_units(case: Case) -> Iterator[Finding]:
    """Which units are collapsed, by their mean KL or, of a plain autoencoder, by Var(mu)."""
    silent = np.flatnonzero(collapsed(case.latents)).tolist()
    units = len(case.latents.mu[0])
    if not silent:
        return
    line = f"Var(mu) is at most {ACTIVE_VARIANCE:g}" if case.latents.plain else f"KL is below {COLLAPSED_KL:g} nats"
    if len(silent) == units:
        who = "Every unit" if units > 1 else "The only unit"
        said = "The codes tell no image from another."
    else:
        who = f"{len(silent)} of {units} units"
        said = f"{'They tell' if len(silent) > 1 else 'It tells'} next to nothing of an image."
    named = f" ({units_in_words(silent)})" if len(silent) <= min(NAMED, units - 1) else ""
    verb, own = ("is", "its") if len(silent) in (1, units) else ("are", "their")
    sentence = f"{who} {verb} collapsed{named}: {own} {line}, measured on {case.source}. {said}"
    numbers = {"collapsed": len(silent), "units": units}
    yield Finding(KIND, sentence, numbers, view_of("traversals", case.id), (case.id,))
