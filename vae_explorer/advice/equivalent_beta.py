"""What a loss really weighed: the β at which a curve has a model's rate and nll."""

from collections.abc import Iterator, Sequence

import numpy as np

from vae_explorer.advice.beta_curve import place_on
from vae_explorer.advice.case import Case
from vae_explorer.advice.family import Family
from vae_explorer.advice.finding import Finding, comparison_of
from vae_explorer.latents.beta_latents import BetaCurve
from vae_explorer.metrics.yardsticks import yardstick

KIND = "equivalent-beta"


def equivalent_beta(case: Case, curve: BetaCurve, whose: str, beside: Sequence[str] = ()) -> Finding:
    """Where a model lies on a curve, in one sentence; whose: the curve's owner in words; beside: its models.

    Raises:
        InvalidSetting: for a curve that has no two rising β's above 0.
    """
    place = place_on(curve, case.rate, case.measured.nll)
    least, most = float(curve.beta[0]), float(curve.beta[-1])
    weighed = f"as β {place.beta:.2g} does"
    if place.clamped:
        end = "at most" if place.clamped == "below" else "at least"
        weighed = f"as β {place.beta:g} does {end}, where the curve ends"
    sentence = (
        f"The loss of {case.id} weighed the rate {weighed}; its recipe says β {case.recipe.beta:g}. Rate "
        f"{case.rate:.1f} and nll {case.measured.nll:.1f} nats on {case.source} lie {place.distance:.1f} nats off the "
        f"curve of {whose}, measured at {len(curve.beta)} β's from {least:g} to {most:g}."
    )
    numbers = {"equivalent_beta": place.beta, "beta": case.recipe.beta, "distance": place.distance}
    numbers |= {"rate": case.rate, "nll": case.measured.nll}
    return Finding(KIND, sentence, numbers, comparison_of((case.id, *beside)), (case.id,))


def strange_betas(family: Family) -> Iterator[Finding]:
    """Members that lie, on the curve of the others, as far as the next measured β and beyond.

    Nearer than that a chord tells too little of a curve. Only a β inside the others' range can be held against it, for
    beyond an end the curve says nothing; and only a curve whose rate falls and whose nll rises is one.
    """
    for beta, cases in family.members.items():
        rest = {other: members for other, members in family.members.items() if other != beta}
        if not min(rest, default=beta) < beta < max(rest, default=beta):
            continue
        curve, beside = _curve(rest), tuple(members[0].id for members in rest.values())
        least, most = max(other for other in rest if other < beta), min(other for other in rest if other > beta)
        for case in cases if _ordered(curve) else ():
            if not 1.01 * least < place_on(curve, case.rate, case.measured.nll).beta < 0.99 * most:
                yield equivalent_beta(case, curve, "its family", beside)


def placed_betas(cases: Sequence[Case]) -> Iterator[Finding]:
    """Every model of one β on the curve of each multi-rate network among them that was trained and measured alike."""
    for net, curve in [(net, net.curve) for net in cases if net.curve is not None]:
        for case in cases:
            single = case.recipe.model.betas is None and case.recipe.weight is not None
            if single and _scale(case) == _scale(net):
                yield equivalent_beta(case, curve, net.id, (net.id,))


def _scale(case: Case) -> tuple[object, ...]:
    """What must be equal for rates and nlls to share axes and β a meaning."""
    recipe, measured = case.recipe, case.measured
    same = recipe.train.objective, recipe.train.own, recipe.model.classes, measured.n
    return yardstick(recipe.model, recipe.train, measured), *same


def _ordered(curve: BetaCurve) -> bool:
    return bool((np.diff(curve.rate) < 0).all() and (np.diff(curve.nll) > 0).all())


def _curve(members: dict[float, tuple[Case, ...]]) -> BetaCurve:
    rate = [float(np.mean([case.rate for case in cases])) for cases in members.values()]
    nll = [float(np.mean([case.measured.nll for case in cases])) for cases in members.values()]
    return BetaCurve(np.array(list(members)), np.array(rate), np.array(nll))
