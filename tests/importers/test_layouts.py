"""Every row of IMPORTERS against a network of its source, written down independently, with random weights."""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from vae_explorer import models
from vae_explorer.config import ModelConfig
from vae_explorer.errors import CheckpointError
from vae_explorer.importers import IMPORTERS, plan
from vae_explorer.importers.interpretation import network, readings
from vae_explorer.importers.layers import layers_of
from vae_explorer.importers.reconstructions import reconstructions
from vae_explorer.importers.subject import settled


class Source(NamedTuple):
    """A source's network: layers by name, and what it does with them."""

    shape: tuple[int, int, int]
    layers: Callable[[], nn.ModuleDict | nn.Module]
    moments: Callable[[nn.Module, Tensor], tuple[Tensor, Tensor]]
    """mu and log σ² of images in [0, 1]."""
    picture: Callable[[nn.Module, Tensor], Tensor]
    answers: dict[str, str]


def named(**layers: nn.Module) -> nn.Module:
    module = nn.Module()
    for name, layer in layers.items():
        place = module
        *parents, leaf = name.split("__")
        for parent in parents:
            if not hasattr(place, parent):
                place.add_module(parent, nn.Module())
            place = getattr(place, parent)
        place.add_module(leaf, layer)
    return module


def conv(i, o, k=4, s=2, p=1):
    return nn.Conv2d(i, o, k, s, p)


def convt(i, o, k=4, s=2, p=1, op=0):
    return nn.ConvTranspose2d(i, o, k, s, p, op)


def block(layer, channels, act):
    return nn.Sequential(layer, nn.BatchNorm2d(channels), act())


def halves(h: Tensor) -> tuple[Tensor, Tensor]:
    mu, other = h.chunk(2, dim=1)
    return mu, other


def woven(h: Tensor) -> tuple[Tensor, Tensor]:
    pairs = h.view(len(h), -1, 2)
    return pairs[..., 0], pairs[..., 1]


def lyeoni():
    widths = {"fc1": (784, 32), "fc2": (32, 16), "fc31": (16, 2), "fc32": (16, 2), "fc4": (2, 16), "fc5": (16, 32)}
    return named(**{name: nn.Linear(*sizes) for name, sizes in widths.items()}, fc6=nn.Linear(32, 784))


def sksq96():
    down = [conv(3, 32, 4, 2, 0), nn.ReLU(), conv(32, 64, 4, 2, 0), nn.ReLU(), conv(64, 128, 4, 2, 0), nn.ReLU()]
    down += [conv(128, 256, 4, 2, 0), nn.ReLU(), nn.Flatten()]
    up = [nn.Unflatten(1, (1024, 1, 1)), convt(1024, 128, 5, 2, 0), nn.ReLU(), convt(128, 64, 5, 2, 0), nn.ReLU()]
    up += [convt(64, 32, 6, 2, 0), nn.ReLU(), convt(32, 3, 6, 2, 0), nn.Sigmoid()]
    heads = {"fc1": nn.Linear(1024, 32), "fc2": nn.Linear(1024, 32), "fc3": nn.Linear(32, 1024)}
    return named(encoder=nn.Sequential(*down), **heads, decoder=nn.Sequential(*up))


def rasbt():
    act = lambda: nn.LeakyReLU(0.01)  # noqa: E731
    down = [
        conv(1, 32, 3, 1, 1),
        act(),
        conv(32, 64, 3),
        act(),
        conv(64, 64, 3),
        act(),
        conv(64, 64, 3, 1, 1),
        nn.Flatten(),
    ]
    up = [nn.Linear(2, 3136), nn.Unflatten(1, (64, 7, 7)), convt(64, 64, 3, 1, 1), act(), convt(64, 64, 3), act()]
    up += [convt(64, 32, 3, 2, 0), act(), convt(32, 1, 3, 1, 0)]
    heads = {"z_mean": nn.Linear(3136, 2), "z_log_var": nn.Linear(3136, 2)}
    return named(encoder=nn.Sequential(*down), **heads, decoder=nn.Sequential(*up))


