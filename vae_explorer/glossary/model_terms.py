"""Words for what a model is, what it makes of an image, and what that costs."""

from vae_explorer.glossary.term import Term

MODEL_TERMS: dict[str, Term] = {
    "active-unit": Term(
        "Active unit",
        "A latent unit whose mu really differs from image to image, so that it tells something about them.",
        "Var(mu) > 0.01 (Burda et al. 2016)",
        ("[Aa]ctive units?", "active"),
    ),
    "aggregate-posterior": Term(
        "Aggregate posterior",
        "Where the codes of all images lie, together; the closer it is to the prior, the better are samples of it.",
        "q(z) = mean of q(z|x) over images",
        ("[Aa]ggregate posteriors?",),
    ),
    "auroc": Term(
        "AUROC",
        "How well a score tells two groups apart: the chance that one of the first scores above one of the second.",
        "0.5 is chance, 1 is perfect",
        ("AUROC",),
    ),
    "bits-per-pixel": Term(
        "Bits per pixel",
        "What a picture costs, per pixel and in bits, so that images of different sizes compare.",
        "(nll + rate) / (pixels · ln 2)",
        ("[Bb]its per pixel",),
    ),
    "bound": Term(
        "Bound on log p(x)",
        "A tighter estimate of how probable the model finds an image, from many codes of it instead of one.",
        "log [ (1/K) · Σ p(x, z_k) / q(z_k|x) ] (Burda et al. 2016)",
        (r"[Bb]ound on log p\(x\)",),
    ),
    "collapsed": Term(
        "Collapsed unit",
        "A latent unit that carries next to nothing: moving it changes nothing in the picture.",
        "KL of the unit ≈ 0",
        ("[Cc]ollapsed",),
    ),
    "elbo": Term(
        "ELBO",
        "The evidence lower bound, by which VAEs are judged: higher is better, and β has no part in it.",
        "ELBO = −(nll + rate) ≤ log p(x)",
        ("ELBO",),
    ),
    "encoder": Term(
        "Encoder and decoder",
        "The encoder turns an image into a code; the decoder turns a code into an image.",
        "q(z|x) and p(x|z)",
        ("[Ee]ncoders?", "[Dd]ecoders?"),
    ),
    "eps": Term(
        "eps",
        "Noise that a code is drawn with; models that are compared get the same, as far as their units go.",
        "eps ~ N(0, I), z = mu + σ · eps",
        ("eps",),
    ),
    "hole": Term(
        "Hole",
        "A place in latent space that is far from every code: what is decoded there is a guess.",
        "farther from every code than 95 % of the codes are from their nearest other",
        ("[Hh]oles?",),
    ),
    "kl": Term(
        "KL",
        "Kullback–Leibler divergence: the nats that a unit carries about an image; 0 when it ignores the image.",
        "KL(q(z|x) ‖ p(z)) = E[log q(z|x) − log p(z)]",
        ("KL",),
    ),
    "latent-space": Term(
        "Latent space",
        "The space of all codes; similar images lie close together in it.",
        "z in R^D",
        ("[Ll]atent space", "[Ll]atents"),
    ),
    "latent-unit": Term(
        "Latent unit",
        "One number of the code; at best it stands for one thing about the image, such as its slant.",
        "z_d, d = 0 … D − 1",
        ("[Ll]atent units?", "[Uu]nits?"),
    ),
    "mu": Term(
        "mu",
        "The middle of the codes that the encoder finds likely for an image; the image lies there on the map.",
        "q(z|x) = N(mu, σ²)",
        ("mu",),
    ),
    "nats": Term(
        "Nats",
        "A unit of information, as bits are, but with the natural logarithm.",
        "1 nat = 1.44 bits",
        ("[Nn]ats",),
    ),
    "nll": Term(
        "nll",
        "Negative log-likelihood: how improbable the decoder finds an image, given its code; lower is closer.",
        "nll = −log p(x|z), summed over pixels",
        ("nll",),
    ),
    "posterior": Term(
        "Posterior",
        "What the encoder says of an image: not one code but a small cloud of likely ones.",
        "q(z|x) = N(mu, σ²)",
        ("[Pp]osterior",),
    ),
    "prior": Term(
        "Prior",
        "What codes look like before any image is seen; samples are decoded draws from it.",
        "p(z) = N(0, I), unless it is learned",
        ("[Pp]rior",),
    ),
    "rate": Term(
        "Rate",
        "How many nats about the image its code carries: the sum of the KL of all units.",
        "rate = KL(q(z|x) ‖ p(z))",
        ("[Rr]ate",),
    ),
    "reconstruction": Term(
        "Reconstruction",
        "An image encoded and decoded again: what the model kept of it.",
        "x̂ = decoder(mu(x))",
        ("[Rr]econstructions?",),
    ),
    "sample": Term(
        "Sample",
        "A picture the model makes up: a code drawn from the prior, or from the aggregate posterior, decoded.",
        "z ~ p(z), x̂ = decoder(z)",
        ("[Ss]amples?",),
    ),
    "sigma": Term(
        "σ",
        "How unsure the encoder leaves one unit of an image's code: small where the encoder is certain.",
        "σ = exp(logvar / 2)",
        ("σ", "logvar"),
    ),
    "var-mu": Term(
        "Var(mu)",
        "How much mu of a unit differs between images; near 0 it is the same for every image.",
        "variance over the images",
        (r"Var\(mu\)",),
    ),
    "z": Term(
        "z",
        "The code that is decoded: one number for each latent unit.",
        "x̂ = decoder(z)",
        ("z",),
    ),
}
