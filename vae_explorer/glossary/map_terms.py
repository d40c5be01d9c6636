"""Words for maps, places on them, and ways through latent space."""

from vae_explorer.glossary.term import Term

MAP_TERMS: dict[str, Term] = {
    "cluster": Term(
        "Cluster",
        "Images that lie together in latent space, found without looking at their labels.",
        "k-means or HDBSCAN over mu",
        ("[Cc]lusters?", "k-means", "HDBSCAN"),
    ),
    "contours": Term(
        "Density contours",
        "Lines around the densest parts of the map, as on a map of heights.",
        "25, 50, 75 and 95 % of the visible points",
        ("[Dd]ensity contours",),
    ),
    "distance": Term(
        "Distance to data",
        "How far a code is from the nearest image's, divided by what is usual among images; within the data: less than "
        "for 5 % of them.",
        "min |z − mu| over images, in all units / its median among images",
        ("[Dd]istance to data", "as far away as is usual among images", "(?:within|between|far from) the data"),
    ),
    "ellipses": Term(
        "Ellipses",
        "One and two σ of a chosen image's posterior: in two units, 39 % and 86 % of its likely codes lie within.",
        "1 − exp(−r² / 2) at r = 1 and 2",
        ("[Ee]llipses?",),
    ),
    "lattice": Term(
        "Decoded lattice",
        "What the model decodes at places all over the map, drawn under the points.",
        "x̂ at evenly spaced z",
        ("[Dd]ecoded lattice", "[Ll]attice"),
    ),
    "min-dist": Term(
        "Least distance on the map",
        "How tightly UMAP may pack points: small values give clumps, large ones spread them evenly.",
        "min_dist",
        ("[Ll]east distance on the map",),
    ),
    "neighbours": Term(
        "Neighbours",
        "The images whose codes lie nearest to that of an image.",
        "",
        ("[Nn]eighbours",),
    ),
    "pca": Term(
        "PCA",
        "The flat view of latent space along the two directions in which the codes differ most.",
        "mu ≈ mean + a · v₁ + b · v₂",
        ("PCA(?! of pixels)", "principal components?"),
    ),
    "perplexity": Term(
        "Perplexity",
        "About how many neighbours t-SNE tries to keep near each point.",
        "2^entropy of the neighbour weights",
        ("[Pp]erplexity",),
    ),
    "pin": Term(
        "Pin",
        "The code that stays when the pointer leaves the map; click on the map to put it elsewhere.",
        "",
        ("[Pp]in(?:ned)?",),
    ),
    "projection": Term(
        "UMAP, densMAP and t-SNE",
        "Maps that are bent so that images near each other in latent space stay near; distances far apart mean little.",
        "McInnes 2018, Narayan 2021, van der Maaten 2008",
        ("UMAP", "densMAP", "t-SNE"),
    ),
    "quantiles": Term(
        "Quantiles of N(0, 1)",
        "Steps that are equally likely under a normal distribution: close together in the middle, far apart outside.",
        "z = Φ⁻¹(p) at evenly spaced p",
        (r"[Qq]uantiles(?: of N\(0, 1\))?",),
    ),
    "refine": Term(
        "Refine by re-encoding",
        "The decoded picture is encoded once more and that code is decoded, which pulls guesses towards the data.",
        "z → mu(decoder(z))",
        ("[Rr]efine by re-encoding",),
    ),
    "slerp": Term(
        "Path",
        "The way from A to B: a straight line, or an arc along which codes stay as long as samples of the prior.",
        "slerp: sin((1−t)ω)/sin ω · A + sin(tω)/sin ω · B (Shoemake 1985)",
        ("Path", "slerp", "lerp"),
    ),
    "frames": Term(
        "Frames",
        "How many pictures the path is cut into, A and B among them.",
        "t = 0, 1 / (frames − 1), …, 1",
        ("[Ff]rames",),
    ),
    "spacing": Term(
        "Spacing",
        "Where the values of a grid lie: at equal steps, or so that samples of the prior are as frequent between all.",
        "linear, or quantiles of N(0, 1)",
        ("[Ss]pacing",),
    ),
    "span": Term(
        "Span",
        "How far a unit is moved to either side, in standard deviations of the prior; of mu where there is no prior.",
        "",
        ("[Ss]pan",),
    ),
    "traversal": Term(
        "Traversal",
        "One unit moved through its range while all others stay: the pictures show what this unit stands for.",
        "decoder(z with z_d = v), v from low to high",
        ("[Tt]raversals?",),
    ),
    "trustworthiness": Term(
        "Trustworthiness",
        "Whether points that are neighbours on the map are neighbours in latent space too; 1 is perfect.",
        "1 − 2 / (n k (2n − 3k − 1)) · Σ (rank − k) (Venna & Kaski 2001)",
        ("[Tt]rustworthiness",),
    ),
}
