"""`python -m vae_explorer train | evaluate | embed`: progress on stderr, one JSON object as the last line on stdout."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from vae_explorer import datasets
from vae_explorer.config import PRESETS, SCHEDULES, TrainConfig
from vae_explorer.errors import ExplorerError

INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0 done, 2 refused with one line, 130 interrupted."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], None] = options.command
    try:
        command(options)
    except ExplorerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nstopped; what was saved whole before is kept.", file=sys.stderr)
        return INTERRUPTED
    return 0


def train(options: argparse.Namespace) -> None:
    """Train a preset on a data set and write a checkpoint, measured on the test split."""
    import torch

    from vae_explorer import runs

    torch.set_flush_denormal(True)  # for this process: denormals in Adam's moments cost up to a third of the speed
    names = ("beta", "epochs", "batch_size", "lr", "schedule", "seed")
    config = TrainConfig(**{name: getattr(options, name) for name in names})
    planned = runs.plan(options.preset, options.dataset, config, options.latent_dim, options.out)
    if not options.replace:
        runs.refuse_existing(planned.folder)
    _fetch(options)
    checkpoint, measured = runs.execute(planned, options.data_dir, _report)
    recipe = checkpoint.recipe
    _answer(
        run=str(checkpoint.folder),
        epochs=recipe.epoch,
        seconds=round(recipe.seconds, 2),
        images_per_second=round(recipe.images_per_second),
        **measured.to_dict(),
    )


def evaluate(options: argparse.Namespace) -> None:
    """Measure a checkpoint on a split; writes nothing."""
    from vae_explorer import catalogue, checkpoints, coding
    from vae_explorer.latents import aggregate_posterior, bits_per_pixel, evaluation

    TrainConfig(seed=options.seed)
    checkpoint = checkpoints.open_checkpoint(options.checkpoint)
    images = datasets.load(options.dataset or checkpoint.recipe.dataset, options.split, options.data_dir)
    model = catalogue.MODELS.get(checkpoint)
    encoded = coding.encode_set(model, images, options.seed)
    measured, aggregate = evaluation(encoded), aggregate_posterior(encoded)
    bound = coding.importance_weighted_bound(model, images, options.samples, options.seed)
    _answer(
        run=str(checkpoint.folder),
        epochs=checkpoint.recipe.epoch,
        **measured.to_dict(),
        bits_per_pixel=bits_per_pixel(measured, images.image_shape),
        iw_bound=float(bound.mean(dtype=float)),
        iw_samples=options.samples,
        reconstruction_mse=coding.reconstruction_mse(model, images),
        aggregate_mean=aggregate.mean.tolist(),
        aggregate_covariance=aggregate.covariance.tolist(),
    )


def embed(options: argparse.Namespace) -> None:
    """Encode a split and store it as latents.npz, with its measured figures, in the checkpoint."""
    from vae_explorer import checkpoints, runs

    checkpoint = checkpoints.open_checkpoint(options.checkpoint)
    images = datasets.load(options.dataset or checkpoint.recipe.dataset, options.split, options.data_dir)
    checkpoint, measured = runs.measure(options.checkpoint, checkpoint.recipe, images)
    _answer(run=str(checkpoint.folder), epochs=checkpoint.recipe.epoch, **measured.to_dict())


def _fetch(options: argparse.Namespace) -> None:
    row, root = datasets.dataset(options.dataset), options.data_dir or datasets.data_root()
    if options.download and not row.available(root):
        row.download(root, lambda name, done, total: print(f"{done}/{total} {name}", file=sys.stderr))


def _report(progress: object, epochs: int) -> None:
    from vae_explorer.training import Progress

    assert isinstance(progress, Progress)
    print(
        f"epoch {progress.epoch}/{epochs}  loss {progress.loss:.2f}  nll {progress.nll:.2f}  rate {progress.rate:.2f} "
        f"nats per image  {progress.images / progress.seconds:,.0f} images/s  {progress.seconds:.0f} s",
        file=sys.stderr,
        flush=True,
    )


def _answer(**values: object) -> None:
    print(json.dumps(values, allow_nan=False), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m vae_explorer", description="Train and measure VAEs.")
    commands = parser.add_subparsers(required=True, metavar="train | evaluate | embed")
    default = TrainConfig()
    one = commands.add_parser("train", help=train.__doc__, description=train.__doc__)
    one.set_defaults(command=train)
    one.add_argument("--preset", required=True, help=", ".join(PRESETS))
    one.add_argument("--dataset", required=True, help=", ".join(datasets.DATASETS))
    one.add_argument("--beta", type=float, default=default.beta, help="weight on the rate (default %(default)s)")
    one.add_argument("--latent-dim", type=int, help="latent units (default: the preset's)")
    one.add_argument("--epochs", type=int, default=default.epochs, help="default %(default)s")
    one.add_argument("--batch-size", type=int, default=default.batch_size, help="default %(default)s")
    one.add_argument("--lr", type=float, default=default.lr, help="Adam's learning rate (default %(default)s)")
    one.add_argument("--schedule", default=default.schedule, help=f"{', '.join(SCHEDULES)} (default %(default)s)")
    one.add_argument("--seed", type=int, default=default.seed, help="default %(default)s")
    one.add_argument("--out", type=_folder, help="folder to write (default: runs/<name>)")
    one.add_argument("--replace", action="store_true", help="overwrite the folder if it exists")
    one.add_argument("--download", action="store_true", help="fetch the data set if it is not on this machine")
    _data_options(one)
    for name, command in (("evaluate", evaluate), ("embed", embed)):
        other = commands.add_parser(name, help=command.__doc__, description=command.__doc__)
        other.set_defaults(command=command)
        other.add_argument("checkpoint", type=_folder, help="a checkpoint folder")
        other.add_argument("--dataset", help="default: the data set it was trained on")
        other.add_argument("--split", default="test", help=f"{', '.join(datasets.SPLITS)} (default %(default)s)")
        _data_options(other)
        if command is evaluate:
            other.add_argument("--samples", type=int, default=10, help="draws K of the bound (default %(default)s)")
            other.add_argument("--seed", type=int, default=0, help="of every draw (default %(default)s)")
    return parser


def _folder(text: str) -> Path:
    return Path(text).expanduser().resolve()


def _data_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=Path, help="default: VAE_EXPLORER_DATA, or the folder `data`")
