import asyncio
import gc
import socket
import subprocess
import sys
from urllib.parse import quote, urljoin

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from vae_explorer.checkpoints import catalogue, originals
from vae_explorer.checkpoints.originals import Originals
from vae_explorer.live import startup
from vae_explorer.live.redirects import UnknownPages, unknown_page
from vae_explorer.ui.page_table import PAGES

pytestmark = pytest.mark.thorough


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


def test_sockets_send_at_once_and_give_up_on_the_deaf_and_what_they_accept_does_too():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
        assert startup.tune_sockets() >= 1
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 1000 * startup.DEAF


def test_a_server_ends_when_it_is_told_to_whoever_is_connected():
    config = uvicorn.Config(PlainTextResponse("here"), log_config=None)
    assert config.timeout_graceful_shutdown is None
    assert startup.bound_leaving() >= 1
    assert config.timeout_graceful_shutdown == startup.LEAVING


def test_the_warm_up_loads_the_default_model(runs, caplog, thawed):
    startup.warm_up("tiny-z2")
    assert gc.get_freeze_count() > 0
    assert not caplog.records
    held = [folder.name for folder, _ in catalogue.CLOUDS._held]
    assert held[-1] == "tiny-z2"


def test_the_warm_up_reads_the_default_models_images_where_they_are(runs, monkeypatch, thawed):
    read = []
    monkeypatch.setattr(originals, "image_set", lambda *names: read.append(names))
    startup.warm_up("tiny-z2")
    latents = catalogue.LATENTS.get(catalogue.find("tiny-z2"))
    assert read == [(latents.dataset, latents.split)]
    monkeypatch.setattr(originals, "originals", lambda checkpoint: Originals("mnist", "test", True, "not here"))
    startup.warm_up("tiny-z2")
    assert len(read) == 1


def test_what_is_imported_later_is_frozen_once_when_it_is_much(runs, monkeypatch, thawed):
    monkeypatch.setattr(startup._Frozen, "modules", 0)
    startup.settle()
    assert startup._Frozen.modules == 0
    startup.warm_up("tiny-z2")
    frozen = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    for count, times in ((startup.MANY - 1, 0), (startup.MANY, 1), (startup.MANY, 1)):
        later = {f"later_{index}": sys for index in range(count)}
        with monkeypatch.context() as patch:
            patch.setattr(sys, "modules", sys.modules | later)
            startup.settle()
        assert len(frozen) == times


@pytest.mark.parametrize("id", ["broken", "absent"])
def test_an_unusable_default_model_is_one_line(runs, caplog, thawed, id):
    startup.warm_up(id)
    (record,) = caplog.records
    assert record.exc_info is None
    assert "The default model was not loaded at start" in record.getMessage()
    assert gc.get_freeze_count() > 0


def test_the_lifespan_starts_the_warm_up_after_the_server(monkeypatch):
    called = []
    monkeypatch.setattr(startup, "warm_up", lambda: called.append(True))

    async def run():
        async with startup.lifespan(None, pause=0.01):
            assert not called
            await asyncio.sleep(0.1)

    asyncio.run(run())
    assert called == [True]
    assert sys.getswitchinterval() == pytest.approx(startup.TURN), "a rerun keeps the interpreter from the hand"


def test_a_queue_that_cannot_be_taken_up_is_one_line(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    (tmp_path / ".jobs").symlink_to(tmp_path)
    startup.take_up_queue()
    (record,) = caplog.records
    assert record.exc_info is None
    assert "The queue of runs could not be taken up: .jobs is a link" in record.getMessage()


@pytest.mark.process
def test_nothing_heavy_is_imported_before_serving():
    check = "import sys, vae_explorer.live.routes, vae_explorer.live.startup, vae_explorer.live.redirects; "
    heavy = (
        "print(*sorted({'torch', 'torchvision', 'streamlit', 'plotly', 'sklearn', 'scipy', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check + heavy], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


KNOWN = [
    "/",
    "",
    "/explore",
    "/compare/",
    "/traversals",
    "/interpolate",
    "/favicon.png",
    "/static/x",
    "/_stcore/health",
]
KNOWN += ["/media/x", "/component/a/b", "/api/x", "/live", "/web/1/x"]


@pytest.mark.parametrize("path", KNOWN)
def test_served_addresses_are_left_alone(path):
    assert unknown_page(path, PAGES) is None


UNKNOWN = {
    "/nonsense": "nonsense",
    "/compare/more": "compare%2Fmore",
    "//evil": "evil",
    "/apis": "apis",
    "/\r\nX-Y:1": "%0D%0AX-Y%3A1",
    "/" + "x" * 500: "x" * 60,
    "/ä": "%C3%A4",
}


@pytest.mark.parametrize(("path", "page"), UNKNOWN.items())
def test_an_unknown_page_leads_to_the_first(path, page):
    start = fetch(path, b"text/html,*/*")
    assert start["status"] == 307
    assert (
        urljoin(f"http://host{quote(path)}", dict(start["headers"])[b"location"].decode())
        == f"http://host/?page={page}"
    )


def test_only_who_wants_a_page_is_redirected():
    assert fetch("/nonsense", b"application/json")["status"] == 200
    assert fetch("/explore", b"text/html")["status"] == 200


def fetch(path, accept):
    """The start of the response, from an app that serves every address."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept", accept)]}
    asyncio.run(UnknownPages(PlainTextResponse("served"), PAGES)(scope, receive, send))
    return sent[0]
