"""PROJECTIONS: how many latent units come onto one map; one row each. The only room of umap."""

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
