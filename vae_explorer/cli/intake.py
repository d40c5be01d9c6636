"""import: weights that were trained elsewhere, as a checkpoint."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vae_explorer import datasets
from vae_explorer.cli import options as shared
from vae_explorer.errors import require

if TYPE_CHECKING:
    from vae_explorer.importers.intake import Intake

CHOICES = {
    "activation": "the non-linearity between layers: relu, leaky-0.01, leaky-0.2, elu, tanh, silu, gelu, sigmoid",
    "decoder-activation": "the same of the decoder, of a layout that has two",
    "before-heads": "whether one stands before the heads: yes, no",
    "before-planes": "whether one stands before the decoder's first convolution: yes, no",
    "input": "pixels as the encoder takes them: unit (0 to 1), signed (-1 to 1), standardised (by MNIST)",
    "output": "what follows the decoder's last layer: sigmoid, tanh, none; of ONNX also unit, for pixels from 0 to 1",
    "order": "how one layer holds both heads: mu-first, mu-last, interleaved",
    "second-head": "log-variance, log-sigma, sigma, softplus",
    "encoder-strides": "stride and padding of each convolution, such as “2,1 2,1”, or max or average pool behind it, "
    "such as “1,1,max 1,1,max”",
    "decoder-strides": "stride, padding and output padding of each, such as “2,1,0 2,1,1”, or nearest, bilinear or "
    "aligned enlargement before it, such as “1,1,nearest 1,1,nearest”",
}
"""What weights do not say, which is measured unless it is given."""


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `import`."""
    about = "weights by torch.save or safetensors, an encoder and a decoder of ONNX, a folder of them, or a zip of ONNX"
    parser.add_argument("file", type=shared.folder, nargs="+", help=about)
    parser.add_argument("--dataset", help=f"what it was trained on: {', '.join(datasets.DATASETS)}")
    parser.add_argument("--layout", default="", help="whose names its weights have (default: the first that fits)")
    parser.add_argument("--out", type=shared.folder, help="folder to write (default: runs/<data set>-<file>)")
    parser.add_argument("--replace", action="store_true", help="overwrite the folder if it exists")
    shared.add_data_dir(parser)
    for name, help in CHOICES.items():
        parser.add_argument(shared.flag(name), help=f"{help} (default: measured)")


def run(options: argparse.Namespace) -> None:
    """Read weights that were trained elsewhere, find out by measurement what they do not say, and keep the model."""
    from vae_explorer.importers import intake

    require(options.dataset is not None, _nameless(options))
    row = datasets.dataset(options.dataset)
    graphs = intake.onnx_files(options.file)
    if graphs:
        known = intake.known_pair(intake.graph_files(graphs), row.image_shape, _chosen(options))
    else:
        require(len(options.file) == 1, "Only of ONNX there are two files; give one file of weights.")
        known = intake.known(options.file[0], row.image_shape, options.layout, _chosen(options))
    folder = _folder(options)
    images = datasets.load(options.dataset, "test", options.data_dir)
    _answer(intake.bring(known, images, folder))


def _chosen(options: argparse.Namespace) -> dict[str, str]:
    given = {name: getattr(options, name.replace("-", "_")) for name in CHOICES}
    return {name: answer for name, answer in given.items() if answer is not None}


def _nameless(options: argparse.Namespace) -> str:
    """What to say without a data set: what is certain, and what needs one."""
    if options.dataset is not None:
        return ""
    from vae_explorer.importers import intake

    graphs = intake.onnx_files(options.file)
    said = "Of ONNX nothing is certain without images" if graphs else intake.certain(options.file[0], options.layout)
    return f"{said}; name the data set it was trained on with --dataset: {', '.join(datasets.table())}."


def _folder(options: argparse.Namespace) -> Path:
    from vae_explorer import checkpoints, runs
    from vae_explorer.checkpoints import catalogue
    from vae_explorer.importers import intake
    from vae_explorer.jobs import run_names

    if options.out is None:
        return catalogue.roots()[1] / run_names.unclaimed(intake.folder_name(options.file[0], options.dataset))
    runs.refuse_existing(options.out, options.replace)
    named = checkpoints.NAME.fullmatch(options.out.name) is not None
    require(named, f"The folder's name must be at most 80 letters, digits and ._+- only, not “{options.out.name}”.")
    return options.out


def _answer(brought: "Intake") -> None:
    checkpoint, measured = brought.checkpoint, brought.measured
    imported = checkpoint.recipe.imported
    assert imported is not None
    if imported.alike:
        also = " or ".join(imported.alike)
        told = f"note: with {also} it would draw pictures that cannot be told from these; overrule with --activation."
        print(told, file=sys.stderr)
    figures: dict[str, Any] = {"head_margin": imported.head_margin, "alike": list(imported.alike)}
    shared.answer(
        run=str(checkpoint.folder),
        layout=imported.layout,
        decided=dict(imported.decided),
        margin=imported.margin,
        runner_up=dict(imported.runner_up),
        error=imported.error,
        images=imported.images,
        **figures,
        **measured.to_dict(),
    )
