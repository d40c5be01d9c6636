"""The live channel over a real server: every bad request gets its sentence, and nobody else notices."""

import json
import socket
import threading
import time

import numpy as np
import pytest
from websockets.client import ClientProtocol
from websockets.protocol import State
from websockets.uri import parse_uri

from vae_explorer import coding
from vae_explorer.live import startup

pytestmark = pytest.mark.thorough

GOOD = {"id": 1, "model": "tiny-z2", "z": [[0.5, -0.5]]}


def unpack(message):
    size = int.from_bytes(message[:4], "little")
    return json.loads(message[4 : 4 + size]), message[4 + size :]


def ask(client, values):
    client.send(values if isinstance(values, (str, bytes)) else json.dumps(values))
    return unpack(client.recv(timeout=20))


def pictures(header, body):
    return np.frombuffer(body, np.uint8).reshape([header[key] for key in "nchw"])


def test_a_request_is_answered_with_the_core_s_pictures(server, expected):
    with server.connect() as client:
        header, body = ask(client, GOOD)
    assert header == {"id": 1, "n": 1, "c": 1, "h": 28, "w": 28}
    np.testing.assert_array_equal(pictures(header, body), expected("tiny-z2", GOOD["z"]))


def test_many_in_flight_on_one_socket_come_back_each_under_its_id(server, expected):
    rng = np.random.default_rng(0)
    zs = {id: rng.normal(size=(int(rng.integers(1, 80)), 10)).round(3).tolist() for id in range(40)}
    with server.connect() as client:
        for id, z in zs.items():
            client.send(json.dumps({"id": id, "model": "tiny-conv", "z": z}))
        replies = [unpack(client.recv(timeout=20)) for _ in zs]
    assert sorted(header["id"] for header, _ in replies) == list(zs)
    for header, body in replies:
        difference = pictures(header, body).astype(int) - expected("tiny-conv", zs[header["id"]])
        assert np.abs(difference).max() <= 1


def test_a_conditional_model_is_asked_as_one_class_or_as_many(server):
    z = [[0.5, -0.5]] * 2
    with server.connect() as client:
        replies = [pictures(*ask(client, {"id": 1, "model": "tiny-cvae", "z": z, "y": y})) for y in (4, [4, 4], [4, 6])]
    assert np.array_equal(replies[0], replies[1])
    assert np.array_equal(replies[0][0], replies[2][0])
    assert not np.array_equal(replies[0][1], replies[2][1])


def test_a_mixture_of_classes_is_decoded_between_them(server):
    four, six = np.eye(10)[4], np.eye(10)[6]
    mixtures = [four.tolist(), (0.5 * four + 0.5 * six).tolist(), six.tolist()]
    asked = {"id": 1, "model": "tiny-cvae", "z": [[0.5, -0.5]] * 3}
    with server.connect() as client:
        pure, mixed = (pictures(*ask(client, asked | {"y": y})) for y in ([4, 5, 6], mixtures))
    assert np.array_equal(pure[[0, 2]], mixed[[0, 2]])
    assert not any(np.array_equal(mixed[1], one) for one in (*pure, mixed[0]))


BAD = {
    "z of another length": (GOOD | {"z": [[1, 2, 3]]}, "has 2 latent units"),
    "NaN": ('{"id": 1, "model": "tiny-z2", "z": [[NaN, 0]]}', "finite"),
    "Infinity": ('{"id": 1, "model": "tiny-z2", "z": [[Infinity, 0]]}', "finite"),
    "1e30": (GOOD | {"z": [[1e30, 0]]}, "finite and from"),
    "a class for none": (GOOD | {"y": 0}, "takes no class"),
    "no class": (GOOD | {"model": "tiny-cvae"}, "y must hold ids from 0 to 9"),
    "an eleventh class": (GOOD | {"model": "tiny-cvae", "y": 10}, "y must hold ids from 0 to 9"),
    "half a class": (GOOD | {"model": "tiny-cvae", "y": 0.5}, "y must be a class id"),
    "a mixture of nine": (GOOD | {"model": "tiny-cvae", "y": [[1] + [0] * 8]}, "shares of 9 came"),
    "a mixture for none": (GOOD | {"y": [[1]]}, "takes no class"),
    "n = 0": (GOOD | {"z": []}, "1 to 1024"),
    "n = 1025": (GOOD | {"z": [[0, 0]] * 1025}, "1 to 1024"),
    "unknown model": (GOOD | {"model": "../../etc/passwd"}, "There is no model"),
    "damaged model": (GOOD | {"model": "broken"}, "truncated"),
}
UNREADABLE = {
    "text": ("hello", "valid JSON"),
    "deep": ("[" * 100_000, "valid JSON"),
    "a list": ("[1]", "JSON object"),
    "no id": ('{"model": "tiny-z2"}', "needs an id"),
    "30 MB": ("x" * 30_000_000, "1,600,000 characters"),
    "binary": (b"\x00\x01\xff", "binary frame"),
}


@pytest.mark.parametrize(("bad", "sentence"), BAD.values(), ids=BAD.keys())
def test_a_bad_request_is_answered_and_the_socket_stays(server, bad, sentence):
    with server.connect() as client:
        header, body = ask(client, bad)
        assert header["id"] == 1
        assert sentence in header["error"]
        assert body == b""
        assert ask(client, GOOD)[0]["n"] == 1