def antixk():
    widths, act = (8, 16, 16, 32, 32), lambda: nn.LeakyReLU()
    down = [block(conv(i, o, 3), o, act) for i, o in zip((3, *widths), widths, strict=False)]
    back = widths[::-1]
    up = [block(convt(i, o, 3, 2, 1, 1), o, act) for i, o in pairwise(back)]
    final = [convt(8, 8, 3, 2, 1, 1), nn.BatchNorm2d(8), act(), nn.Conv2d(8, 3, 3, padding=1), nn.Tanh()]
    heads = {"fc_mu": nn.Linear(128, 5), "fc_var": nn.Linear(128, 5), "decoder_input": nn.Linear(5, 128)}
    return named(encoder=nn.Sequential(*down), **heads, decoder=nn.Sequential(*up), final_layer=nn.Sequential(*final))


def disentangling():
    down = {f"encoder__conv{i}": conv(c, 32) for i, c in ((1, 1), (2, 32), (3, 32))}
    lins = {
        "encoder__lin1": nn.Linear(512, 24),
        "encoder__lin2": nn.Linear(24, 24),
        "encoder__mu_logvar_gen": nn.Linear(24, 20),
    }
    up = {"decoder__lin1": nn.Linear(10, 24), "decoder__lin2": nn.Linear(24, 24), "decoder__lin3": nn.Linear(24, 512)}
    ends = {"encoder__conv_64": conv(32, 32), "decoder__convT_64": convt(32, 32)}
    last = {f"decoder__convT{i}": convt(32, c) for i, c in ((1, 32), (2, 32), (3, 1))}
    return named(**down, **lins, **up, **ends, **last)


def disentangling_moments(m, x):
    e = m.encoder
    for layer in (e.conv1, e.conv2, e.conv3, e.conv_64):
        x = F.relu(layer(x))
    return woven(e.mu_logvar_gen(F.relu(e.lin2(F.relu(e.lin1(x.flatten(1)))))))


def disentangling_picture(m, z):
    d = m.decoder
    for layer in (d.lin1, d.lin2, d.lin3):
        z = F.relu(layer(z))
    z = z.view(-1, 32, 4, 4)
    for layer in (d.convT_64, d.convT1, d.convT2):
        z = F.relu(layer(z))
    return d.convT3(z).sigmoid()


def tcvae():
    down = {"encoder__fc1": nn.Linear(4096, 24), "encoder__fc2": nn.Linear(24, 24), "encoder__fc3": nn.Linear(24, 8)}
    up = [nn.Linear(4, 24), nn.Tanh(), nn.Linear(24, 24), nn.Tanh(), nn.Linear(24, 24), nn.Tanh(), nn.Linear(24, 4096)]
    return named(**down, decoder__net=nn.Sequential(*up))


def tcvae_moments(m, x):
    e = m.encoder
    mu, log_sigma = woven(e.fc3(F.relu(e.fc2(F.relu(e.fc1(x.flatten(1)))))))
    return mu, 2 * log_sigma


def konny_h():
    relu = nn.ReLU
    down = [
        conv(1, 32),
        relu(),
        conv(32, 32),
        relu(),
        conv(32, 64),
        relu(),
        conv(64, 64),
        relu(),
        conv(64, 256, 4, 1, 0),
    ]
    up = [
        nn.Linear(5, 256),
        nn.Unflatten(1, (256, 1, 1)),
        relu(),
        convt(256, 64, 4, 1, 0),
        relu(),
        convt(64, 64),
        relu(),
    ]
    up += [convt(64, 32), relu(), convt(32, 32), relu(), convt(32, 1)]
    ends = [relu(), nn.Flatten(), nn.Linear(256, 10)]
    return named(encoder=nn.Sequential(*down, *ends), decoder=nn.Sequential(*up))


def konny_b(units=5, padding=1, flat=512):
    relu = nn.ReLU
    widths = ((1, 32), (32, 32), (32, 32), (32, 32))
    down = [layer for i, o in widths for layer in (conv(i, o, 4, 2, padding), relu())]
    ends = [nn.Flatten(), nn.Linear(flat, 24), relu(), nn.Linear(24, 24), relu(), nn.Linear(24, 2 * units)]
    up = [
        nn.Linear(units, 24),
        relu(),
        nn.Linear(24, 24),
        relu(),
        nn.Linear(24, 512),
        relu(),
        nn.Unflatten(1, (32, 4, 4)),
    ]
    up += [layer for i, o in ((32, 32), (32, 32), (32, 32)) for layer in (convt(i, o), relu())]
    return named(encoder=nn.Sequential(*down, *ends), decoder=nn.Sequential(*up, convt(32, 1)))


