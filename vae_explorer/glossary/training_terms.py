"""Words for how a model is trained."""

from vae_explorer.glossary.term import Term

TRAINING_TERMS: dict[str, Term] = {
    "annealing": Term(
        "β over training",
        "How the weight on the rate changes in training: a slow start keeps units alive, a high one keeps them apart.",
        "loss = nll + β(t) · rate",
        ("β over training", "[Aa]nnealing"),
    ),
    "autoencoder": Term(
        "Plain autoencoder",
        "A model that gives each image one code and no spread: it has no prior, no rate and no samples.",
        "x → z = mu(x) → x̂",
        ("[Pp]lain autoencoders?", "[Aa]utoencoders?"),
    ),
    "batch": Term(
        "Batch size",
        "How many images the model sees before its weights change once.",
        "steps per epoch = images / batch size",
        ("[Bb]atch size",),
    ),
    "bernoulli": Term(
        "Likelihood",
        "How the decoder's numbers become the picture's probability: Bernoulli takes each for a chance of white, "
        "Gaussian for a level.",
        "nll = −log p(x|z)",
        ("[Ll]ikelihood", "Bernoulli"),
    ),
    "beta": Term(
        "β",
        "The weight of the rate in training: a larger β keeps less of the image, and tends to give units one meaning.",
        "loss = nll + β · rate (Higgins et al. 2017)",
        ("β",),
    ),
    "conditional": Term(
        "Conditional model",
        "A model that is told the class, so that its code need not hold it; every code can be decoded as any class.",
        "p(x|z, y), q(z|x, y)",
        ("[Cc]onditional", "[Dd]ecode as"),
    ),
    "epoch": Term(
        "Epoch",
        "One pass over all training images.",
        "",
        ("[Ee]pochs?",),
    ),
    "held-out": Term(
        "Held-out class",
        "A class that the model never saw in training, to test whether it notices what is strange.",
        "",
        ("[Hh]eld[- ]out(?: class)?",),
    ),
    "knee": Term(
        "Knee",
        "The β up to which rate is saved for little nll; with a larger one every nat saved costs much more.",
        "the point of nll over rate farthest below the line between its ends (Satopää et al. 2011)",
        ("[Kk]nee",),
    ),
    "learning-rate": Term(
        "Learning rate",
        "How far the weights move at each step; too large and training fails, too small and it takes long.",
        "",
        ("[Ll]earning rate",),
    ),
    "loss": Term(
        "Loss",
        "The number that training makes smaller.",
        "nll + β · rate, for the usual objective",
        ("[Ll]oss",),
    ),
    "multi-rate": Term(
        "One network for every β",
        "A multi-rate network: trained for a whole range of β at once, and turned to any of them by a dial.",
        "channel c · σ(w_c · t + b_c), t the standardised log β (Bae et al. 2022)",
        ("[Oo]ne network for every β", "[Mm]ulti-rate networks?"),
    ),
    "objective": Term(
        "Objective",
        "The formula of what training makes smaller: what an image costs, and how what its code costs is weighted.",
        "nll + β · rate, unless another is chosen",
        ("[Oo]bjective",),
    ),
    "pca-of-pixels": Term(
        "PCA of pixels",
        "The linear model of least squared error: the mean image and the directions in which images differ most.",
        "z = W(x − mean), x̂ = mean + Wᵀz (Pearson 1901)",
        ("PCA of pixels",),
    ),
    "preset": Term(
        "Preset",
        "A named start: the layers of encoder and decoder, how many latent units there are, and the likelihood.",
        "",
        ("[Pp]resets?",),
    ),
    "snapshot": Term(
        "Snapshot",
        "The model as it was at one moment of its training, with its map and its pictures.",
        "",
        ("[Ss]napshots?",),
    ),
    "step": Term(
        "Step",
        "One change of all weights, made after a batch of images was seen.",
        "",
        ("[Ss]tep",),
    ),
    "sweep": Term(
        "Sweep",
        "Several runs that differ in β alone, so that they can be compared.",
        "",
        ("(?:β )?[Ss]weeps?",),
    ),
    "seed": Term(
        "Seed",
        "The number that random draws start from; the same seed gives the same result again.",
        "",
        ("[Ss]eeds?",),
    ),
    "validation": Term(
        "Validation images",
        "Training images that are left out of training to judge its epochs by, so that the test images need not be.",
        "",
        ("[Vv]alidation images",),
    ),
}
