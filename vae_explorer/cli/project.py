"""project: a fitted map of the encoded images, shipped with the checkpoint."""

import argparse
import sys

from vae_explorer.cli import options as shared
from vae_explorer.projections import PROJECTIONS
from vae_explorer.projections.settings import METRICS, Settings, key, settings

DEFAULT = Settings("umap")
FITTED = [name for name, row in PROJECTIONS.items() if row.fitted]
TAKEN: dict[str, tuple[type, str]] = {
    "n_neighbors": (int, f"of UMAP and densMAP (default {DEFAULT.n_neighbors})"),
    "min_dist": (float, f"of UMAP and densMAP (default {DEFAULT.min_dist:g})"),
    "perplexity": (float, f"of t-SNE (default {DEFAULT.perplexity:g})"),
    "metric": (str, f"{', '.join(METRICS)} (default {DEFAULT.metric})"),
    "seed": (int, f"default {DEFAULT.seed}"),
}


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `project`."""
    parser.add_argument("checkpoint", type=shared.folder, help="a checkpoint folder with latents")
    parser.add_argument("--method", default="umap", help=f"{', '.join(FITTED)} (default %(default)s)")
    for name, (kind, about) in TAKEN.items():
        parser.add_argument(shared.flag(name), type=kind, default=argparse.SUPPRESS, help=about)


def run(options: argparse.Namespace) -> None:
    """Fit a map of the encoded images and keep it beside the checkpoint's files."""
    from vae_explorer import checkpoints
    from vae_explorer.projections import store
    from vae_explorer.projections.fit import fitted

    checkpoint = checkpoints.open_checkpoint(options.checkpoint)
    mu = checkpoints.read_latents(checkpoint).mu
    chosen = settings(options.method, shared.given(options, TAKEN))
    path = checkpoint.folder / store.SHIPPED / f"{key(mu, chosen)}.npz"
    found = fitted(mu, chosen, _tell)
    store.save(path, found)
    told = {name: value for name, value in found._asdict().items() if name not in ("xy", "settings")}
    shared.answer(run=str(checkpoint.folder), file=str(path), **chosen.taken(), **told)


def _tell(share: float, doing: str) -> None:
    print(f"{100 * share:3.0f} % {doing}", file=sys.stderr, flush=True)
