"""SCORES of disentanglement: one file and one row each; codes in, a number between its bounds out.

codes  what a score looks at: codes of images whose factors are known
score  what a row is made of, and what it gives
sample  the images that a score draws, and what has to be said of them
mutual_information  ESTIMATORS of what a unit tells of a factor, in nats
active_rules  ACTIVE_RULES: which units count
information  what units tell of factors, on which many scores are a formula
logistic  linear classifiers of a factor's value
attainable  what a perfect code would score
fragility  a score under choices that papers make in silence
mig  how far each factor's first unit is ahead of its second
mig_chen  the same, by entropies of draws from posteriors
modularity  whether a unit tells of one factor alone
explicitness  whether a linear classifier tells a factor's values apart
med  DCI's disentanglement, with mutual information in place of importances
infomec  InfoM, InfoC, InfoE
total_correlation  what units share, were their codes Gaussian
pairwise  what two units tell of each other
parted  the images that a classifier learns from, and those that it is tested on
cuts  units in levels that are equally frequent
partners  images that share the value of one factor with others
dci  whether trees that tell the factors need one unit for each, and each unit for one
sap  how far the unit that tells a factor best by a line is ahead of the second
factor_vae  whether the unit that varies least tells which factor was fixed
beta_vae  whether a linear classifier tells, of pairs of images, which factor they share
irs  how still each unit stays while all factors but its own change
single_units  SNC and NK: how well one unit tells a factor, and how far the others fall short without it
factor_matrix  MATRICES: what every unit has to do with every factor
udr  whether models that differ in their seed alone find the same units; of several models, and so no row here
"""

from vae_explorer.metrics.scores.active_rules import ALL_UNITS, WIDE_UNITS
from vae_explorer.metrics.scores.beta_vae import beta_vae
from vae_explorer.metrics.scores.dci import BOOSTED, FOREST, completeness, disentanglement, informativeness
from vae_explorer.metrics.scores.explicitness import explicitness
from vae_explorer.metrics.scores.factor_vae import factor_vae
from vae_explorer.metrics.scores.infomec import infoc, infoe, infom
from vae_explorer.metrics.scores.irs import irs
from vae_explorer.metrics.scores.med import med
from vae_explorer.metrics.scores.mig import mig
from vae_explorer.metrics.scores.mig_chen import mig_chen
from vae_explorer.metrics.scores.modularity import modularity
from vae_explorer.metrics.scores.pairwise import mean_pairwise_mi
from vae_explorer.metrics.scores.sap import sap
from vae_explorer.metrics.scores.score import Score
from vae_explorer.metrics.scores.single_units import nk, snc
from vae_explorer.metrics.scores.total_correlation import total_correlation

