"""Probes: how well simple classifiers read the class off mu, from few labels to all of them."""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from vae_explorer.bounds import require_seed
from vae_explorer.errors import require
from vae_explorer.metrics.evidence import Evidence

LABELS = (10, 100, 1000)
NEIGHBOURS = 5
MAX_ITERATIONS = 10_000


class Probes(NamedTuple):
    """Accuracies on held-out codes, 0 to 1, one for each number of labelled codes."""

    labels: tuple[int, ...]
    """Labelled codes used, ascending; the last is all of them."""
    linear: tuple[float, ...]
    knn: tuple[float, ...]
    neighbours: int
    """k of the k-NN; at few labels no more than a class has on average, and at least 1."""
    seed: int
    scored: int
    """Held-out codes behind every accuracy."""

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values; tuples become lists."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self._asdict().items()}


def counts(text: str) -> tuple[int, ...]:
    """Whole numbers of labels out of `10,100,1000`, ascending.

    Raises:
        ValueError: for anything else.
    """
    numbers = tuple(map(int, text.split(",")))
    if numbers[0] < 1 or any(b <= a for a, b in pairwise(numbers)):
        raise ValueError(f"{text} does not ascend from 1")
    return numbers


def measure(evidence: Evidence, probe_labels: tuple[int, ...]) -> dict[str, Any]:
    """Fitted on codes of the training split, scored on those of the test split, whichever is measured; JSON values.

    Raises:
        InvalidSetting: as probes.
    """
    fit, score = evidence.encode("train"), evidence.encode("test")
    found = probes(fit.mu, fit.label, score.mu, score.label, evidence.seed, probe_labels)
    return {"fitted_on": fit.split, "scored_on": score.split, **found.to_dict()}


def probes(
    fit_mu: np.ndarray,
    fit_label: np.ndarray,
    score_mu: np.ndarray,
    score_label: np.ndarray,
    seed: int = 0,
    labels: tuple[int, ...] = LABELS,
) -> Probes:
    """Linear and k-NN accuracy on mu after 10, 100, 1,000 and all labels (10 to 1,000 where there are more codes).

    The smaller sets of labels are balanced over the classes and lie within the larger. With fewer labels than classes
    some classes are never named, which bounds the accuracy. Linear probes: Alain & Bengio 2017; k-NN: Cover & Hart
    1967; few labels to judge a representation: Kingma et al. 2014.

    Args:
        fit_mu, fit_label: codes [N, D] to learn from and their class ids [N].
        score_mu, score_label: codes [M, D] that no probe has seen, and their class ids [M].
        seed: of the draw of labelled codes.
        labels: how many labels the smaller probes have, ascending.

    Raises:
        InvalidSetting: for codes that are not finite or do not fit together, fewer than two classes, a bad seed.
    """
    _check_codes("fitted", fit_mu, fit_label)
    _check_codes("scored", score_mu, score_label)
    widths = fit_mu.shape[1], score_mu.shape[1]
    require(widths[0] == widths[1], f"Fitted and scored codes must be of one model, not {widths} units wide.")
    require(len(np.unique(fit_label)) >= 2, "Probes need codes of at least two classes to learn from.")
    require_seed(seed)
    order = balanced_order(fit_label, seed)
    sizes = (*(n for n in labels if n < len(order)), len(order))
    fit, score = fit_mu.astype(float), score_mu.astype(float)
    linear = _linear_accuracies(fit, fit_label, score, score_label, [order[:n] for n in sizes])
    knn = _knn_accuracies(fit, fit_label, score, score_label, [order[:n] for n in sizes])
    return Probes(sizes, linear, knn, NEIGHBOURS, seed, len(score_label))


def balanced_order(label: np.ndarray, seed: int) -> np.ndarray:
    """An order of images [N] whose every beginning holds the classes as evenly as they last.

    One image of each class in random order, then a second of each, and so on: beginnings are nested by construction.
    """
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(len(label))
    by_class = shuffled[np.argsort(label[shuffled], kind="stable")]
    _, counts = np.unique(label, return_counts=True)
    turn = np.concatenate([np.arange(count) for count in counts])
    return by_class[np.lexsort((rng.random(len(label)), turn))]


def _check_codes(role: str, mu: np.ndarray, label: np.ndarray) -> None:
    require(mu.ndim == 2 and mu.size > 0, f"The {role} codes must be [N, D] and not empty, not {mu.shape}.")
    require(label.shape == mu.shape[:1], f"The {role} codes need one label each: {label.shape} for {mu.shape}.")
    require(np.issubdtype(label.dtype, np.integer), f"The {role} labels must be class ids, not {label.dtype}.")
    require(bool(np.isfinite(mu).all()), f"The {role} codes must be finite.")


def _linear_accuracies(
    fit: np.ndarray, fit_label: np.ndarray, score: np.ndarray, score_label: np.ndarray, subsets: list[np.ndarray]
) -> tuple[float, ...]:
    """Logistic regression on units standardised over all fitted codes: their spread is known without any label."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler: Any = StandardScaler().fit(fit)
    fit, score = scaler.transform(fit), scaler.transform(score)
    probe = LogisticRegression(solver="lbfgs", max_iter=MAX_ITERATIONS)
    return tuple(float(probe.fit(fit[chosen], fit_label[chosen]).score(score, score_label)) for chosen in subsets)


def _knn_accuracies(
    fit: np.ndarray, fit_label: np.ndarray, score: np.ndarray, score_label: np.ndarray, subsets: list[np.ndarray]
) -> tuple[float, ...]:
    """Majority of the k nearest codes by Euclidean distance; brute force, as trees are slower from some ten units.

    With one label a class a majority of five would be a five-way tie, so k is at most the labels of a class.
    """
    from sklearn.neighbors import KNeighborsClassifier

    def accuracy(chosen: np.ndarray) -> float:
        per_class = len(chosen) // len(np.unique(fit_label[chosen]))
        probe = KNeighborsClassifier(min(NEIGHBOURS, per_class), algorithm="brute")
        return float(probe.fit(fit[chosen], fit_label[chosen]).score(score, score_label))

    return tuple(accuracy(chosen) for chosen in subsets)
