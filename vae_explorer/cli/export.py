"""export: a model as a file for elsewhere."""

import argparse

from vae_explorer.cli import options as shared
from vae_explorer.errors import require


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `export`."""
    parser.add_argument("checkpoint", type=shared.folder, help="a checkpoint folder, of a multi-rate network folder@β")
    parser.add_argument("--out", type=shared.folder, required=True, help="the file to write; of ONNX, the folder")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--state-dict", action="store_true", help="the weights, for torch.load: a .pt file")
    what.add_argument("--onnx", action="store_true", help="encoder.onnx and decoder.onnx, with optimum's names")
    what.add_argument("--samples", type=int, metavar="N", help="so many new images of the prior: an .npz file")
    what.add_argument("--codes", action="store_true", help="codes and figures of all encoded images: .csv or .npz")
    parser.add_argument("--per-class", action="store_true", help="N images of each class of a conditional model")
    shared.add_seed(parser)


def run(options: argparse.Namespace) -> None:
    """Write a model's weights, its two halves, its codes, or new images drawn from it, for elsewhere."""
    from vae_explorer import checkpoints, folders
    from vae_explorer.exports.codes import codes
    from vae_explorer.exports.graphs import graphs
    from vae_explorer.exports.samples import samples
    from vae_explorer.exports.state_dict import state_dict

    seed, checkpoint = shared.checked_seed(options), checkpoints.open_checkpoint(options.checkpoint)
    if options.onnx:
        require(not options.out.exists(), f"{options.out} exists already; choose another --out.")
        files = graphs(checkpoint)
        folders.write_folder(options.out, files)
        size = sum(len(data) for data in files.values())
        shared.answer(run=str(checkpoint.folder), file=str(options.out), bytes=size, what="onnx", files=list(files))
        return
    if options.state_dict:
        data, what = state_dict(checkpoint), {"what": "state dict"}
    elif options.codes:
        data, what = codes(checkpoint, options.out.suffix), {"what": "codes"}
    else:
        data = samples(checkpoint, options.samples, options.per_class, seed)
        what = {"what": "samples", "n": options.samples, "per_class": options.per_class, "seed": seed}
    folders.write_file(options.out, data)
    shared.answer(run=str(checkpoint.folder), file=str(options.out), bytes=len(data), **what)
