"""A multi-rate checkpoint at one β is a model like any other: found, decoded, measured and named by its id."""

import numpy as np
import pytest

from tests.kinds import KINDS, save_kind
from vae_explorer import checkpoints, coding, measurement, models
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import UnknownName
from vae_explorer.metrics.results import Result


@pytest.fixture
def whole(tmp_path, monkeypatch) -> checkpoints.Checkpoint:
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    save_kind(tmp_path / "vae", KINDS["mixed"])
    return save_kind(tmp_path / "net", KINDS["multi-rate"])


def test_a_view_is_found_by_its_id_and_says_its_beta(whole):
    view = catalogue.find("net@2")
    assert (view.id, view.at, view.recipe.beta, view.whole) == ("net@2", 2.0, 2.0, whole)
    assert catalogue.find("net").at is None
    assert view.version != whole.version
    assert view.home == whole.home == whole.folder


@pytest.mark.parametrize(
    "id", ["net@0.1", "net@17", "net@2.0", "net@", "net@x", "net@2@4", "net@nan", "vae@2", "net@1e0"]
)
def test_what_is_no_view_is_unknown(whole, id):
    with pytest.raises(UnknownName, match="There is no model"):
        catalogue.find(id)


def test_a_view_is_not_listed_beside_its_network(whole):
    assert [name for name in catalogue.usable() if name.startswith("net")] == ["net"]


@pytest.mark.parametrize("beta", [0.25, 1.3, 16.0])
def test_it_decodes_and_encodes_exactly_at_its_beta(whole, beta):
    gated = models.restore(whole.recipe.model, checkpoints.read_weights(whole))
    with_gates = models.at_beta(gated, beta)
    z = np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32)
    seen = catalogue.MODELS.get(catalogue.find(f"net@{beta:g}"))
    assert np.array_equal(coding.decode(seen, z), coding.decode(with_gates, z))


def test_latents_and_figures_are_those_of_its_beta(whole):
    low, high = (catalogue.find(f"net@{beta}") for beta in (0.5, 8))
    assert catalogue.LATENTS.get(low).mu.std() > catalogue.LATENTS.get(high).mu.std()
    rates = [catalogue.EVALUATIONS.get(view).rate for view in (low, high)]
    assert rates[0] is not None
    assert rates[1] is not None
    assert rates[0] > rates[1]
    assert catalogue.EVALUATIONS.get(high).nll > catalogue.EVALUATIONS.get(low).nll


def test_results_are_stored_with_their_beta_and_read_back_at_it_alone(whole):
    found = Result("probe", "digits", "test", 40, 0, {}, {"any": 1})
    view = measurement.store(catalogue.find("net@2"), {"probe": found})
    assert (view.id, view.at) == ("net@2", 2.0)
    assert checkpoints.read_measurements(view).results == (found._replace(beta=2.0),)
    again = measurement.store(catalogue.find("net"), {"probe": found._replace(value={"any": 2})})
    assert {one.beta: one.value for one in checkpoints.read_measurements(again).results} == {
        2.0: {"any": 1},
        None: {"any": 2},
    }
    assert checkpoints.open_checkpoint(whole.folder.with_name("net@4")).at == 4.0


def test_names_of_units_are_those_of_the_network(whole):
    checkpoints.store_unit_name(catalogue.find("net@2"), 1, "slant")
    assert dict(checkpoints.read_unit_names(catalogue.find("net@4"))) == {1: "slant"}
    assert dict(checkpoints.read_unit_names(catalogue.find("net"))) == {1: "slant"}


def test_while_it_is_turned_distances_are_to_the_codes_of_the_nearest_stop(whole):
    charts = [catalogue.chart(catalogue.find(f"net@{beta}"), "latents") for beta in (4, 4.1, 8)]
    z = np.full((1, 3), 5, np.float32)
    at_stop, turned, other = (chart.distance(z, z)[1][0] for chart in charts)
    assert at_stop == turned != other
