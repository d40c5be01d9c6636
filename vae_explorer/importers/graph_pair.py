"""Two ONNX files as an encoder and a decoder of images: which is which, and what they leave open."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import permutations
from typing import NamedTuple

import torch
from torch import Tensor

from vae_explorer.errors import CheckpointError
from vae_explorer.importers.blueprint import INPUT, INPUTS, LOGITS, OF_GRAPHS, ORDER, ORDERS, OUTPUT, SECOND_HEAD
from vae_explorer.importers.graph_answers import network
from vae_explorer.importers.graph_ends import Ends, Shape, code_sides, image_end
from vae_explorer.importers.graph_head import identify_graph_head
from vae_explorer.importers.interpretation import Answers, head_rows
from vae_explorer.importers.subject import Subject
from vae_explorer.models.graph import Graph
from vae_explorer.models.graph_file import GraphFile
from vae_explorer.models.graphs import MOMENTS, TOLD

LAYOUT = "onnx"
MU = ("mu", "mean", "loc", "z_mean", "mean_", "z_mu")
LOG_VARIANCE = ("logvar", "log_var", "log_variance", "z_log_var", "z_logvar", "log_sigma2")
"""Names of outputs that say what they are."""
PROBED = 2
"""Images that tell the sizes of what comes out."""


class Pair(NamedTuple):
    """An encoder and a decoder that were run on each other."""

    encoder: Graph
    decoder: Graph
    ends: Ends


def paired(files: Sequence[GraphFile], shape: Shape) -> Pair:
    """The encoder and the decoder among two files, for images of this shape.

    Raises:
        CheckpointError: when they are not two, cannot be run, or do not fit each other or the images.
    """
    if len(files) != 2:
        names = ", ".join(file.name for file in files)
        raise CheckpointError(f"A model of ONNX is two files, an encoder’s and a decoder’s; what came is {names}.")
    graphs = [Graph(file) for file in files]
    found = next((pair for one, other in permutations(graphs) for pair in _fitting(one, other, shape)), None)
    if found is None:
        told = ", ".join(f"{file.name} takes {_told(file.taken.sides)}" for file in files)
        wanted = f"are no encoder of images {list(shape)} and decoder of its codes"
        raise CheckpointError(f"These files {wanted}: {told}; name the data set they were trained on.")
    _require_same(found)
    return found


def _require_same(pair: Pair) -> None:
    """A second time is as the first."""
    x = torch.rand((PROBED, *pair.ends.image_shape), generator=torch.Generator().manual_seed(1))
    z = torch.zeros((PROBED, *pair.ends.code))
    for graph, batch in ((pair.encoder, pair.ends.seen.of(x)), (pair.decoder, z)):
        if not torch.equal(graph(batch), graph(batch)):
            raise CheckpointError(f"{graph.file.name} draws at random; export mu, not a draw, in eval mode.")


def _fitting(encoder: Graph, decoder: Graph, shape: Shape) -> Iterator[Pair]:
    """The two in this order, if noise goes through them."""
    seen, noise = image_end(encoder.file.taken.sides[1:], shape), torch.Generator().manual_seed(0)
    if seen is None or len(decoder.file.given) != 1:
        return
    outputs = _sides(encoder, seen.of(torch.rand((PROBED, *shape), generator=noise)))
    for both in (True, False) if outputs else ():
        code = code_sides(decoder.file.taken.sides[1:], outputs, both)
        drawn = _sides(decoder, torch.zeros((PROBED, *code))) if code else ()
        end = image_end(drawn[0], shape) if drawn else None
        if code and end:
            yield Pair(encoder, decoder, Ends(shape, seen, code, end, len(outputs), both))


def _sides(graph: Graph, x: Tensor) -> tuple[tuple[int, ...], ...]:
    try:
        return graph.sides(x)
    except CheckpointError:
        return ()


def subject(pair: Pair) -> Subject:
    """What is certain of them, and how the readings of the rest are tried."""
    ends = pair.ends
    chunked = ends.outputs == 2 or len(ends.code) > 1
    asked = {name: OF_GRAPHS[name] for name in OF_GRAPHS if ends.both or name in (INPUT, OUTPUT)}
    asked |= {ORDER: ORDERS[:2]} if ends.both and chunked else {}
    said = _said(pair)
    known = {name: answer for name, answer in said.items() if name in asked}
    left = {name: answers for name, answers in asked.items() if name not in known}
    files = pair.encoder.file, pair.decoder.file
    tried, head = partial(reconstructions, pair), partial(identify_graph_head, *pair)
    return Subject(LAYOUT, ends.latent_dim, left, known, {}, tried, head, partial(network, *files, ends))


def _said(pair: Pair) -> dict[str, str]:
    """What names and notes in the files say for certain: ours, optimum's, and outputs that are called what they are."""
    encoder, decoder = pair.encoder.file, pair.decoder.file
    if TOLD in encoder.metadata and TOLD in decoder.metadata:
        return {INPUT: "unit", OUTPUT: "none", ORDER: ORDERS[0], SECOND_HEAD: encoder.metadata[TOLD]}
    names = [port.name.lower().removeprefix("z_").replace("-", "_") for port in encoder.given]
    if names == [MOMENTS]:
        return {ORDER: ORDERS[0], SECOND_HEAD: "log-variance"}
    if len(names) == 1:
        return {}
    order = {ORDER: ORDERS[names[1] in MU]} if (names[0] in MU) != (names[1] in MU) else {}
    return order | ({SECOND_HEAD: "log-variance"} if any(name in LOG_VARIANCE for name in names) else {})


def _told(sides: tuple[int | None, ...]) -> str:
    return "×".join("?" if side is None else str(side) for side in sides)


def reconstructions(pair: Pair, readings: Sequence[Answers], x: Tensor) -> list[Tensor]:
    """Images x [N, C, H, W] in [0, 1] as each reading reconstructs them at mu, in [0, 1]."""
    halves = _Halves(pair, x)
    return [halves.picture(answers) for answers in readings]


class _Halves:
    """Images, and what the two graphs made of them: each run once for all readings that share it."""

    def __init__(self, pair: Pair, x: Tensor) -> None:
        self.pair, self.x = pair, x
        self._moments: dict[str, Tensor] = {}
        self._drawn: dict[tuple[str, str], Tensor] = {}

    def picture(self, answers: Answers) -> Tensor:
        """The reconstruction at mu, in [0, 1]."""
        factor, offset = INPUTS[answers[INPUT]]
        drawn = self._raw(answers)
        if answers[OUTPUT] == LOGITS:
            return drawn.sigmoid()
        return ((drawn - offset) / factor if answers[OUTPUT] == "none" else drawn).clamp(0, 1)

    def _raw(self, answers: Answers) -> Tensor:
        seen, ends = answers[INPUT], self.pair.ends
        if seen not in self._moments:
            factor, offset = INPUTS[seen]
            self._moments[seen] = self.pair.encoder(ends.seen.of(self.x * factor + offset))
        key = seen, answers.get(ORDER, "")
        if key not in self._drawn:
            d = ends.latent_dim
            mu = self._moments[seen][:, head_rows(answers, d)[:d].copy()]
            drawn = self.pair.decoder(mu.view(-1, *ends.code))
            self._drawn[key] = ends.drawn.back(drawn, ends.image_shape)
        return self._drawn[key]
