"""A unit's card: what it moves, means and costs, against the definitions."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from vae_explorer.checkpoints import catalogue
from vae_explorer.checkpoints.shelf import Shelf
from vae_explorer.errors import InvalidSetting
from vae_explorer.latents.encoded import collapsed
from vae_explorer.unit_cards import shelf
from vae_explorer.unit_cards.card import SLOPES, UnitCard, unit_card
from vae_explorer.unit_cards.subject import Subject, recode, subject

NAME = "digits-mlp-z2"


@pytest.fixture(scope="module")
def seen() -> Subject:
    return subject(catalogue.find(NAME))


@pytest.fixture(scope="module")
def found(seen) -> UnitCard:
    return unit_card(seen, 1)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path))
    shelf.forget()
    yield tmp_path / "cards"
    shelf.forget()


def test_the_slope_is_the_decoders_derivative(seen, found):
    z = torch.from_numpy(seen.mu[:SLOPES]).requires_grad_()
    pictures = seen.model.decode(z).sigmoid()
    weights = torch.zeros_like(pictures, requires_grad=True)
    (slopes,) = torch.autograd.grad(pictures, z, weights, create_graph=True)
    (exact,) = torch.autograd.grad(slopes[:, 1].sum(), weights)  # the slope of a slope that is linear in its weights
    slope = exact.abs().mean(dim=(0, 1)).numpy()
    assert np.abs(found.slope - slope).max() < 0.01 * slope.max()


def test_what_it_costs_to_lose_a_unit_is_the_nll_with_it_at_home(seen, found):
    z = seen.mu.copy()
    z[:, 1] = seen.home[1]
    x = torch.from_numpy(seen.images)
    with torch.inference_mode():
        by_hand = seen.model.likelihood(seen.model.decode(torch.from_numpy(z)), x).mean()
    assert found.nll_without == pytest.approx(float(by_hand), rel=1e-5)
    assert found.nll < found.nll_without


def test_a_unit_moves_itself_most(found):
    assert found.moved[1] > 0.5
    assert found.moved[1] > found.moved[0]


def test_the_class_hangs_on_both_units_of_a_plane(found):
    (effect,) = found.factors
    assert effect.name == "class"
    assert 0.5 < effect.legible <= 1
    assert 0.2 < effect.moved <= 1
    assert 0.2 < effect.lost <= effect.legible


def test_of_collapsed_units_and_illegible_factors_nothing_is_said(seen):
    blind = replace(seen, alive=np.array([False, True]), quality=np.zeros(1))
    one = unit_card(blind, 1)
    assert one.moved[0] is None
    assert one.moved[1] is not None
    assert (one.factors[0].moved, one.factors[0].lost) == (None, None)


def test_a_unit_that_the_decoder_ignores_does_nothing(seen):
    deaf = catalogue._restore(catalogue.find(NAME))
    decoder = deaf.get_submodule("decoder")
    with torch.no_grad():
        next(weight for weight in decoder.parameters() if weight.ndim == 2)[:, 1] = 0
    still = replace(seen, model=deaf, recoded=recode(deaf, seen.mu, None))
    one = unit_card(still, 1)
    assert np.max(one.slope) == 0
    assert one.moved == [0, 0]
    assert one.factors[0].moved == 0


def test_a_card_is_read_back_as_it_was_written(found):
    assert UnitCard.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_a_card_is_measured_once_and_kept(cache, monkeypatch):
    checkpoint = catalogue.find(NAME)
    first = shelf.card(checkpoint, 0)
    shelf.forget()
    monkeypatch.setattr(shelf, "unit_card", lambda *_: pytest.fail("measured again"))
    assert shelf.card(checkpoint, 0) == first


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b'{"format": 2}', b'{"format": 7}', b"\x00" * 100])
def test_what_is_damaged_on_disk_is_measured_anew(cache, damage):
    checkpoint = catalogue.find(NAME)
    first = shelf.card(checkpoint, 0)
    (kept,) = cache.iterdir()
    kept.write_bytes(damage)
    shelf.forget()
    assert shelf.card(checkpoint, 0) == first


def test_a_card_of_another_shape_is_measured_anew(cache):
    checkpoint = catalogue.find(NAME)
    first = shelf.card(checkpoint, 0)
    (kept,) = cache.iterdir()
    kept.write_text(json.dumps({"format": 2, **first.to_dict(), "slope": [[0.0]]}))
    shelf.forget()
    assert shelf.card(checkpoint, 0) == first


def test_without_the_images_the_cost_is_left_out_with_its_reason_and_measured_once_they_are_here(cache, monkeypatch):
    checkpoint = catalogue.find(NAME)
    there = shelf.originals(checkpoint)
    gone = there._replace(note="The images are gone.")
    with monkeypatch.context() as absent:
        absent.setattr(shelf, "originals", lambda _: gone)
        absent.setattr(shelf, "_SUBJECTS", Shelf(lambda one: replace(subject(one), images=None, nll=None), 1))
        one = shelf.card(checkpoint, 0)
        assert (one.nll, one.nll_without) == (None, None)
    assert shelf.card(checkpoint, 0).nll is not None


def test_a_place_that_cannot_be_written_costs_nothing_but_time(cache):
    cache.write_text("a file where the folder would be")
    assert shelf.card(catalogue.find(NAME), 0).n == 360


@pytest.mark.parametrize("unit", [-1, 2, 10**6])
def test_a_unit_that_is_not_there_is_refused(cache, unit):
    with pytest.raises(InvalidSetting, match="units 0 to 1"):
        shelf.card(catalogue.find(NAME), unit)


def test_collapsed_units_are_those_of_the_latents(seen):
    assert np.array_equal(seen.alive, ~collapsed(catalogue.LATENTS.get(catalogue.find(NAME))))
