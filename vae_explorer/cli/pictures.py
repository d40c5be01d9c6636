"""pictures: pictures of one's own as a data set."""

import argparse
import sys
import time

from vae_explorer import datasets
from vae_explorer.cli import options as shared
from vae_explorer.config import IMAGE_SIDES
from vae_explorer.datasets import own
from vae_explorer.errors import require
from vae_explorer.pictures.picture import HOW

SIDE = 32
TOLD = 1_000
"""Files after which it is said how far it has come."""


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `pictures`."""
    source = "a zip or folder of pictures, whose folders are classes, or an npz with `images` and maybe `labels`"
    parser.add_argument("source", nargs="?", type=shared.folder, help=source)
    parser.add_argument("--name", help="at most 24 letters, digits and _+.-")
    low, high = IMAGE_SIDES
    parser.add_argument("--side", type=int, default=SIDE, help=f"pixels, {low} to {high} (default %(default)s)")
    how = "with bars (fit), filled (fill), or the middle at its own size (crop) (default %(default)s)"
    parser.add_argument("--how", default="fit", help=f"{', '.join(HOW)}: {how}")
    colour = parser.add_mutually_exclusive_group()
    about = "(default: by whether a tenth of the pictures has some)"
    colour.add_argument("--colour", dest="colour", action="store_true", default=None, help=f"keep colour {about}")
    colour.add_argument("--grey", dest="colour", action="store_false", default=None, help=f"keep no colour {about}")
    parser.add_argument("--delete", metavar="NAME", help="delete such a data set; its models can still be opened")


def run(options: argparse.Namespace) -> None:
    """Make a data set of pictures of your own, or delete one."""
    require((options.delete is None) != (options.source is None), "Give pictures to keep, or --delete and a name.")
    if options.delete is not None:
        shared.answer(deleted=own.delete(options.delete, datasets.data_root()))
        return
    _keep(options)


def _keep(options: argparse.Namespace) -> None:
    from vae_explorer.pictures.gathered import gather, keep

    require(options.name is not None, "Say with --name what the data set is to be called.")
    datasets.require_title(options.name)
    started = time.perf_counter()
    found = gather(options.source, options.side, options.how, options.colour, tell=_tell)
    name = keep(found, options.name)
    if found.note:
        print(f"note: {found.note}", file=sys.stderr)
    shared.answer(
        name=name,
        n=len(found.images),
        skipped=dict(found.skipped),
        classes=list(found.classes),
        shape=list(found.images.shape[1:]),
        seconds=round(time.perf_counter() - started, 3),
    )


def _tell(done: int, total: int) -> None:
    if done and (done % TOLD == 0 or done == total):
        print(f"{done:,} of {total:,} files read", file=sys.stderr, flush=True)
