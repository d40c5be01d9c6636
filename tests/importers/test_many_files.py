"""Files of many layouts, activations, scales and heads: read right, or asked about; never anything else."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import torch

from tests.importers.networks import NAMINGS, Kind, Network, Planes, as_log_sigma, chunked, images, state, trained
from vae_explorer.errors import InvalidSetting
from vae_explorer.importers import IMPORTERS, plan
from vae_explorer.importers.decision import Decision, decide
from vae_explorer.importers.layers import layers_of
from vae_explorer.importers.subject import of_weights

pytestmark = pytest.mark.thorough
KINDS = (
    Kind(),
    Kind("leaky-0.2", "signed", "tanh"),
    Kind("elu", "standardised", "none"),
    Kind("tanh"),
    Kind("leaky-0.01", "signed", "tanh"),
)
SIGMA = Kind("elu", "unit", "sigmoid", "sigma")
ORDERS = ("mu-first", "mu-last", "interleaved")
SHORT = {"fc1": "enc.1", "fc21": "mean", "fc22": "log_var", "fc3": "dec.0", "fc4": "dec.2"}
PYTHAE = {
    "fc1": "encoder.layers.0.0",
    "fc21": "encoder.embedding",
    "fc22": "encoder.log_var",
    "fc3": "decoder.layers.0.0",
    "fc4": "decoder.layers.1.0",
}


class File(NamedTuple):
    """Weights, and what is true of them."""

    layout: str
    weights: dict[str, torch.Tensor]
    truth: dict[str, str]


def numbered(network: Network) -> dict[str, torch.Tensor]:
    """fc1, fc2 for both heads, fc3, fc4."""
    names = {"encoder.0": "fc1", "encoder.2": "fc2", "decoder.0": "fc3", "decoder.2": "fc4"}
    return {
        f"{names[key.rpartition('.')[0]]}.{key.rpartition('.')[2]}": value for key, value in chunked(network).items()
    }


def head_apart(network: Network) -> dict[str, torch.Tensor]:
    """One layer for both heads with a name of its own."""
    return {key.replace("encoder.2", "fc_latent"): value for key, value in chunked(network).items()}


def files() -> Iterator[File]:
    for kind in KINDS:
        network = trained(kind)
        truth = {"activation": kind.activation, "input": kind.input, "output": kind.output, "second-head": kind.head}
        truth["before-heads"] = "yes"
        for name, names in NAMINGS.items():
            yield File(name.partition(",")[0], state(network, **names), truth)
        for order in ORDERS:
            yield File("chunked-last", chunked(network, order), truth | {"order": order, "before-heads": ""})
        yield File("chunked-numbered", numbered(network), truth | {"order": "mu-first"})
        yield File("sequences", state(network, **SHORT), truth)
        yield File("chunked", head_apart(network), truth | {"order": "mu-first"})
        yield File("pytorch-examples", as_log_sigma(state(network)), truth | {"second-head": "log-sigma"})
    unit = [kind for kind in KINDS if kind.output == "sigmoid"]
    for kind in unit:
        truth = {"activation": kind.activation, "second-head": "log-variance"}
        yield File("pythae", state(trained(kind), **PYTHAE), truth)
    truth = {"activation": "elu", "input": "unit", "output": "sigmoid", "second-head": "sigma"}
    yield File("pytorch-examples", state(trained(SIGMA)), truth)
    yield File("chunked-last", chunked(trained(SIGMA)), truth | {"order": "mu-first"})
    planes = trained(Kind(), Planes)
    truth = {"activation": "relu", "input": "unit", "output": "sigmoid", "second-head": "log-variance"}
    yield File("sequences", state(planes), truth | {"before-heads": "yes", "before-planes": "no"})


def outcome(file: File) -> str:
    weights = {key: value.numpy() for key, value in file.weights.items() if value.is_floating_point()}
    blueprint = next(plan.fitting(IMPORTERS, layers_of(weights), (1, 28, 28)))
    assert blueprint.layout == file.layout
    try:
        decision = decide(of_weights(blueprint), images("test").numpy())
    except InvalidSetting as asked:
        return "asked" if "say --" in str(asked) else "refused"
    return "right" if right(decision, file.truth) else "wrong"


def right(decision: Decision, truth: dict[str, str]) -> bool:
    """Whether every answer is true; of an activation that draws the same pictures, whether it is told."""
    told = {decision.answers.get("activation"), *decision.alike}
    others = {name: answer for name, answer in truth.items() if name != "activation"}
    return truth["activation"] in told and all(
        decision.answers.get(name, "") == answer for name, answer in others.items()
    )


def test_no_file_is_silently_misread():
    made = list(files())
    found = [(outcome(file), file) for file in made]
    told = [f"{result}: {file.layout} {file.truth}" for result, file in found if result != "right"]
    counts = Counter(result for result, _ in found)
    print(dict(counts), *told, sep="\n")
    assert set(counts) <= {"right", "asked"}, told
    assert counts["right"] >= 0.95 * len(made), told
    assert len(made) >= 60
    assert len({file.layout for file in made}) >= 8
