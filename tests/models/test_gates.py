"""Gates: the formula by hand, the plain network where they are open, and ordinary weights with the gates folded in."""

import copy

import pytest
import torch

from vae_explorer import models
from vae_explorer.beta_range import BetaRange
from vae_explorer.errors import InvalidSetting
from vae_explorer.models.gates import Gated
from vae_explorer.models.vae import VAE
from vae_explorer.presets import preset

RANGE = "0.25,16"
BETAS = BetaRange.parsed(RANGE)
NETS = ("mlp-z2", "mlp-400-z20", "conv-64-z10", "conv-32-64-z32", "burgess-z10", "cvae-conv-z10")
every_net = pytest.mark.parametrize("name", NETS)


def built(name: str, **changes) -> VAE:
    return models.build(preset(name).model((1, 28, 28), 10, **changes), seed=3)


def multi_rate(name: str) -> VAE:
    """With gates that differ, as after training."""
    net, generator = built(name, multi_rate=RANGE), torch.Generator().manual_seed(5)
    with torch.no_grad():
        for module in net.modules():
            if isinstance(module, Gated):
                module.slope.copy_(torch.randn(module.slope.shape, generator=generator))
                module.offset.copy_(torch.randn(module.offset.shape, generator=generator))
    return net


def passed(net: VAE, n: int = 5):
    generator = torch.Generator().manual_seed(0)
    x = torch.rand((n, 1, 28, 28), generator=generator)
    y = torch.arange(n) % 10 if net.config.classes else None
    return net(x, net.eps(n, generator), y)


def test_a_layers_gate_is_the_formula_of_the_paper():
    """One linear layer, by hand: (W x + b) · σ(w t + c), with t = √3 at the range's upper end."""
    net = multi_rate("mlp-z2")
    gated = net.ends().first
    assert isinstance(gated, Gated)
    assert isinstance(gated.layer, torch.nn.Linear)
    x = torch.rand((3, 784), generator=torch.Generator().manual_seed(1))
    net.turn(1.0)
    plain = x @ gated.layer.weight.T + gated.layer.bias
    expected = plain / (1 + torch.exp(-(gated.slope * 3**0.5 + gated.offset)))
    torch.testing.assert_close(gated(x), expected)


@every_net
def test_a_fresh_network_is_the_plain_one_of_its_seed_at_every_beta(name):
    plain, net = passed(built(name)), built(name, multi_rate=RANGE)
    for share in (0.0, 0.5, 1.0):
        net.turn(share)
        torch.testing.assert_close(passed(net), plain)


@every_net
def test_open_gates_leave_every_layer_to_itself(name):
    net = multi_rate(name)
    for module in net.modules():
        if isinstance(module, Gated):
            with torch.no_grad():
                module.slope.zero_()
                module.offset.fill_(100.0)
    plain = built(name)
    weights = {
        key.replace(".layer.", "."): value
        for key, value in net.state_dict().items()
        if "slope" not in key and "offset" not in key
    }
    plain.load_state_dict(weights)
    torch.testing.assert_close(passed(net), passed(plain))


@every_net
@pytest.mark.parametrize("beta", [0.25, 1.0, 3.3, 16.0])
def test_folded_weights_do_what_the_gates_do(name, beta):
    net = multi_rate(name)
    net.turn(BETAS.share(beta))
    folded = models.at_beta(net, beta)
    assert folded.config == built(name).config
    assert not any(isinstance(module, Gated) for module in folded.modules())
    torch.testing.assert_close(passed(net), passed(folded), atol=1e-5, rtol=1e-4)


@every_net
def test_every_row_may_have_a_beta_of_its_own(name):
    net, shares = multi_rate(name), torch.tensor([0.1, 0.9, 0.5, 0.0, 1.0])
    net.turn(shares)
    together = passed(net).logits
    for row, share in enumerate(shares.tolist()):
        alone = passed(models.at_beta(net, BETAS.at_share(share))).posterior.mu[row]
        torch.testing.assert_close(passed(net).posterior.mu[row], alone, atol=1e-5, rtol=1e-4)
    assert not torch.equal(together[0], together[1])


@every_net
def test_gates_are_two_numbers_a_channel_and_nothing_else(name):
    more = models.parameters(preset(name).model((1, 28, 28), 10, multi_rate=RANGE)) - models.parameters(
        built(name).config
    )
    gated = [module for module in multi_rate(name).modules() if isinstance(module, Gated)]
    assert more == sum(2 * len(module.slope) for module in gated) > 0


@every_net
def test_heads_the_codes_layer_and_the_last_have_no_gate(name):
    net = multi_rate(name)
    assert not any(isinstance(layer, Gated) for layer in (net.moments, net.ends().code, net.ends().last))
    assert isinstance(net.ends().first, Gated)


def test_a_stored_network_opens_at_beta_1():
    net = multi_rate("mlp-z2")
    again = models.restore(net.config, models.weights(net))
    torch.testing.assert_close(passed(again), passed(models.at_beta(net, 1.0)), atol=1e-5, rtol=1e-4)


def test_a_beta_that_was_not_trained_is_refused():
    with pytest.raises(InvalidSetting, match=r"from 0\.25 to 16, not 17"):
        models.at_beta(multi_rate("mlp-z2"), 17.0)


@pytest.mark.parametrize("changes", [{"prior": "mixture", "components": 4}, {"multi_rate": "2,4"}])
def test_what_a_multi_rate_network_cannot_be_is_refused(changes):
    with pytest.raises(InvalidSetting):
        preset("mlp-z2").model((1, 28, 28), 10, **{"multi_rate": RANGE, **changes})
    with pytest.raises(InvalidSetting, match="multi-rate"):
        preset("ae-mlp-z2").model((1, 28, 28), 10, multi_rate=RANGE)


def test_copies_turn_by_themselves():
    net = multi_rate("mlp-z2")
    other = copy.deepcopy(net)
    net.turn(0.0)
    other.turn(1.0)
    assert not torch.equal(passed(net).posterior.mu, passed(other).posterior.mu)
