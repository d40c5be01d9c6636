"""Words for disentanglement: what is known of images, and how well units tell it."""

from vae_explorer.glossary.term import Term

FACTOR_TERMS: dict[str, Term] = {
    "ceiling": Term(
        "Ceiling",
        "What a perfect code of the same factors would get by the same estimate on as many images.",
        "the score of units that are the factors themselves",
        ("[Cc]eilings?",),
    ),
    "correlation-ratio": Term(
        "Correlation ratio",
        "How far the mean of a unit moves over the values of a factor, beside how far the unit moves at all.",
        "η² = Var(E[mu | value]) / Var(mu) (Pearson 1905)",
        ("[Cc]orrelation ratio", "η"),
    ),
    "disentangled": Term(
        "Disentanglement",
        "A model is disentangled where each unit stands for one factor of the images and each factor has one unit.",
        "",
        ("[Dd]isentangle(?:d|ment)",),
    ),
    "entropy": Term(
        "Entropy",
        "How uncertain something is, such as the value of a factor before an image is seen.",
        "H(v) = −Σ p(v) · log p(v), in nats",
        ("[Ee]ntropy",),
    ),
    "factor": Term(
        "Factor",
        "Something that is known of every image and that images vary in, such as size, position or class.",
        "",
        ("[Ff]actors?",),
    ),
    "mig": Term(
        "MIG",
        "Mutual information gap: how far the unit that tells most of a factor is ahead of the second.",
        "mean over factors of (I₁ − I₂) / H(v) (Chen et al. 2018)",
        ("MIG",),
    ),
    "mutual-information": Term(
        "Mutual information",
        "How much knowing a unit takes from the uncertainty about a factor; 0 where it tells nothing.",
        "I(z; v) = H(v) − H(v | z)",
        ("[Mm]utual information",),
    ),
    "quartiles": Term(
        "Quartiles",
        "A quarter of the images lie below the lower one, a quarter above the upper one.",
        "",
        ("[Qq]uartiles?",),
    ),
}
