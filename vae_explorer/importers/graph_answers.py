"""Two ONNX graphs with the answers to what they left open written into them, as steps of their own.

What is kept takes images in [0, 1] and gives mu and log σ², takes a code and gives pixels, whatever came; so it can be
handed on without us.
"""

from typing import Any

import numpy as np

from vae_explorer.config import ModelConfig
from vae_explorer.errors import CheckpointError
from vae_explorer.importers.blueprint import INPUT, INPUTS, LOGITS, OUTPUT, SECOND_HEAD
from vae_explorer.importers.graph_ends import Ends, ImageEnd
from vae_explorer.importers.interpretation import Answers, Network, head_rows
from vae_explorer.models import graph_file
from vae_explorer.models.graph_file import GraphFile
from vae_explorer.models.graphs import CODES, IMAGES, MOMENTS, PIXELS
from vae_explorer.models.vae import SIGMA_FLOOR

INNER = "inner/"
"""What the names of a foreign graph begin with in ours, lest they meet our own."""
IR = 4
"""The oldest form of file in which weights are no inputs."""
Value = np.ndarray | float | str
"""A constant, or the name of what a step gave."""


def network(encoder: GraphFile, decoder: GraphFile, ends: Ends, answers: Answers) -> Network:
    """The settings and the two files that the answers make of two foreign ones.

    Raises:
        InvalidSetting: when the code is larger than a model may have.
    """
    bernoulli = answers[OUTPUT] == LOGITS or decoder.last[0] == "Sigmoid"
    config = ModelConfig(
        "onnx",
        ends.image_shape,
        ends.latent_dim,
        (),
        scale="logvar" if ends.both else "none",
        likelihood="bernoulli" if bernoulli else "gaussian",
    )
    files = {"encoder": _encoder(encoder, ends, answers), "decoder": _decoder(decoder, ends, answers)}
    return Network(config, {part: np.frombuffer(data, np.uint8).copy() for part, data in files.items()})


def _encoder(file: GraphFile, ends: Ends, answers: Answers) -> bytes:
    steps, d = Steps(file), ends.latent_dim
    factor, offset = INPUTS[answers[INPUT]]
    x = IMAGES if answers[INPUT] == "unit" else steps.add("Add", steps.add("Mul", IMAGES, factor), offset)
    given = steps.inside(_laid(steps, x, ends.seen))
    width = 2 * d if ends.both and ends.outputs == 1 else d
    flat = [steps.add("Reshape", one, _sides(width)) for one in given]
    moments = flat[0] if len(flat) == 1 else steps.add("Concat", *flat, axis=1)
    if ends.both:
        mu, other = (steps.add("Gather", moments, rows, axis=1) for rows in head_rows(answers, d).reshape(2, d))
        moments = steps.add("Concat", mu, SECOND[answers[SECOND_HEAD]](steps, other), axis=1)
    return steps.file((IMAGES, ends.image_shape), moments, (MOMENTS, (2 * d if ends.both else d,)))


def _decoder(file: GraphFile, ends: Ends, answers: Answers) -> bytes:
    steps = Steps(file)
    (drawn,) = steps.inside(steps.add("Reshape", CODES, _sides(*ends.code)))
    drawn = _planes(steps, drawn, ends)
    if answers[OUTPUT] == LOGITS:
        drawn = steps.add("Sigmoid", drawn)
    else:
        factor, offset = INPUTS[answers[INPUT] if answers[OUTPUT] == "none" else "unit"]
        bare = steps.add("Add", steps.add("Mul", drawn, 1 / factor), -offset / factor)
        drawn = steps.add("Min", steps.add("Max", bare, 0.0), 1.0)
    return steps.file((CODES, (ends.latent_dim,)), drawn, (PIXELS, ends.image_shape))


def _laid(steps: "Steps", x: str, end: ImageEnd) -> str:
    return steps.add("Transpose", x, perm=[0, 2, 3, 1]) if end.last else steps.add("Reshape", x, _sides(*end.sides))


def _planes(steps: "Steps", drawn: str, ends: Ends) -> str:
    if ends.drawn.last:
        return steps.add("Transpose", drawn, perm=[0, 3, 1, 2])
    return steps.add("Reshape", drawn, _sides(*ends.image_shape))


def _log_variance(steps: "Steps", sigma: str) -> str:
    return steps.add("Log", steps.add("Add", steps.add("Mul", sigma, sigma), SIGMA_FLOOR))


SECOND = {
    "log-variance": lambda steps, head: head,
    "log-sigma": lambda steps, head: steps.add("Mul", head, 2.0),
    "sigma": _log_variance,
    "softplus": lambda steps, head: _log_variance(steps, steps.add("Softplus", head)),
}
"""From a second head of each meaning to log σ²."""


def _sides(*sides: int) -> np.ndarray:
    return np.array([-1, *sides], np.int64)


class Steps:
    """A foreign graph, with steps of ours before and behind its own."""

    def __init__(self, file: GraphFile) -> None:
        self._onnx, self._source = graph_file.library(), file
        self._proto = self._onnx.compose.add_prefix(graph_file.parsed(file.data, file.name), INNER)
        self._nodes: list[Any] = []
        self._weights: list[Any] = []

    def add(self, kind: str, *values: Value, **attributes: Any) -> str:
        """One step behind the others, and the name of what it gives."""
        made = f"{kind.lower()}-{len(self._nodes)}"
        names = [value if isinstance(value, str) else self._constant(value) for value in values]
        self._nodes.append(self._onnx.helper.make_node(kind, names, [made], **attributes))
        return made

    def inside(self, x: str) -> list[str]:
        """The foreign steps, given this, behind all that were added; and the names of what they give."""
        source = self._source
        taken = self.add("Cast", x, to=self._number(source.taken.kind))
        self._nodes[-1].output[0] = INNER + source.taken.name
        assert taken
        self._nodes += self._proto.graph.node
        return [self.add("Cast", INNER + one.name, to=self._number("float32")) for one in source.given]

    def file(self, taken: tuple[str, tuple[int, ...]], last: str, given: tuple[str, tuple[int, ...]]) -> bytes:
        """The whole as a file that takes one batch and gives one.

        Raises:
            CheckpointError: when it would be larger than a file may be.
        """
        self._nodes.append(self._onnx.helper.make_node("Identity", [last], [given[0]]))
        proto, graph = self._proto, self._proto.graph
        outer = {INNER + port.name for port in (self._source.taken, *self._source.given)}
        kept = [value for value in graph.input if value.name not in outer]
        for field, values in (
            (graph.input, [self._port(*taken), *kept]),
            (graph.output, [self._port(*given)]),
            (graph.node, self._nodes),
        ):
            del field[:]
            field.extend(values)
        graph.initializer.extend(self._weights)
        proto.ir_version = max(proto.ir_version, IR)
        data = proto.SerializeToString()
        if len(data) > graph_file.MAX_BYTES:
            raise CheckpointError(
                f"{self._source.name} would have {len(data):,} bytes; at most {graph_file.MAX_BYTES:,}."
            )
        return data

    def _constant(self, value: np.ndarray | float) -> str:
        array = value if isinstance(value, np.ndarray) else np.array(value, np.float32)
        name = f"constant-{len(self._weights)}"
        self._weights.append(self._onnx.numpy_helper.from_array(array, name))
        return name

    def _port(self, name: str, sides: tuple[int, ...]) -> Any:
        batch = self._source.taken.sides[0] or "batch"
        return self._onnx.helper.make_tensor_value_info(name, self._number("float32"), [batch, *sides])

    def _number(self, kind: str) -> int:
        return next(number for number, known in graph_file.kinds().items() if known == kind)