SCORES: dict[str, Score] = {
    "mig": Score(
        "MIG",
        mig,
        "Is each factor in one unit, and in no second one?",
        "Plug-in mutual information of mu in 20 equal-width bins, over the factor's entropy (Locatello et al. 2019).",
        {"estimator": "20 bins", "rule": ALL_UNITS},
        headline=True,
        quick=True,
    ),
    "mig-64": Score(
        "MIG (64 bins)",
        mig,
        "The same with bins fine enough for every factor of the sprites.",
        "Plug-in mutual information of mu in 64 equal-width bins, over the factor's entropy.",
        {"estimator": "64 bins", "rule": ALL_UNITS},
        quick=True,
    ),
    "mig-chen": Score(
        "MIG (Chen)",
        mig_chen,
        "Is each factor but the shape in one unit, and in no second one, counting how uncertain codes are?",
        "H(z_k) − H(z_k given the value) of draws from q(z given x), over log(values) (Chen et al. 2018).",
    ),
    "modularity": Score(
        "Modularity",
        modularity,
        "Does each unit tell of one factor alone?",
        "Squared mutual information of mu in 20 equal-width bins, mean over all units (Ridgeway & Mozer 2018).",
        {"estimator": "20 bins", "rule": ALL_UNITS},
        factors=2,
        quick=True,
    ),
    "explicitness": Score(
        "Explicitness",
        explicitness,
        "Can a linear classifier tell a factor's values apart? Chance is 0.5.",
        "ROC AUC of one value against the others, logistic regression on standardised mu (Ridgeway & Mozer 2018).",
    ),
    "med": Score(
        "MED",
        med,
        "Does each unit tell of one factor alone, counting units by how much they tell?",
        "Mutual information of mu in 20 equal-width bins, as importances of DCI's formula (Cao et al. 2022).",
        {"estimator": "20 bins", "rule": ALL_UNITS},
        factors=2,
        quick=True,
    ),
    "infom": Score(
        "InfoM",
        infom,
        "Does each active unit tell of one factor alone? Of noise it says nothing: read it beside InfoE.",
        "Largest share of normalised mutual information, KSG with 10 neighbours (Hsu et al. 2023).",
        {"estimator": "KSG, 10 neighbours", "rule": WIDE_UNITS},
        factors=2,
        quick=True,
    ),
    "infoc": Score(
        "InfoC",
        infoc,
        "Is each factor in one active unit? Of noise it says nothing: read it beside InfoE.",
        "Largest share of normalised mutual information, KSG with 10 neighbours (Hsu et al. 2023).",
        {"estimator": "KSG, 10 neighbours", "rule": WIDE_UNITS},
        factors=2,
        quick=True,
    ),
    "infoe": Score(
        "InfoE",
        infoe,
        "Can a linear classifier read the factors off the code?",
        "Log-loss of unpenalised balanced logistic regression after 100 steps, on its own images (Hsu et al. 2023).",
    ),
    "total-correlation": Score(
        "Total correlation",
        total_correlation,
        "How much do units share? Lower is better, and 0 nats is best; no factors needed.",
        "Of a Gaussian fitted to mu, in nats (Locatello et al. 2019).",
        unit="nats",
        factors=0,
        quick=True,
    ),
    "mean-pairwise-mi": Score(
        "Mean pairwise MI",
        mean_pairwise_mi,
        "How much do two units tell of each other? Lower is better, and 0 nats is best; no factors needed.",
        "Plug-in mutual information of mu in 20 equal-width bins, in nats (Locatello et al. 2019).",
        unit="nats",
        factors=0,
        quick=True,
    ),
    "dci-disentanglement": Score(
        "DCI disentanglement (forest)",
        disentanglement,
        "Does each unit help to tell one factor alone, counting units by how much they help?",
        "Importances in 100 random trees of depth 10 by entropy, units in 255 levels (Eastwood & Williams 2018).",
        {"trees": FOREST},
        headline=True,
        factors=2,
    ),
    "dci-completeness": Score(
        "DCI completeness (forest)",
        completeness,
        "Does one unit alone help to tell each factor?",
        "Importances in 100 random trees of depth 10 by entropy, units in 255 levels (Eastwood & Williams 2018).",
        {"trees": FOREST},
    ),
    "dci-informativeness": Score(
        "DCI informativeness (forest)",
        informativeness,
        "Can trees tell a factor's values apart on images that they have not seen?",
        "Accuracy of 100 random trees of depth 10 by entropy, units in 255 levels (Eastwood & Williams 2018).",
        {"trees": FOREST},
    ),
    "dci-disentanglement-boosted": Score(
        "DCI disentanglement (boosted)",
        disentanglement,
        "The same by trees that are grown one after another, as in the published protocol.",
        "Gains in boosting: 100 rounds, depth 3, rate 0.1, histograms of 255 levels (after Locatello et al. 2019).",
        {"trees": BOOSTED},
        usual=False,
        factors=2,
    ),
    "dci-completeness-boosted": Score(
        "DCI completeness (boosted)",
        completeness,
        "The same by trees that are grown one after another, as in the published protocol.",
        "Gains in boosting: 100 rounds, depth 3, rate 0.1, histograms of 255 levels (after Locatello et al. 2019).",
        {"trees": BOOSTED},
        usual=False,
    ),
    "dci-informativeness-boosted": Score(
        "DCI informativeness (boosted)",
        informativeness,
        "The same by trees that are grown one after another, as in the published protocol.",
        "Accuracy of boosting: 100 rounds, depth 3, rate 0.1, histograms of 255 levels (after Locatello et al. 2019).",
        {"trees": BOOSTED},
        usual=False,
    ),
    "sap": Score(
        "SAP",
        sap,
        "Can one unit alone tell each factor by a line, and no second one? A perfect code is far below 1.",
        "Gap in accuracy of balanced linear SVMs, C 0.01, on each unit as it is (Kumar et al. 2018).",
    ),
    "factor-vae": Score(
        "FactorVAE score",
        factor_vae,
        "Does the unit that varies least in a batch tell which factor was fixed in it?",
        "Majority votes of batches of 64, units with a deviation of mu of 0.05 at least (Kim & Mnih 2018).",
        headline=True,
        factors=2,
    ),
    "beta-vae": Score(
        "BetaVAE score",
        beta_vae,
        "Can a linear classifier tell, by how far codes differ, which factor pairs of images share?",
        "Logistic regression on mean absolute differences of mu in batches of 64 pairs (Higgins et al. 2017).",
        factors=2,
    ),
    "irs": Score(
        "IRS",
        irs,
        "Does each unit stay still while all factors but its own change? Highest for codes that hardly move.",
        "99th percentile of the distance from the mean at a value, over the largest in all (Suter et al. 2019).",
    ),
    "snc": Score(
        "SNC",
        snc,
        "Can one unit alone tell each factor, with a unit of its own for each?",
        "Accuracy of units in equally frequent bins, bins and units assigned one to one (Mahon et al. 2023).",
    ),
    "nk": Score(
        "NK",
        nk,
        "Does a network fail to tell a factor without that factor's unit?",
        "Fall in accuracy of a network with 64 hidden units, two trained for each factor (Mahon et al. 2023).",
        usual=False,
    ),
}
