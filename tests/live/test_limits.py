"""What one client can take from a real app with 256 descriptors: connections, memory, the log."""

import asyncio
import json
import logging
import resource
import socket
import struct
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from starlette.requests import Request
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.handshakes import asked, put_file
from tests.scant import MOST
from tests.serving import ROOT, served
from tests.streamlit_session import streamlit_session
from vae_explorer.latents import clusters
from vae_explorer.live import idle_connections, uploads
from vae_explorer.live.idle_connections import HASTE, PATIENCE, IdleConnections, raise_descriptors
from vae_explorer.live.long_reads import MOST as MOST_WAITING
from vae_explorer.live.protocol import MAX_FRAME_CHARS
from vae_explorer.live.said_once import SaidOnce
from vae_explorer.live.uploads import MANY, MOST_HELD, TakingSessions, UploadGate

HALF = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half"
OPTIONS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
LARGEST = OPTIONS["maxMessageSize"] * 10**6


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("app") / "log"


@pytest.fixture(scope="module")
def port(log):
    with served(log, {}, module="tests.scant") as app:
        yield urlsplit(app.url).port


@pytest.mark.process
def test_half_requests_are_given_up_and_others_are_served(port, log):
    """More than there are descriptors; some say nothing, some stop within their second request."""
    said = (b"", HALF, b"GET /_stcore/health HTTP/1.1\r\nHost: localhost\r\n\r\n" + HALF)
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(MOST + 50)]
    try:
        for k, one in enumerate(held):
            one.settimeout(30)
            one.sendall(said[k % len(said)])
        assert asked(port, "/_stcore/health").status == 200
        assert all(_ended(one) for one in held[: MOST // 2])
    finally:
        for one in held:
            one.close()
    assert asked(port, "/_stcore/health").status == 200
    assert log.stat().st_size < 50_000


def _ended(one: socket.socket) -> bool:
    try:
        while one.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return True


@pytest.mark.process
@pytest.mark.parametrize("path", ["/live", "/_stcore/stream"])
@pytest.mark.parametrize("said", [b"x" * (LARGEST + 1), [b"x" * (LARGEST // 4)] * 5], ids=["whole", "in parts"])
def test_a_frame_longer_than_any_that_pages_send_ends_its_socket_alone(port, path, said):
    with connect(f"ws://localhost:{port}{path}", max_size=None) as client, streamlit_session(port) as other:
        with pytest.raises(ConnectionClosed):
            _said_and_heard(client, said)
        other.run("glossary")
    assert MAX_FRAME_CHARS <= LARGEST


def _said_and_heard(client: ClientConnection, said: bytes | list[bytes]) -> None:
    client.send(said)
    while True:
        client.recv(timeout=20)


GONE = struct.pack("ii", 1, 0)
"""SO_LINGER: an end without a good-bye."""


@pytest.mark.process
def test_who_goes_while_he_is_refused_or_answered_leaves_nothing_in_the_log(port, log):
    fine, before = json.dumps({"id": 1, "model": "digits-mlp-z2", "z": [[0, 0]] * 64}), log.stat().st_size
    for text in ("no request", fine):
        for sent in (1, 2, 20, 200):
            link = socket.create_connection(("127.0.0.1", port))
            with connect(f"ws://localhost:{port}/live", sock=link, max_size=None) as client:
                for _ in range(sent):
                    client.send(text)
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, GONE)
                link.close()
    with connect(f"ws://localhost:{port}/live") as client:
        client.send(fine)
        assert client.recv(timeout=30)
    assert "Traceback" not in log.read_text()[before:]


COSTLY = "/api/checkpoints/mnist-conv-z10-b1/columns/kmeans-{}"


@pytest.mark.process
def test_what_takes_seconds_is_done_for_our_own_pages_alone(port):
    """A picture of a foreign page, over plain http from another machine, has neither Origin nor Sec-Fetch-Site."""
    own = {"Referer": f"http://localhost:{port}/?model=x", "Host": f"localhost:{port}"}
    foreign = ({}, {"Referer": "http://localhost:9777/"}, {"Sec_Fetch_Site": "cross-site", **own})
    assert {asked(port, COSTLY.format(2), **told).status for told in foreign} == {403}
    for told in (own, {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}):
        assert asked(port, COSTLY.format(2), **told).status == 200
    assert asked(port, COSTLY.format(2), Sec_Fetch_Site="same-origin").status == 200


@pytest.mark.process
def test_files_are_taken_where_the_page_has_a_place_for_them(port):
    with streamlit_session(port) as session:
        for page, status in (("", 403), ("library", 204), ("train", 403), ("library", 204)):
            session.run(page)
            assert put_file(port, session.id).status == status
    assert put_file(port, "nobody").status == 403


def test_what_takes_seconds_is_done_one_at_a_time_for_a_client_beside_what_serves_pages(server, monkeypatch):
    """All that the pool of threads could hold is asked for at once, and more."""
    begun, first, go_on = list[str](), threading.Event(), threading.Event()

    def slow(mu, name):
        begun.append(name)
        first.set()
        assert go_on.wait(30)
        return found(mu, name)

    found = clusters.clusters
    monkeypatch.setattr(clusters, "clusters", slow)
    paths = [f"/api/checkpoints/{id}/columns/kmeans-{2 + k}" for id in ("tiny-conv", "tiny-ae") for k in range(19)]
    own = {"Referer": f"http://127.0.0.1:{server.port}/"}
    with ThreadPoolExecutor(len(paths)) as many:
        answers = [many.submit(asked, server.port, path, **own) for path in paths]
        refused = [answer.result().status for answer in islice(as_completed(answers), len(paths) - MOST_WAITING)]
        beside = asked(server.port, "/api/glossary").status
        assert first.wait(30)
        at_once = len(begun)
        go_on.set()
    assert (set(refused), beside, at_once) == ({429}, 200, 1)
    assert sorted(answer.result().status for answer in answers) == [200] * MOST_WAITING + refused
    assert len(begun) == MOST_WAITING


def test_a_request_that_came_and_went_begins_the_wait_anew():
    closed = []
    one = SimpleConnection(lambda: closed.append(True))
    idle = IdleConnections(100)
    for now in range(40):
        one.cycle = SimpleNamespace(response_complete=True)
        assert idle.close_old([one], float(now)) == 0
    assert idle.close_old([one], 39 + PATIENCE - 0.1) == 0
    assert idle.close_old([one], 39 + PATIENCE) == 1
    one.cycle = SimpleNamespace(response_complete=False)
    assert idle.close_old([one, object()], 1000.0) == 0, "a request is under way; a websocket has no cycle"
    assert closed == [True]


class SimpleConnection:
    def __init__(self, aborted):
        self.cycle: SimpleNamespace | None = None
        self.transport = SimpleNamespace(abort=aborted)


def test_there_is_haste_where_connections_are_many():
    many = [SimpleConnection(lambda: None) for _ in range(51)]
    for n, closed in ((50, 0), (51, 51)):
        idle = IdleConnections(100)
        assert idle.close_old(many[:n], 0.0) == 0
        assert idle.close_old(many[:n], HASTE) == closed


def test_as_many_descriptors_as_the_system_allows(monkeypatch):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
        monkeypatch.setattr(idle_connections, "DESCRIPTORS", 600)
        assert raise_descriptors() == (600 if hard == resource.RLIM_INFINITY else min(hard, 600))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_log_says_a_thing_once_a_minute(monkeypatch):
    now, heard = [100.0], list[str]()
    monkeypatch.setattr("vae_explorer.live.said_once.time.monotonic", lambda: now[0])
    filtered = SaidOnce()

    def say(text):
        record = logging.makeLogRecord({"msg": "%s", "args": (text,)})
        if filtered.filter(record):
            heard.append(record.getMessage())

    for _ in range(1000):
        say("no room")
    say("other")
    now[0] += 60
    say("no room")
    assert heard == ["no room", "other", "no room (999 times more before)"]


@pytest.fixture
def put(monkeypatch):
    """What is answered to a file of which nothing comes, by an app that waits for it."""
    monkeypatch.setattr(uploads, "TAKING", TakingSessions())
    uploads.TAKING.set("one", True)

    async def taken(scope, receive, send):
        await Request(scope, receive).body()

    async def never():
        await asyncio.Event().wait()
        return {}

    def answered(*lengths: bytes, held: int = 0) -> list[int]:
        sent = list[dict]()

        async def send(message):
            sent.append(message)

        async def all_at_once():
            scope = {"type": "http", "method": "PUT", "path": "/x/_stcore/upload_file/one/1"}
            told = [{**scope, "headers": [(b"content-length", length)] if length else []} for length in lengths]
            await asyncio.gather(*(gate(one, never, send) for one in told))

        gate = UploadGate(taken, lambda: held, "/x", patience=0.01)
        asyncio.run(all_at_once())
        return sorted(message["status"] for message in sent if "status" in message)

    return answered


def test_a_file_whose_rest_does_not_come_is_given_up(put):
    assert put(b"5") == [408]


def test_files_are_taken_while_there_is_room_for_them(put):
    most = str(MOST_HELD).encode()
    assert put(most, most) == [408, 413], "those on their way count"
    assert put(most, held=1) == [413]
    assert put(b"", held=1) == put(b"9" * 400, held=1) == [413]


def test_of_very_many_sessions_that_take_files_the_oldest_are_forgotten():
    taking = TakingSessions()
    for k in range(MANY + 5):
        taking.set(str(k), True)
    assert "4" not in taking
    assert "5" in taking
    taking.set("5", False)
    assert "5" not in taking