def disent():
    relu = nn.ReLU
    down = [layer for i, o in ((1, 8), (8, 8), (8, 16), (16, 16)) for layer in (conv(i, o, 4, 2, 2), relu())]
    down += [nn.Flatten(), nn.Linear(400, 24), relu(), nn.Linear(24, 12)]
    up = [nn.Linear(6, 24), relu(), nn.Linear(24, 256), relu(), nn.Unflatten(1, (16, 4, 4))]
    up += [convt(16, 16), relu(), convt(16, 8), relu(), convt(8, 8), relu(), convt(8, 1)]
    return named(_model___encoder__model=nn.Sequential(*down), _model___decoder__model=nn.Sequential(*up))


def pythae():
    layers = {"encoder__layers": nn.Sequential(nn.Sequential(nn.Linear(784, 24), nn.ReLU()))}
    heads = {"encoder__embedding": nn.Linear(24, 3), "encoder__log_var": nn.Linear(24, 3)}
    first, second = nn.Sequential(nn.Linear(3, 24), nn.ReLU()), nn.Sequential(nn.Linear(24, 784), nn.Sigmoid())
    return named(**layers, **heads, decoder__layers=nn.Sequential(first, second))


def pythae_planes():
    pairs = ((1, 4), (4, 8), (8, 16), (16, 32))
    down = nn.Sequential(*(block(conv(i, o), o, nn.ReLU) for i, o in pairs))
    up = [nn.Linear(3, 512), block(convt(32, 16, 3), 16, nn.ReLU), block(convt(16, 8, 3, 2, 1, 1), 8, nn.ReLU)]
    up += [nn.Sequential(convt(8, 1, 3, 2, 1, 1), nn.Sigmoid())]
    heads = {"encoder__embedding": nn.Linear(32, 3), "encoder__log_var": nn.Linear(32, 3)}
    return named(encoder__layers=down, **heads, decoder__layers=nn.Sequential(*up))


def pythae_picture(m, z):
    z = m.decoder.layers[0](z).view(-1, 32, 4, 4)
    for layer in m.decoder.layers[1:]:
        z = layer(z)
    return z


def podgorskiy():
    layers = {"conv1": conv(1, 8), "conv1_bn": nn.BatchNorm2d(8), "conv2": conv(8, 16), "conv2_bn": nn.BatchNorm2d(16)}
    heads = {"fc1": nn.Linear(1024, 3), "fc2": nn.Linear(1024, 3), "d1": nn.Linear(3, 1024)}
    up = {"deconv1": convt(16, 8), "deconv1_bn": nn.BatchNorm2d(8), "deconv2": convt(8, 1)}
    return named(**layers, **heads, **up)


def podgorskiy_moments(m, x):
    h = F.relu(m.conv2_bn(m.conv2(F.relu(m.conv1_bn(m.conv1(2 * x - 1)))))).flatten(1)
    return m.fc1(h), m.fc2(h)


def podgorskiy_picture(m, z):
    z = F.leaky_relu(m.d1(z).view(-1, 16, 8, 8), 0.2)
    return (m.deconv2(F.leaky_relu(m.deconv1_bn(m.deconv1(z)), 0.2)).tanh() + 1) / 2


def flat(layers, x, act=F.relu):
    for layer in layers:
        x = act(layer(x))
    return x