@pytest.mark.parametrize(("bad", "sentence"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_request_is_answered_and_the_socket_stays(server, bad, sentence):
    with server.connect() as client:
        header, body = ask(client, bad)
        assert header["id"] is None
        assert sentence in header["error"]
        assert body == b""
        assert ask(client, GOOD)[0]["n"] == 1


def test_bad_clients_harm_no_other(server, expected):
    stop, failures = threading.Event(), []

    def misbehave():
        with server.connect() as client:
            while not stop.is_set():
                for bad, _ in [*BAD.values(), *list(UNREADABLE.values())[:4]]:
                    if "error" not in ask(client, bad)[0]:
                        failures.append(bad)

    threads = [threading.Thread(target=misbehave) for _ in range(3)]
    for thread in threads:
        thread.start()
    with server.connect() as client:
        for k in range(100):
            z = [[k / 50, -k / 50]]
            header, body = ask(client, {"id": k, "model": "tiny-z2", "z": z})
            assert header["id"] == k
            assert np.abs(pictures(header, body).astype(int) - expected("tiny-z2", z)).max() <= 1
    stop.set()
    for thread in threads:
        thread.join(20)
    assert failures == []


def test_too_many_requests_are_refused_not_stored(server):
    with server.connect() as client:
        for id in range(100):
            client.send(json.dumps({"id": id, "model": "tiny-conv", "z": [[0] * 10] * 500}))
        headers = [unpack(client.recv(timeout=30))[0] for _ in range(100)]
        refused = [header for header in headers if "error" in header]
        assert sorted(header["id"] for header in headers) == list(range(100))
        assert refused
        assert all(header["error"].startswith("Too many") for header in refused)
        assert ask(client, GOOD)[0]["n"] == 1


def test_a_client_that_leaves_takes_its_work_along(server, monkeypatch):
    decoded, decode = list[int](), coding.decode
    monkeypatch.setattr(coding, "decode", lambda model, z, y=None: decoded.append(len(z)) or decode(model, z, y))
    with server.connect() as client:
        for id in range(16):
            client.send(json.dumps({"id": id, "model": "tiny-conv", "z": [[0] * 10] * 1024}))
        client.recv(timeout=20)
    with server.connect() as client:
        own = {"id": 1, "model": "tiny-conv", "z": [[0] * 10] * 100}
        assert ask(client, own)[0]["n"] == 100
        before = sum(decoded)
        assert ask(client, own)[0]["n"] == 100
    assert sum(decoded) == before + 100, "what nobody waits for is not decoded"


def test_a_slow_reader_s_next_request_is_read_while_a_reply_is_on_its_way(server):
    with server.connect() as client:
        for id in range(8):
            client.send(json.dumps({"id": id, "model": "tiny-z2", "z": [[0, 0]] * 1024}))
        first = unpack(client.recv(timeout=20))[0]["id"]
        client.send(json.dumps(GOOD | {"id": 99}))
        ids = [first, *(unpack(client.recv(timeout=20))[0]["id"] for _ in range(8))]
    assert sorted(ids) == [*range(8), 99]


def deaf(port: int) -> socket.socket:
    """A connection that asks for 8,192 pictures and reads none of them."""
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    link.connect(("127.0.0.1", port))
    protocol = ClientProtocol(parse_uri("ws://localhost/live"))
    protocol.send_request(protocol.connect())
    link.sendall(b"".join(protocol.data_to_send()))
    while protocol.state is State.CONNECTING:
        protocol.receive_data(link.recv(4096))
        protocol.events_received()
    for id in range(8):
        protocol.send_text(json.dumps({"id": id, "model": "tiny-z2", "z": [[0, 0]] * 1024}).encode())
    link.sendall(b"".join(protocol.data_to_send()))
    return link


def refused(client) -> int:
    """How many of the most requests that one may have at a time are told to wait."""
    for id in range(16):
        client.send(json.dumps({"id": id, "model": "tiny-z2", "z": [[0, 0]] * 1024}))
    return sum("error" in unpack(client.recv(timeout=30))[0] for _ in range(16))


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Only Linux gives up on the deaf by itself.")
def test_clients_that_never_read_lock_nobody_out_and_are_given_up(server):
    startup.tune_sockets(deaf=1)
    links = [deaf(server.port) for _ in range(18)]
    try:
        with server.connect() as client:
            assert ask(client, GOOD | {"z": [[0, 0]] * 100})[0]["n"] == 100
            ends = time.monotonic() + 30
            assert refused(client), "they hold no more than they may"
            while refused(client):
                assert time.monotonic() < ends, "they are held though they never read"
    finally:
        startup.tune_sockets()
        for link in links:
            link.close()


def test_one_who_sends_the_longest_requests_without_end_holds_up_nobody(server):
    longest = json.dumps({"id": 1, "model": "tiny-z2", "z": [[0.123456789012345678] * 64] * 1024})
    assert len(longest) > 1_000_000
    stop = threading.Event()

    def flood() -> None:
        with server.connect() as client:
            while not stop.is_set():
                ask(client, longest)

    threads = [threading.Thread(target=flood) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        with server.connect() as client:
            for id in range(50):
                assert ask(client, GOOD | {"id": id})[0]["id"] == id
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
