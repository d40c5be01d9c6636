"""Which images each preset takes, and what README says about it."""

from pathlib import Path

import pytest
import torch

from vae_explorer import datasets, models
from vae_explorer.errors import InvalidSetting, UnknownName
from vae_explorer.presets import LINEAR, PRESETS, SYSTEMS, preset

pytestmark = pytest.mark.thorough

README = Path(__file__).parents[2] / "README.md"
CLASSES = 10
SIDES = (8, 10, 12, 27, 28, 30, 32, 48, 64, 100, 127, 128)
TAKES = {
    "mlp": set(SIDES),
    "conv": {side for side in SIDES if side % 4 == 0},
    "burgess": {28, 32, 64},
    "linear": set(SIDES),
}
SAYS = {"conv": "divisible by 4", "burgess": "32×32 or 64×64"}


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("colours", [1, 3])
def test_a_preset_that_does_not_fit_says_which_sizes_it_takes(name, colours):
    architecture = preset(name).architecture
    for side in SIDES:
        config = preset(name).model((colours, side, side), CLASSES)
        if side in TAKES[architecture]:
            z = torch.empty((2, config.latent_dim), device="meta")
            y = torch.empty((2,), dtype=torch.long, device="meta") if config.classes else None
            assert models.outline(config).decode(z, y).shape == (2, colours, side, side)
        else:
            with pytest.raises(InvalidSetting, match=f"{SAYS[architecture]}.*not {side}×{side}"):
                models.outline(config)


@pytest.mark.parametrize("shape", [(1, 7, 7), (1, 129, 129), (2, 28, 28), (4, 28, 28)])
def test_sizes_out_of_bounds_are_refused_for_every_preset(shape):
    for row in PRESETS.values():
        with pytest.raises(InvalidSetting, match="8…128"):
            row.model(shape, CLASSES)


def test_oblong_images_fit_where_the_layers_do():
    for name in ("mlp-400-z20", "conv-32-64-z32"):
        config = preset(name).model((3, 8, 128), CLASSES)
        assert models.outline(config).decode(torch.empty((2, config.latent_dim), device="meta")).shape == (2, 3, 8, 128)
    with pytest.raises(InvalidSetting, match="32×32 or 64×64"):
        models.outline(preset("burgess-z10").model((1, 32, 64), CLASSES))


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("dataset", datasets.DATASETS)
def test_every_preset_builds_for_every_data_set(name, dataset):
    row = datasets.dataset(dataset)
    config = preset(name).model(row.image_shape, len(row.classes), latent_dim=5)
    assert models.build(config).config.latent_dim == 5


def test_an_unknown_preset_lists_the_known():
    with pytest.raises(UnknownName, match=r"mlp-512-256-z20.*ae-….*cvae-….*pca-z2"):
        preset("ae-mlp-z9")


@pytest.mark.parametrize("name", SYSTEMS | LINEAR)
def test_the_readme_shows_every_system(name):
    table = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert any(f"`{name}`" in line for line in table)


def test_the_readme_shows_the_two_families():
    table = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    for family in ("ae-…", "cvae-…"):
        assert any(f"`{family}`" in line for line in table)
