"""A real server on a free loopback port, with small random-weights checkpoints made for the session."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from websockets.sync.client import ClientConnection, connect

from tests.kinds import KINDS, save_kind
from vae_explorer import checkpoints, coding, models
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import Measurements, Recipe, catalogue
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.live import batch
from vae_explorer.live.access import Allowed, Guard
from vae_explorer.live.response_headers import ResponseHeaders
from vae_explorer.live.routes import live_routes
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.presets import PRESETS
from vae_explorer.projections import store
from vae_explorer.projections.settings import Settings, key
from vae_explorer.projections.store import Projection

MAX_MESSAGE = 200 * 1024 * 1024
ALLOWED = Allowed(("explorer.example", "*.lab.example"), ("https://proxy.example",))
N = 300


@dataclass(frozen=True)
class Server:
    """Where it listens."""

    port: int

    @contextmanager
    def connect(self, host: str = "localhost", **options) -> Iterator[ClientConnection]:
        link = socket.create_connection(("127.0.0.1", self.port))
        with link, connect(f"ws://{host}/live", sock=link, max_size=None, **options) as client:
            yield client


@pytest.fixture(scope="session")
def live_runs(tmp_path_factory) -> Path:
    """A runs folder: `tiny-z2`, `tiny-conv`, `tiny-cvae`, `tiny-ae` (embedded), `bare` (no latents), `broken` (cut)."""
    root = tmp_path_factory.mktemp("runs")
    _make(root / "tiny-z2", ModelConfig("mlp", (1, 28, 28), 2, (32,)))
    _make(root / "tiny-conv", PRESETS["conv-z10"].model((1, 28, 28), 10))
    save_kind(root / "tiny-cvae", KINDS["cvae"], latent_dim=2)
    save_kind(root / "tiny-ae", KINDS["ae"], latent_dim=2)
    _make(root / "bare", ModelConfig("mlp", (3, 8, 8), 3, (16,)), embedded=False)
    broken = _make(root / "broken", ModelConfig("mlp", (1, 8, 8), 2, (16,)), embedded=False) / checkpoints.WEIGHTS
    broken.write_bytes(broken.read_bytes()[:-5])
    return root


def _make(folder: Path, config: ModelConfig, embedded: bool = True) -> Path:
    model = models.build(config, seed=1)
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (N, *config.image_shape), dtype=np.uint8)
    image_set = ImageSet("digits", "test", images, np.arange(N) % 10, tuple("0123456789"))
    latents = coding.encode_set(model, image_set) if embedded else None
    recipe = Recipe(config, TrainConfig(), "digits", "mlp-z2", 1, 1.0, 1.0)
    measured = Measurements(evaluation(latents)) if latents else None
    checkpoints.save(folder, recipe, models.weights(model), [], measured, latents)
    return folder


@pytest.fixture(scope="module")
def runs(live_runs) -> Iterator[Path]:
    """The catalogue looks at the temporary checkpoints."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAE_EXPLORER_RUNS", str(live_runs))
        batch._found.cache_clear()
        yield live_runs


@pytest.fixture(scope="module")
def maps(runs, tmp_path_factory) -> Iterator[dict[str, str]]:
    """Keys of made-up fitted maps, by checkpoint id: two mixtures of the units, bent."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAE_EXPLORER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield {name: _mapped(name) for name in ("tiny-z2", "tiny-conv", "tiny-cvae", "tiny-ae")}


def _mapped(name: str) -> str:
    mu, chosen = catalogue.LATENTS.get(catalogue.find(name)).mu, Settings("umap")
    xy = np.tanh((mu - mu.mean(0)) @ np.random.default_rng(0).normal(size=(mu.shape[1], 2))) * 5
    digits = key(mu, chosen)
    store.save(cache_root() / f"{digits}.npz", Projection(chosen, xy.astype(np.float32), 0.9, 100, 15, 40, 1.0))
    return digits


@pytest.fixture(scope="module")
def server(runs) -> Iterator[Server]:
    """uvicorn with the settings Streamlit gives it."""
    listener = socket.create_server(("127.0.0.1", 0))
    guarded = [Middleware(ResponseHeaders, policy="default-src 'none'"), Middleware(Guard, allowed=ALLOWED)]
    app = Starlette(routes=live_routes(ALLOWED), middleware=guarded)
    config = uvicorn.Config(app, ws="websockets-sansio", ws_max_size=MAX_MESSAGE, log_level="warning")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield Server(listener.getsockname()[1])
    running.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture
def expected(runs):
    """What the core decodes, as uint8."""

    def decode(model: str, z) -> np.ndarray:
        images = coding.decode(catalogue.MODELS.get(catalogue.find(model)), np.asarray(z, np.float32))
        return np.rint(images * 255).astype(np.uint8)

    return decode
