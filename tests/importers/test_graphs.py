"""Two ONNX files of anybody's become a model that answers as they do, or are refused in one sentence."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from tests.importers.networks import INPUTS, Kind, Network, Planes, images, trained
from vae_explorer import checkpoints, models
from vae_explorer.errors import CheckpointError
from vae_explorer.exports.graphs import traced
from vae_explorer.importers import intake
from vae_explorer.importers.decision import Ambiguous
from vae_explorer.models import graph_file
from vae_explorer.models.graph import Graph
from vae_explorer.models.graph_file import GraphFile

pytestmark = pytest.mark.thorough

SHAPE = (1, 28, 28)
Run = Callable[[Tensor], Any]


def exported(run: Run, x: Tensor, held: Network, *given: str, name: str = "") -> GraphFile:
    return graph_file.read(traced(run, {name or "x": x}, given or ("y",), {}, held), f"{name or 'a file'}.onnx")


def seen(network: Network, x: Tensor) -> Tensor:
    """Images as the network is given them, outside of its file."""
    return INPUTS[network.kind.input](x)


def answer(network: Network, z: Tensor) -> Tensor:
    """Pixels as they leave the file: logits, or in the scale of the inputs."""
    out = network.drawn(z).reshape(-1, *SHAPE)
    return out.tanh() if network.kind.output == "tanh" else out


def moments(network: Network, x: Tensor) -> tuple[Tensor, Tensor]:
    return network.moments(network.features(x))


FORMS: dict[str, Callable[[Network], tuple[GraphFile, GraphFile]]] = {
    "two outputs without names": lambda n: (
        exported(lambda x: moments(n, x), torch.rand(2, *SHAPE), n, "a", "b"),
        exported(lambda z: answer(n, z), torch.rand(2, 6), n),
    ),
    "the second head first": lambda n: (
        exported(lambda x: moments(n, x)[::-1], torch.rand(2, *SHAPE), n, "a", "b"),
        exported(lambda z: answer(n, z), torch.rand(2, 6), n),
    ),
    "both in one, flat images": lambda n: (
        exported(lambda x: torch.cat(moments(n, x.view(-1, *SHAPE)), 1), torch.rand(2, 784), n),
        exported(lambda z: answer(n, z).flatten(1), torch.rand(2, 6), n),
    ),
    "interleaved, channels last": lambda n: (
        exported(lambda x: torch.stack(moments(n, x.movedim(3, 1)), 2).flatten(1), torch.rand(2, 28, 28, 1), n),
        exported(lambda z: answer(n, z).movedim(1, 3), torch.rand(2, 6), n),
    ),
    "mu alone": lambda n: (
        exported(lambda x: moments(n, x)[0], torch.rand(2, *SHAPE), n),
        exported(lambda z: answer(n, z), torch.rand(2, 6), n),
    ),
    "optimum's names, a code of planes": lambda n: (
        exported(
            lambda x: torch.cat([m.view(-1, 3, 1, 2) for m in moments(n, x)], 1),
            torch.rand(2, *SHAPE),
            n,
            "latent_parameters",
            name="sample",
        ),
        exported(lambda z: answer(n, z.flatten(1)), torch.rand(2, 3, 1, 2), n, "sample", name="latent_sample"),
    ),
}
KINDS = {"logits": Kind(), "tanh": Kind("leaky-0.2", "signed", "tanh"), "log σ": Kind(head="log-sigma")}
UNNAMED = "two outputs without names"
CASES = [*((form, "logits") for form in FORMS), (UNNAMED, "tanh")]


@cache
def files(form: str, kind: str) -> tuple[GraphFile, GraphFile]:
    return FORMS[form](network(form, kind))


def network(form: str, kind: str) -> Network:
    return trained(KINDS[kind], Planes) if kind == "tanh" else trained(KINDS[kind])


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_a_pair_opens_by_itself_and_answers_as_it_did(form, kind, digits, tmp_path):
    one, other = files(form, kind)
    brought = intake.bring(intake.known_pair((other, one), SHAPE), digits, tmp_path / "run")
    model = models.restore(brought.checkpoint.recipe.model, checkpoints.read_weights(brought.checkpoint))
    x, own = images("test")[:64], network(form, kind)
    mu, logvar = own.encode(x)
    found = model.encode(x)
    torch.testing.assert_close(found.mu, mu, atol=1e-5, rtol=1e-5)
    if found.logvar is None:
        assert form == "mu alone"
    else:
        torch.testing.assert_close(found.logvar, logvar, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(model.decode(mu).sigmoid(), own.picture(mu), atol=1e-6, rtol=0)


def test_a_second_head_that_may_be_two_things_is_asked_about_and_opens_when_it_is_said(digits, tmp_path):
    pair = files(UNNAMED, "log σ")
    with pytest.raises(Ambiguous, match="--second-head=log-sigma or --second-head=log-variance"):
        intake.bring(intake.known_pair(pair, SHAPE), digits, tmp_path / "run")
    said = {"second-head": "log-sigma"}
    brought = intake.bring(intake.known_pair(pair, SHAPE, said), digits, tmp_path / "run")
    model = models.restore(brought.checkpoint.recipe.model, checkpoints.read_weights(brought.checkpoint))
    x = images("test")[:64]
    torch.testing.assert_close(model.encode(x).logvar, 2 * network(UNNAMED, "log σ").encode(x)[1], atol=1e-5, rtol=1e-5)


def made(
    nodes: list[Any],
    taken: Sequence[tuple[str, int, Sequence[int | str]]] = (("x", TensorProto.FLOAT, ("n", 4)),),
    given: Sequence[tuple[str, int, Sequence[int | str]]] = (("y", TensorProto.FLOAT, ("n", 4)),),
    opset: int = 18,
) -> Any:
    ports = [
        [helper.make_tensor_value_info(name, kind, sides) for name, kind, sides in side] for side in (taken, given)
    ]
    weight = numpy_helper.from_array(np.ones((4, 4), np.float32), "w")
    graph = helper.make_graph(nodes, "g", ports[0], ports[1], [weight])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])


def outside() -> Any:
    model = made([helper.make_node("MatMul", ["x", "w"], ["y"])])
    weight = model.graph.initializer[0]
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    weight.external_data.add(key="location", value="../../etc/passwd")
    return model


def repeating() -> Any:
    body = helper.make_graph([], "b", [], [])
    return made([helper.make_node("Loop", ["", ""], ["y"], body=body)])


def huge() -> Any:
    shape = helper.make_tensor("s", TensorProto.INT64, [2], [1 << 20, 1 << 20])
    model = made([helper.make_node("ConstantOfShape", ["s"], ["h"]), helper.make_node("Expand", ["h", "s"], ["y"])])
    model.graph.initializer.append(shape)
    return model


FLAT = ("x", TensorProto.FLOAT, ("n", 4))
SAME = helper.make_node("Identity", ["x"], ["y"])
REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "random": (lambda: made([helper.make_node("RandomNormalLike", ["x"], ["y"])]), "draws at random; export mu"),
    "repeating": (repeating, "holds the step Loop, which repeats or branches"),
    "a foreign step": (lambda: made([helper.make_node("Run", ["x"], ["y"], domain="a.b")]), "step Run of a.b"),
    "weights elsewhere": (outside, "keeps its weights in another file; export it with external_data=False"),
    "two inputs": (lambda: made([SAME], (FLAT, ("y2", *FLAT[1:]))), r"takes 2 inputs \(x, y2\)"),
    "whole numbers": (lambda: made([SAME], (("x", TensorProto.INT64, ("n", 4)),)), "x of other numbers than float32"),
    "a single number": (lambda: made([SAME], given=(("y", TensorProto.FLOAT, ()),)), "y with 0 sides"),
    "an old opset": (lambda: made([SAME], opset=7), "of opset 7; export it with opset 9"),
    "a huge step": (huge, "numbers for one image; at most"),
    "steps that do not fit": (lambda: made([helper.make_node("MatMul", ["x", "none"], ["y"])]), "x.onnx"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_no_function_of_one_batch_is_refused_in_one_sentence(what):
    build, told = REFUSED[what]
    with pytest.raises(CheckpointError, match=told):
        Graph(graph_file.read(build().SerializeToString(), "x.onnx"))


def test_bytes_of_anything_else_and_of_half_a_file_are_refused():
    whole = files("mu alone", "logits")[0].data
    for data in (b"", b"\x08abc", whole[: len(whole) // 2], bytes(1000)):
        with pytest.raises(CheckpointError, match=r"x\.onnx"):
            Graph(graph_file.read(data, "x.onnx"))


def test_files_that_are_no_pair_are_told_what_they_take():
    encoder, decoder = files("mu alone", "logits")
    with pytest.raises(CheckpointError, match="two files, an encoder’s and a decoder’s; what came is"):
        intake.known_pair((encoder,), SHAPE)
    with pytest.raises(CheckpointError, match=r"takes \?×1×28×28.*name the data set"):
        intake.known_pair((encoder, decoder), (1, 32, 32))
    with pytest.raises(CheckpointError, match="no encoder of images"):
        intake.known_pair((encoder, encoder), SHAPE)


def test_a_file_for_one_image_at_a_time_is_run_one_by_one(digits, tmp_path):
    pair = [graph_file.read(fixed(file.data), file.name) for file in files("mu alone", "logits")]
    assert [file.taken.sides[0] for file in pair] == [1, 1]
    brought = intake.bring(intake.known_pair(pair, SHAPE), digits, tmp_path / "run")
    mu = checkpoints.read_latents(brought.checkpoint).mu
    np.testing.assert_allclose(mu, network("mu alone", "logits").encode(images("test"))[0], atol=1e-5)


def fixed(data: bytes) -> bytes:
    """The same file, that takes a batch of one."""
    model = onnx.load_model_from_string(data)
    for port in (*model.graph.input, *model.graph.output):
        port.type.tensor_type.shape.dim[0].dim_value = 1
    return model.SerializeToString()


DAMAGE: dict[str, Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]] = {
    "a half": lambda weights: {"encoder": weights["encoder"]},
    "floats": lambda weights: {name: value.astype(np.float32) for name, value in weights.items()},
    "exchanged": lambda weights: {"encoder": weights["decoder"], "decoder": weights["encoder"]},
    "truncated": lambda weights: {name: value[:-100] for name, value in weights.items()},
}


@pytest.mark.parametrize("what", DAMAGE)
def test_stored_files_that_are_damaged_or_of_another_model_are_refused(what):
    found = intake.known_pair(files("mu alone", "logits"), SHAPE).subject
    config, weights = found.network({"input": "unit", "output": "sigmoid"})
    models.restore(config, weights)
    with pytest.raises(CheckpointError):
        models.restore(config, DAMAGE[what](weights))
