"""No draw: the decoder was trained on mu itself."""

from collections.abc import Iterator

import numpy as np

from vae_explorer.advice.case import Case, moments
from vae_explorer.advice.finding import Finding, view_of

KIND = "missing-noise"
IDLE = 0.02
"""How far E[σ²] is from 1 at most where σ has nothing to do."""
INFORMATIVE = 0.05
"""Var(mu) of a unit that tells images apart; a unit that is paid for would have E[σ²] below 1 by as much."""


def missing_noise(case: Case) -> Iterator[Finding]:
    """Where nothing is drawn, σ costs the nll nothing and the KL takes it to 1 in every unit, informative ones too."""
    within, between, _ = moments(case)
    telling = np.flatnonzero(between > INFORMATIVE)
    if not len(telling) or np.abs(within - 1).max() > IDLE or not case.history:
        return
    trained, unit = case.history[-1].get("nll"), int(between.argmax())
    if not isinstance(trained, int | float) or case.measured.nll <= trained:
        return
    sentence = (
        f"The codes look as if z was mu in training, with no noise drawn: σ is 1.00 in every unit, unit {unit} among "
        f"them, whose mu has a variance of {between[unit]:.2f} (σ² of a unit that is drawn falls by as much), and with "
        f"noise the nll is {case.measured.nll:.1f} nats on {case.source}, against {trained:.1f} in training. "
        "Look whether z = mu + σ · eps is what the decoder gets."
    )
    numbers = {"variance": float(between[unit]), "trained": float(trained), "tested": case.measured.nll}
    yield Finding(KIND, sentence, numbers, view_of("explore", case.id, colour=f"sigma-{unit}"), (case.id,))
