import numpy as np
import pytest

from vae_explorer.errors import ExplorerError
from vae_explorer.projections import PROJECTIONS, sensible
from vae_explorer.projections.fit import FITS, LANDMARKS
from vae_explorer.projections.nearest import LEAST_UNITS
from vae_explorer.projections.settings import METRICS, Settings, key, settings

FITTED = [name for name, row in PROJECTIONS.items() if row.fitted]


def test_every_fitted_map_has_its_fit_and_its_number_of_landmarks():
    assert set(FITS) == set(LANDMARKS) == set(FITTED)
    assert set(LEAST_UNITS) == set(METRICS)


@pytest.mark.parametrize("name", FITTED)
def test_a_method_takes_fields_alone_and_ignores_the_others(name):
    chosen = settings(name, {"n_neighbors": 30, "min_dist": 0.5, "perplexity": 50.0, "metric": "cosine", "seed": 3})
    for field in set(vars(Settings(name))) - {"method"}:
        taken = field in PROJECTIONS[name].settings
        assert (getattr(chosen, field) != getattr(Settings(name), field)) == taken
    assert set(chosen.taken()) == {"method", *PROJECTIONS[name].settings}


@pytest.mark.parametrize(
    "values",
    [
        {"method": "pca"},
        {"method": "nonsense"},
        {"n_neighbors": 1},
        {"n_neighbors": 201},
        {"min_dist": -0.1},
        {"min_dist": float("nan")},
        {"metric": "hamming"},
        {"perplexity": 4},
        {"perplexity": float("inf")},
        {"seed": -1},
        {"seed": 2**32},
    ],
    ids=str,
)
def test_what_no_method_takes_is_refused(values):
    with pytest.raises(ExplorerError):
        Settings(**({"method": "umap"} | values))


def test_a_key_names_the_content_and_the_settings(rng):
    mu = rng.normal(size=(20, 3)).astype(np.float32)
    same = key(mu.copy(order="F"), Settings("umap"))
    assert same == key(mu, Settings("umap"))
    other = mu.copy()
    other[7, 1] += 1e-6
    keys = [same, key(other, Settings("umap")), key(mu.reshape(10, 6), Settings("umap"))]
    keys += [key(mu, Settings("densmap")), key(mu, Settings("umap", seed=1)), key(mu, Settings("umap", min_dist=0.2))]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("units", "names"), [(1, {"units"}), (2, {"units", *FITTED}), (3, set(PROJECTIONS))])
def test_maps_are_offered_where_they_make_sense(units, names):
    assert set(sensible(units)) == names
