"""What is lost on images that were not trained on."""

from collections.abc import Iterator

from vae_explorer.advice.case import Case
from vae_explorer.advice.finding import Finding, view_of

KIND = "overfitting"
SHARE = 0.1
"""Of what the code wins over the mean image in training."""
ERRORS = 3
"""Standard errors of the mean over test images."""


def overfitting(case: Case) -> Iterator[Finding]:
    """nll + rate of the last epoch's training images against that of test images.

    Test images are measured at the end alone, so whether they once did better is not known. The last epoch's mean is
    of weights that still moved, which makes the gap rather too small. Means over several draws, or over the βs of a
    multi-rate network, are no figure of the test's kind.
    """
    last = case.history[-1] if case.history else {}
    if case.measured.split != "test" or case.bounds is None or case.recipe.train.held_out is not None:
        return
    many = case.recipe.train.draws > 1 or case.recipe.model.betas is not None
    if many or not isinstance(last.get("nll"), int | float):
        return
    trained = last["nll"] + (last.get("rate") or 0.0)
    each = case.latents.nll.astype(float) + (0.0 if case.latents.rate is None else case.latents.rate.astype(float))
    tested, error = float(each.mean()), float(each.std() / len(each) ** 0.5)
    lost, won = tested - trained, case.bounds.mean_image_nll - trained
    if won <= 0 or lost < max(SHARE * won, ERRORS * error):
        return
    sum_of = "nll" if case.latents.plain else "nll + rate"
    sentence = (
        f"It fits its training images better than new ones: {sum_of} is {trained:.1f} nats on training images in the "
        f"last epoch and {tested:.1f} on {case.source}. Of the {won:.1f} nats that it won in training over drawing the "
        f"mean image, {100 * lost / won:.0f} % are lost on new images. When that began is not known: test images are "
        "measured at the end alone."
    )
    numbers = {"trained": float(trained), "tested": tested, "lost": lost, "won": won, "error": error}
    yield Finding(KIND, sentence, numbers, view_of("explore", case.id, colour="nll"), (case.id,))
