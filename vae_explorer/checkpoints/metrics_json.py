"""metrics.json: the figures of the split that was encoded, and results of METRICS, as bytes and back."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from vae_explorer import strict_json
from vae_explorer.errors import CheckpointError
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.metrics.results import Result

METRICS = "metrics.json"
RESULTS = "results"
MAX_BYTES = 1 << 26
FIGURES = {
    "dataset": str,
    "split": str,
    "n": int,
    "seed": int,
    "nll": float,
    "rate": float | None,
    "elbo": float | None,
    "active_units": int,
    "kl_per_dim": list | None,
}
RESULT = {"metric": str, "dataset": str, "split": str, "n": int, "seed": int, "settings": dict, "value": object}


class Measurements(NamedTuple):
    """What was measured of a checkpoint."""

    evaluation: Evaluation | None = None
    """Of the latents beside; None before a split was encoded."""
    results: tuple[Result, ...] = ()
    """On any split, each with its source."""


def pack(measurements: Measurements) -> bytes:
    """The file's bytes: the figures of the latents, and the results where there are any."""
    evaluation, results = measurements
    figures = {} if evaluation is None else evaluation.to_dict()
    further = {RESULTS: [_written(result) for result in results]} if results else {}
    return json.dumps(figures | further, indent=1).encode()


def unpack(data: bytes) -> Measurements:
    """What the file says.

    Raises:
        CheckpointError: when that is not what `pack` writes.
    """
    try:
        values = strict_json.mapping(data)
        results = tuple(_result(one) for one in values.pop(RESULTS, ()))
        return Measurements(_evaluation(values) if values else None, results)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise CheckpointError(f"{METRICS} holds no measured figures; run `embed` again.") from error


def _written(result: Result) -> dict[str, Any]:
    """A β is written where it tells one network's results apart."""
    return {name: value for name, value in result._asdict().items() if name != "beta" or value is not None}


def _result(values: Mapping[str, Any]) -> Result:
    return Result(**_fitting(values, RESULT | {"beta": float} if "beta" in values else RESULT))


def _evaluation(values: Mapping[str, Any]) -> Evaluation:
    figures = _fitting(values, FIGURES)
    if figures["kl_per_dim"] is not None:
        figures["kl_per_dim"] = tuple(map(float, figures["kl_per_dim"]))
    return Evaluation(**figures)


def _fitting(values: Mapping[str, Any], kinds: Mapping[str, Any]) -> dict[str, Any]:
    if set(values) != set(kinds) or not all(isinstance(values[name], kind) for name, kind in kinds.items()):
        raise ValueError(f"not {', '.join(kinds)}")
    return dict(values)
