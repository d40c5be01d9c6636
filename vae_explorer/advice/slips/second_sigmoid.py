"""Two sigmoids: outputs that are pixels already go through another one."""

from collections.abc import Iterator

from vae_explorer.advice.case import Case
from vae_explorer.advice.finding import Finding, view_of

KIND = "second-sigmoid"
NEAR = 1.1
"""Times the least nll that two sigmoids allow."""


def second_sigmoid(case: Case) -> Iterator[Finding]:
    """An nll that stays above what pixels between 0.50 and 0.73 can reach, and above that of the mean image.

    By training's own figure, or by the measured one where the second sigmoid is a part of the model.
    """
    floor = case.bounds
    if floor is None or floor.twice_nll <= floor.mean_image_nll or case.rate < 0.1:
        return
    seen = [line["nll"] for line in case.history if isinstance(line.get("nll"), int | float)]
    figures = {"in training": min(seen)} if seen else {}
    figures[f"on {case.source}"] = case.measured.nll
    held = {where: nll for where, nll in figures.items() if 0.99 * floor.twice_nll <= nll <= NEAR * floor.twice_nll}
    if not held or case.measured.nll <= floor.mean_image_nll:
        return
    where, nll = next(iter(held.items()))
    sentence = (
        f"The nll looks as if the sigmoid was applied twice: its least {where} is {nll:.1f} nats, above the mean "
        f"image's {floor.mean_image_nll:.1f} and close to {floor.twice_nll:.1f}, the least that pixels pressed between "
        f"0.50 and 0.73 allow; on {case.source} it is {case.measured.nll:.1f}. Look whether a loss that takes logits "
        "is given pixels."
    )
    numbers = {"nll": nll, "mean_image_nll": floor.mean_image_nll, "twice_nll": floor.twice_nll}
    yield Finding(KIND, sentence, numbers, view_of("traversals", case.id), (case.id,))