GREY, FINE, COLOUR = (1, 28, 28), (1, 64, 64), (3, 64, 64)
RELU = {"activation": "relu"}
PIXELS = {"input": "unit", "output": "sigmoid", "second-head": "log-variance"}
SOURCES = {
    "lyeoni": Source(
        GREY,
        lyeoni,
        lambda m, x: (m.fc31(h := flat((m.fc1, m.fc2), x.flatten(1))), m.fc32(h)),
        lambda m, z: m.fc6(flat((m.fc4, m.fc5), z)).sigmoid().view(-1, 1, 28, 28),
        RELU | PIXELS | {"before-heads": "yes"},
    ),
    "sksq96": Source(
        COLOUR,
        sksq96,
        lambda m, x: (m.fc1(h := m.encoder(x)), m.fc2(h)),
        lambda m, z: m.decoder(m.fc3(z)),
        RELU | PIXELS | {"before-heads": "yes"},
    ),
    "rasbt": Source(
        GREY,
        rasbt,
        lambda m, x: (m.z_mean(h := m.encoder(x)), m.z_log_var(h)),
        lambda m, z: m.decoder(z)[:, :, :28, :28].sigmoid(),
        PIXELS | {"activation": "leaky-0.01", "before-heads": "no"},
    ),
    "antixk": Source(
        COLOUR,
        antixk,
        lambda m, x: (m.fc_mu(h := m.encoder(2 * x - 1).flatten(1)), m.fc_var(h)),
        lambda m, z: (m.final_layer(m.decoder(m.decoder_input(z).view(-1, 32, 2, 2))) + 1) / 2,
        {"activation": "leaky-0.01", "before-heads": "yes", "before-planes": "no", "input": "signed", "output": "tanh"}
        | {"second-head": "log-variance"},
    ),
    "disentangling-vae": Source(FINE, disentangling, disentangling_moments, disentangling_picture, RELU),
    "beta-tcvae": Source(
        FINE,
        tcvae,
        tcvae_moments,
        lambda m, z: m.decoder.net(z).sigmoid().view(-1, 1, 64, 64),
        RELU | {"decoder-activation": "tanh"},
    ),
    "1konny-h": Source(FINE, konny_h, lambda m, x: halves(m.encoder(x)), lambda m, z: m.decoder(z).sigmoid(), RELU),
    "1konny-b": Source(FINE, konny_b, lambda m, x: halves(m.encoder(x)), lambda m, z: m.decoder(z).sigmoid(), RELU),
    "pythae": Source(
        GREY,
        pythae,
        lambda m, x: (m.encoder.embedding(h := m.encoder.layers(x.flatten(1))), m.encoder.log_var(h)),
        lambda m, z: m.decoder.layers(z).view(-1, 1, 28, 28),
        RELU | {"before-heads": "yes"},
    ),
    "pythae, convolutions": Source(
        GREY,
        pythae_planes,
        lambda m, x: (m.encoder.embedding(h := m.encoder.layers(x).flatten(1)), m.encoder.log_var(h)),
        pythae_picture,
        RELU | {"before-heads": "yes"},
    ),
    "disent": Source(
        FINE,
        disent,
        lambda m, x: halves(m._model._encoder.model(x)),
        lambda m, z: m._model._decoder.model(z).clamp(0, 1),
        RELU | {"input": "unit", "output": "none"},
    ),
    "podgorskiy": Source(
        (1, 32, 32),
        podgorskiy,
        podgorskiy_moments,
        podgorskiy_picture,
        RELU | {"decoder-activation": "leaky-0.2", "before-heads": "yes", "second-head": "log-variance"},
    ),
}
TRIED_ELSEWHERE = {
    "pytorch-examples",
    "named-heads",
    "jackson-kang",
    "sequences",
    "chunked",
    "chunked-last",
    "chunked-numbered",
}
"""By trained networks, in test_intake.py and test_many_files.py."""


