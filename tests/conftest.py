"""What tests share: tiny image sets and checkpoints, and skips that turn into failures where nothing may be skipped."""

import functools
import importlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from hypothesis import settings

from tests.answered_costs import AnsweredCosts
from tests.commands import ONE_EPOCH, answered
from tests.warm_starts import warm_children, warm_starts
from vae_explorer import checkpoints, coding, datasets, models
from vae_explorer.betas import Betas
from vae_explorer.checkpoints import Checkpoint, Measurements, Recipe
from vae_explorer.cli import main
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.losses import LOSSES
from vae_explorer.losses.row import Critic
from vae_explorer.metrics.evaluation import evaluation

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from vae_explorer.latents.encoded import Latents
    from vae_explorer.models.vae import VAE

__all__ = ["warm_children", "warm_starts"]

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # some tests import onnxruntime by themselves, which would report it

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A shell that starts tests in the background has them, and all that they start, ignore what Ctrl-C sends.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Two threads over tiny models wait for each other, for minutes where another process has one of the cores.
torch.set_num_threads(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by folder; the files with the slowest tests come first, so that two workers end together."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker("browser")
    process, thorough = (
        {item.path for item in items if item.get_closest_marker(mark)} for mark in ("process", "thorough")
    )
    items.sort(
        key=lambda item: ("tests/browser/" not in item.nodeid, item.path not in process, item.path not in thorough)
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """A worker takes a whole file, so that nothing files share is made twice; one takes all of the browser's.

    Two apps and two browsers at once wait for each other on two cores, until tests fail for it.
    """
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "tests/browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)

    config.option.loadscopereorder = False  # it would put the files with few and long tests last
    return ByFile(config, log)


def missing(reason: str):
    """Skip with a reason; where VAE_EXPLORER_NO_SKIPS is set, fail."""
    if os.environ.get("VAE_EXPLORER_NO_SKIPS"):
        pytest.fail(f"must not be skipped here: {reason}")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def no_unmarked_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that starts a Python or a node says so by its mark."""
    if not any(request.node.get_closest_marker(mark) for mark in ("browser", "process")):
        monkeypatch.setattr(subprocess.Popen, "__init__", _refusing(subprocess.Popen.__init__))


def _refusing(start: Callable[..., None]) -> Callable[..., None]:
    def started(self: object, command: Sequence[object], *rest, **options) -> None:
        if Path(str(command[0])).name.startswith(("python", "node")):
            pytest.fail("a test that starts a process has the mark `process`")
        start(self, command, *rest, **options)

    return started


@pytest.fixture(autouse=True)
def usual_arithmetic():
    """Commands called in this process flush denormals and take threads; the tests after them must not."""
    yield
    torch.set_flush_denormal(False)
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def mnist_test() -> ImageSet:
    if not datasets.dataset("mnist").available(datasets.data_root()):
        missing("MNIST is not on this machine; point VAE_EXPLORER_DATA at a folder that holds MNIST/raw")
    return datasets.load("mnist", "test")


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    return found or missing("Chromium is not on this machine; install the package chromium")


@pytest.fixture(scope="session")
def digits() -> ImageSet:
    return datasets.load("digits", "test")


@pytest.fixture(scope="session")
def digits_train() -> ImageSet:
    return datasets.load("digits", "train")


def tiny_config(latent_dim: int = 3) -> ModelConfig:
    return ModelConfig("mlp", (1, 28, 28), latent_dim, (16,))


def save_tiny(
    folder: Path, images: ImageSet, latent_dim: int = 3, seed: int = 0, betas: Betas = (), beta: float = 1.0
) -> Checkpoint:
    """A checkpoint with random weights, whole in every other respect."""
    return save_model(folder, models.build(tiny_config(latent_dim), seed), images, betas=betas, beta=beta)


def save_moving(folder: Path, images: ImageSet) -> Checkpoint:
    """The same with units that move, so that scores have something to count."""
    model = models.build(tiny_config(), 0)
    wide = {name: 3 * values for name, values in models.weights(model).items()}
    return save_model(folder, models.restore(model.config, wide), images)


def save_model(
    folder: Path,
    model: "VAE",
    images: ImageSet,
    latents: "Latents | None" = None,
    betas: Betas = (),
    beta: float = 1.0,
) -> Checkpoint:
    """A model with the images as it encodes them, or with other latents."""
    encoded = latents or coding.encode_set(model, images)
    recipe = Recipe(
        model.config, TrainConfig(epochs=1, beta=beta), images.name, "mlp-small-z2", 1, 1.0, 100.0, betas=betas
    )
    history = [{"epoch": 1, "loss": 1.0}]
    return checkpoints.save(folder, recipe, models.weights(model), history, Measurements(evaluation(encoded)), encoded)


@pytest.fixture
def tiny(tmp_path: Path, digits: ImageSet) -> Checkpoint:
    return save_tiny(tmp_path / "tiny", digits)


@pytest.fixture
def small_critic(monkeypatch: pytest.MonkeyPatch) -> None:
    """FactorVAE with a discriminator that learns in a second."""
    monkeypatch.setitem(LOSSES, "factor-vae", replace(LOSSES["factor-vae"], critic=Critic(depth=5, width=48, lr=1e-3)))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def components_found() -> Iterator[None]:
    """Streamlit reads the manifests of all that is installed for every page that is tested; once is enough."""
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        found = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, components_found: None) -> Callable[..., "AppTest"]:
    """Opens a page of the app, with a query or with values in the session; no process measures costs."""
    from streamlit.testing.v1 import AppTest

    from vae_explorer.ui.page_table import PAGES
    from vae_explorer.ui.train import cost_line

    monkeypatch.setattr(cost_line, "QUEUE", AnsweredCosts())
    script = Path(__file__).parents[1] / importlib.import_module("app").app.script_path

    def opened(page: str = "explore", query: dict[str, str] | None = None, **session) -> "AppTest":
        at = AppTest.from_file(script, default_timeout=60)
        for name, value in (query or {}).items():
            at.query_params[name] = value
        for name, value in session.items():
            at.session_state[name] = value
        return at.switch_page(str(PAGES[page].script)).run()

    return opened


@pytest.fixture
def refused(capsys, monkeypatch, tmp_path) -> Callable[..., str]:
    """Run a command that must be refused; gives its one line."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))

    def call(*words: str, code: int = 2) -> str:
        capsys.readouterr()
        try:
            given = main(words)
        except SystemExit as left:  # options that argparse itself cannot read
            given = left.code
        answer, said = capsys.readouterr()
        assert given == code, said
        assert said.startswith("error: "), said
        assert said.count("\n") == 1, said
        assert said.endswith(".\n"), said
        assert answer == ""
        return said

    return call


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    """A finished run of one epoch."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    answered(*ONE_EPOCH, "--out", str(folder))
    return folder
