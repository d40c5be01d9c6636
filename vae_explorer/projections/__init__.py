"""PROJECTIONS: how many latent units come onto one map; one row each. The only room of umap.

settings    settings of a fitted map, checked where they are made
planes      planes through latent space: linear, exact, and there at once
fit         a fitted map from latents and settings, with its landmarks
distinct    codes that are equal or nearly so
umap        UMAP and densMAP by umap-learn
compiled    a place for what numba compiles
aligned     AlignedUMAP: maps of the same images at several moments
tsne        t-SNE by scikit-learn
nearest     exact nearest neighbours among latents, by any metric
procrustes  a map turned and mirrored to lie over another one
trust       whether neighbours on a map are neighbours in latent space
cloud       who is nearest to a place, and how far it is from the points
chart       the way between a map and latent space, both ways
store       fitted maps on disk, one file each
reports     how far a fit has come
desk        who asks for a map: each is fitted once, one at a time
process     the child process that fits one map
"""

from typing import NamedTuple


class Method(NamedTuple):
    """One row: what a map is called, and which settings it takes; none for the planes, which are there at once."""

    title: str
    settings: tuple[str, ...] = ()

    @property
    def fitted(self) -> bool:
        """Whether it has to be computed first, in a process of its own."""
        return bool(self.settings)


_NEIGHBOURS = ("n_neighbors", "min_dist", "metric", "seed")

PROJECTIONS: dict[str, Method] = {
    "units": Method("Two units"),
    "pca": Method("PCA"),
    "umap": Method("UMAP", _NEIGHBOURS),
    "densmap": Method("densMAP", _NEIGHBOURS),
    "tsne": Method("t-SNE", ("perplexity", "metric", "seed")),
}


def sensible(latent_dim: int) -> list[str]:
    """The maps that make sense for so many units: of two, one plane is all there is; of one, not even that."""
    least = {name: 2 if row.fitted else 3 for name, row in PROJECTIONS.items()} | {"units": 1}
    return [name for name in PROJECTIONS if latent_dim >= least[name]]