def test_every_row_is_held_against_a_source():
    assert {name.partition(",")[0] for name in SOURCES} | TRIED_ELSEWHERE == set(IMPORTERS)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_s_network_answers_as_it_does(name):
    source = SOURCES[name]
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(0)
        made = source.layers()
        for key, value in made.state_dict().items():  # running statistics and scales as after training
            if value.ndim == 1 and value.is_floating_point():
                value.add_(torch.rand_like(value) * (1 if "running_var" in key else 0.3))
        made.eval()
        x, z = torch.rand((4, *source.shape)), None
        mu, logvar = source.moments(made, x)
        z = torch.randn_like(mu)
        weights = {key: value.numpy() for key, value in made.state_dict().items() if value.is_floating_point()}
        blueprint = next(plan.fitting(IMPORTERS, layers_of(weights), source.shape))
        assert blueprint.layout == name.partition(",")[0]
        (answers,) = readings(settled(blueprint, source.answers))
        model = models.restore(*network(blueprint, answers))
        found = model.encode(x)
        torch.testing.assert_close(found.mu, mu, atol=1e-5, rtol=1e-5)
        torch.testing.assert_close(found.logvar, logvar, atol=1e-5, rtol=1e-5)
        torch.testing.assert_close(model.decode(z).sigmoid(), source.picture(made, z), atol=1e-6, rtol=1e-6)
        shown = reconstructions(blueprint, [answers], x)[0]
        torch.testing.assert_close(shown, model.decode(found.mu).sigmoid(), atol=1e-5, rtol=1e-5)
        usual = {key: answer for key, answer in blueprint.usual.items() if key in answers}
        assert usual.items() <= answers.items()


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        (
            {
                "fc1.weight": (8, 784),
                "fc21.weight": (2, 8),
                "fc22.weight": (3, 8),
                "fc3.weight": (8, 2),
                "fc4.weight": (784, 8),
            },
            "do not meet",
        ),
        (
            {
                "fc1.weight": (8, 784),
                "fc21.weight": (2, 8),
                "fc22.weight": (2, 8),
                "fc3.weight": (8, 2),
                "fc4.weight": (700, 8),
            },
            "700 values",
        ),
        (
            {
                "encoder.0.weight": (8, 784),
                "encoder.2.weight": (2, 8),
                "decoder.0.weight": (8, 2),
                "decoder.2.weight": (784, 8),
            },
            "2 values and no second head: a plain autoencoder",
        ),
        (
            {
                "encoder.0.weight": (8, 1, 3, 3),
                "encoder.1.weight": (8,),
                "fc_mu.weight": (2, 1568),
                "fc_var.weight": (2, 1568),
                "decoder.0.weight": (784, 2),
            },
            "encoder.1 is a norm without running statistics",
        ),
        (
            {
                "fc1.weight": (8, 700),
                "fc21.weight": (2, 8),
                "fc22.weight": (2, 8),
                "fc3.weight": (8, 2),
                "fc4.weight": (784, 8),
            },
            "takes 700 pixels",
        ),
        (
            {
                "encoder.0.weight": (8, 1, 9, 9),
                "fc_mu.weight": (2, 8),
                "fc_var.weight": (2, 8),
                "decoder.0.weight": (784, 2),
            },
            "no strides known here",
        ),
    ],
)
def test_shapes_that_do_not_meet_are_told(layers, sentence):
    weights = {name: torch.zeros(shape).numpy() for name, shape in layers.items()}
    with pytest.raises(CheckpointError, match=sentence):
        list(plan.fitting(IMPORTERS, layers_of(weights), GREY))


OWN = {
    "mlp": ModelConfig("mlp", GREY, 3, (24, 16)),
    "conv": ModelConfig("conv", GREY, 3, (16,), (4, 8)),
    "conv without a dense layer": ModelConfig("conv", COLOUR, 3, (), (4, 8, 8)),
    "burgess": ModelConfig("burgess", FINE, 3, (16,), (4, 4, 8, 8)),
}


@pytest.mark.parametrize("name", OWN)
@torch.no_grad()
def test_what_this_project_exports_is_read(name):
    model, answers = models.build(OWN[name], seed=1), RELU | PIXELS
    blueprint = next(plan.fitting(IMPORTERS, layers_of(models.weights(model)), OWN[name].image_shape))
    asked = {"order": "mu-first", "before-heads": "yes", "before-planes": "no" if "without" in name else "yes"}
    chosen = {question: answer for question, answer in (answers | asked).items() if question in blueprint.open}
    found = models.restore(*network(blueprint, readings(settled(blueprint, chosen))[0]))
    x = torch.rand((4, *OWN[name].image_shape), generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(found.encode(x).mu, model.encode(x).mu, atol=1e-6, rtol=1e-6)
    torch.testing.assert_close(found.encode(x).logvar, model.encode(x).logvar, atol=1e-6, rtol=1e-6)
    z = model.encode(x).mu
    torch.testing.assert_close(found.decode(z), model.decode(z), atol=1e-6, rtol=1e-6)
