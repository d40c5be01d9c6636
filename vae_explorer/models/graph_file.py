"""GraphFile: an ONNX file as a function of one batch; parsed, bounded and refused here, before any of it is run."""

import math
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from vae_explorer.errors import CheckpointError, MissingExtra

if TYPE_CHECKING:
    import onnx

MAX_BYTES = 1 << 29
MAX_NODES = 20_000
MAX_VALUES = 1 << 26
"""Numbers that one step may give for one image."""
MAX_RANK = 4
OPSET = 9
"""The oldest whose operations are all known here."""
DOMAINS = frozenset({"", "ai.onnx"})
RANDOM = frozenset(
    {"RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli"}
)
EXTRA = "Models of ONNX need packages that are not installed; run `pip install -r requirements-onnx.txt`."


class Port(NamedTuple):
    """What goes into a graph, or comes out."""

    name: str
    sides: tuple[int | None, ...]
    """The batch first; None where any number fits."""
    kind: str
    """The type of its numbers, as in KINDS."""


class GraphFile(NamedTuple):
    """A graph that takes one batch and gives one or two."""

    name: str
    data: bytes
    taken: Port
    given: tuple[Port, ...]
    metadata: Mapping[str, str]
    opset: int
    last: tuple[str, ...]
    """The operation behind each of what is given."""


def kinds() -> dict[int, str]:
    """Types of numbers that are taken, by ONNX's number, as names of NumPy."""
    proto = library().TensorProto
    return {proto.FLOAT: "float32", proto.FLOAT16: "float16", proto.DOUBLE: "float64"}


def library() -> Any:
    """The package onnx, and no report to its makers of what is run: onnxruntime sends one unless it is told not to.

    Raises:
        MissingExtra: when it, or what runs graphs, is not installed.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # looked at once, when it is imported
    try:
        import onnx
        import onnxruntime  # noqa: F401
    except ImportError as error:
        raise MissingExtra(EXTRA) from error
    return onnx


def read(data: bytes, name: str) -> GraphFile:
    """What a file's bytes say, if it may be run.

    Raises:
        MissingExtra: when the packages for it are not installed.
        CheckpointError: one sentence on what is too large, damaged, or no function of one batch.
    """
    onnx = library()
    _require(len(data) <= MAX_BYTES, name, f"has {len(data):,} bytes; at most {MAX_BYTES:,} are opened")
    proto = parsed(data, name)
    graph = proto.graph
    _check_nodes(proto, name)
    _check_tensors(proto, name)
    weights = {tensor.name for tensor in graph.initializer}
    taken = [_port(value, name) for value in graph.input if value.name not in weights]
    given = [_port(value, name) for value in graph.output]
    wanted = "an encoder takes images and gives one or two batches, a decoder takes codes and gives images"
    _require(len(taken) == 1, name, f"takes {len(taken)} inputs ({_names(taken)}); {wanted}")
    _require(len(given) in (1, 2), name, f"gives {len(given)} outputs ({_names(given)}); {wanted}")
    opset = max((one.version for one in proto.opset_import if one.domain in DOMAINS), default=0)
    _require(opset >= OPSET, name, f"is of opset {opset}; export it with opset {OPSET} or newer")
    _check_sizes(onnx, proto, name)
    behind = {made: node.op_type for node in graph.node for made in node.output}
    last = tuple(behind.get(port.name, "") for port in given)
    metadata = {one.key: one.value for one in proto.metadata_props}
    return GraphFile(name, data, taken[0], tuple(given), metadata, opset, last)


def parsed(data: bytes, name: str) -> "onnx.ModelProto":
    """The bytes as ONNX has them.

    Raises:
        CheckpointError: when they are no such file.
    """
    from google.protobuf.message import DecodeError

    try:
        return library().load_model_from_string(data)
    except DecodeError as error:
        raise CheckpointError(f"{name} is no ONNX file, or a truncated one; export it again.") from error


def _check_nodes(proto: "onnx.ModelProto", name: str) -> None:
    """No step draws at random, repeats or branches, or comes from a library of somebody's own."""
    own = {function.domain for function in proto.functions}
    nodes = [*proto.graph.node, *(node for function in proto.functions for node in function.node)]
    _require(len(nodes) <= MAX_NODES, name, f"has {len(nodes):,} steps; at most {MAX_NODES:,} are run")
    for node in nodes:
        step = f"holds the step {node.op_type[:40]}"
        _require(node.domain in DOMAINS | own, name, f"{step} of {node.domain[:40]}; only steps of ONNX itself are run")
        _require(node.op_type not in RANDOM, name, f"{step}, which draws at random; export mu, not a draw")
        nested = any(attribute.HasField("g") or attribute.graphs for attribute in node.attribute)
        _require(not nested, name, f"{step}, which repeats or branches; export a network without")


def _check_tensors(proto: "onnx.ModelProto", name: str) -> None:
    """Every weight lies in the file itself: no path in it is followed."""
    for tensor in _tensors(proto):
        outside = tensor.data_location or len(tensor.external_data)
        _require(not outside, name, "keeps its weights in another file; export it with external_data=False")


def _tensors(proto: "onnx.ModelProto") -> Iterator[Any]:
    yield from proto.graph.initializer
    for sparse in proto.graph.sparse_initializer:
        yield from (sparse.values, sparse.indices)
    nodes = [*proto.graph.node, *(node for function in proto.functions for node in function.node)]
    for attribute in (one for node in nodes for one in node.attribute):
        yield from (attribute.t, *attribute.tensors)
        for sparse in (attribute.sparse_tensor, *attribute.sparse_tensors):
            yield from (sparse.values, sparse.indices)


def _check_sizes(onnx: Any, proto: "onnx.ModelProto", name: str) -> None:
    """What steps give for one image, as far as their shapes follow from those of the weights."""
    from google.protobuf.message import DecodeError, EncodeError

    single = onnx.ModelProto()
    single.CopyFrom(proto)
    for value in single.graph.input:
        if len(value.type.tensor_type.shape.dim):
            value.type.tensor_type.shape.dim[0].dim_value = 1
    try:
        shaped = onnx.shape_inference.infer_shapes(single, data_prop=True).graph
    except (onnx.shape_inference.InferenceError, DecodeError, EncodeError, RuntimeError, ValueError) as error:
        raise CheckpointError(f"{name} is damaged: its steps do not fit each other; export it again.") from error
    for value in (*shaped.value_info, *shaped.output):
        sides = [dim.dim_value or 1 for dim in value.type.tensor_type.shape.dim]
        told = f"gives {math.prod(sides):,} numbers for one image; at most {MAX_VALUES:,} are computed"
        _require(math.prod(sides) <= MAX_VALUES, name, told)


def _port(value: Any, name: str) -> Port:
    tensor, known = value.type.tensor_type, kinds()
    told = f"has {value.name[:40]} of other numbers than {', '.join(known.values())}"
    _require(tensor.elem_type in known, name, told)
    sides = tuple(dim.dim_value if dim.HasField("dim_value") else None for dim in tensor.shape.dim)
    _require(2 <= len(sides) <= MAX_RANK, name, f"has {value.name[:40]} with {len(sides)} sides; a batch has 2 to 4")
    _require(all(side is None or side >= 1 for side in sides), name, f"has {value.name[:40]} with an empty side")
    return Port(value.name, sides, known[tensor.elem_type])


def _names(ports: list[Port]) -> str:
    return ", ".join(port.name[:40] for port in ports[:4]) or "none"


def _require(condition: bool, name: str, why: str) -> None:
    if not condition:
        raise CheckpointError(f"{name} {why}.")
