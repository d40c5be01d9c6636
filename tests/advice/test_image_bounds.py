import numpy as np
import pytest
from torch import from_numpy, full_like, logit

from vae_explorer.advice.image_bounds import image_bounds
from vae_explorer.models.likelihoods import bernoulli_nll, gaussian_nll


def test_the_mean_image_costs_what_the_models_own_likelihood_says(digits):
    x = from_numpy(digits.images.astype(np.float32) / 255)
    mean = x.mean(dim=0, keepdim=True).clamp(1e-7, 1 - 1e-7)
    bounds = image_bounds(digits, "bernoulli", 0.5)
    assert bounds is not None
    assert bounds.mean_image_nll == pytest.approx(bernoulli_nll(logit(mean).expand_as(x), x).mean().item(), rel=1e-4)


def test_the_mean_image_of_gaussian_pixels(digits):
    x = from_numpy(digits.images.astype(np.float32) / 255)
    bounds = image_bounds(digits, "gaussian", 0.1)
    assert bounds is not None
    logits = logit(x.mean(dim=0, keepdim=True).clamp(1e-7, 1 - 1e-7)).expand_as(x)
    expected = gaussian_nll(logits, x, logits.new_tensor(np.log(0.1))).mean().item()
    assert bounds.mean_image_nll == pytest.approx(expected, rel=1e-4)


def test_no_decoder_behind_two_sigmoids_is_below_the_floor(digits):
    x = from_numpy(digits.images.astype(np.float32) / 255)
    bounds = image_bounds(digits, "bernoulli", 0.5)
    assert bounds is not None
    pressed = full_like(x, 30.0) * (2 * x - 1)  # white and black as far as they go
    reached = bernoulli_nll(pressed.sigmoid(), x).mean().item()
    assert bounds.mean_image_nll < bounds.twice_nll < reached < 1.05 * bounds.twice_nll


def test_where_a_code_begins_to_pay_is_the_first_component_of_pca(digits):
    flat = digits.images.reshape(len(digits), -1) / 255
    bounds = image_bounds(digits, "gaussian", 0.5)
    assert bounds is not None
    first = np.linalg.eigvalsh(np.cov(flat, rowvar=False, bias=True))[-1]
    assert bounds.critical_beta == pytest.approx(first / 0.5)


def test_a_learned_variance_has_no_bounds(digits):
    assert image_bounds(digits, "gaussian-learned", 0.5) is None
