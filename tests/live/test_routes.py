import gzip
import http.client
import json
import os
import re
import shutil
import sys

import numpy as np
import pytest

from tests.datasets.raw_files import N, write_cifar10
from vae_explorer import checkpoints, datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.checkpoints.columns import column
from vae_explorer.glossary import GLOSSARY, mentions
from vae_explorer.latents import clusters
from vae_explorer.live import batch, modules
from vae_explorer.live.modules import web_version


def get(server, path, method="GET", **headers):
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    told = {"Referer": f"http://127.0.0.1:{server.port}/"} | headers
    try:
        link.request(method, path, headers={key.replace("_", "-"): value for key, value in told.items()})
        answer = link.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        link.close()


def unpack(message):
    size = int.from_bytes(message[:4], "little")
    return json.loads(message[4 : 4 + size]), message[4 + size :]


COLUMNS = ["mu-0", "mu-1", "logvar-1", "sigma-1", "pca-0", "pca-1", "nll", "rate", "distance-299"]


@pytest.mark.parametrize("name", COLUMNS)
def test_columns(server, name):
    status, headers, body = get(server, f"/api/checkpoints/tiny-z2/columns/{name}")
    header, levels = unpack(body)
    values = column(catalogue.find("tiny-z2"), name)
    low, high = header["low"], header["high"]
    assert status == 200
    assert headers["Content-Type"] == "application/octet-stream"
    assert (header["n"], header["dtype"]) == (300, "uint16")
    restored = low + (high - low) * np.frombuffer(levels, "<u2") / 65535
    np.testing.assert_allclose(restored, values, atol=(high - low) / 1e5)


def test_a_fitted_map_is_two_columns(server, maps):
    for axis in (0, 1):
        header, levels = unpack(get(server, f"/api/checkpoints/tiny-z2/columns/map-{maps['tiny-z2']}-{axis}")[2])
        values = catalogue.projection(catalogue.find("tiny-z2"), maps["tiny-z2"]).xy[:, axis]
        low, high = header["low"], header["high"]
        np.testing.assert_allclose(low + (high - low) * np.frombuffer(levels, "<u2") / 65535, values, atol=1e-3)


def test_a_map_of_another_model_is_one_sentence(server, maps):
    status, _, body = get(server, f"/api/checkpoints/tiny-z2/columns/map-{maps['tiny-ae']}-0")
    assert (status, "does not fit" in json.loads(body)["error"]) == (404, True)


def test_labels(server):
    header, body = unpack(get(server, "/api/checkpoints/tiny-z2/columns/label")[2])
    assert header == {"n": 300, "dtype": "uint8", "low": 0, "high": 9}
    assert list(body[:12]) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]


@pytest.mark.parametrize("name", ["kmeans-2", "kmeans-20", "hdbscan"])
def test_clusters_are_bytes(server, name):
    header, body = unpack(get(server, f"/api/checkpoints/tiny-z2/columns/{name}")[2])
    found = clusters.clusters(catalogue.LATENTS.get(catalogue.find("tiny-z2")).mu, name)
    assert header["dtype"] == "uint8"
    assert list(body) == found.ids.tolist()


def test_points(server):
    status, headers, body = get(server, "/api/checkpoints/tiny-z2/points/17")
    latents = catalogue.LATENTS.get(catalogue.find("tiny-z2"))
    point = json.loads(body)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert set(point) == {"index", "label", "factors", "mu", "logvar", "nll", "rate"}
    assert (point["index"], point["label"]) == (17, 7)
    assert point["mu"] == latents.mu[17].tolist()
    assert point["nll"] == pytest.approx(latents.nll[17])


def test_a_point_of_a_plain_autoencoder_has_no_rate_and_no_logvar(server):
    point = json.loads(get(server, "/api/checkpoints/tiny-ae/points/3")[2])
    assert (point["logvar"], point["rate"]) == (None, None)
    assert len(point["mu"]) == 2


def test_originals(server):
    status, _, body = get(server, "/api/datasets/digits/test/5")
    header, pixels = unpack(body)
    assert (status, header) == (200, {"n": 1, "c": 1, "h": 28, "w": 28})
    assert pixels == datasets.load("digits", "test").images[5:6].tobytes()


def test_a_data_set_that_is_not_here_is_one_sentence(server, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
    status, headers, body = get(server, "/api/datasets/mnist/test/0")
    assert (status, headers["Cache-Control"]) == (404, "no-store")
    assert json.loads(body)["error"].startswith("MNIST is not in")


def test_a_torchvision_that_does_not_load_is_one_sentence_and_no_fault(server, tmp_path, monkeypatch):
    write_cifar10(tmp_path, np.zeros((N, 3, 32, 32), np.uint8), monkeypatch)
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
    monkeypatch.setitem(sys.modules, "torchvision", None)
    status, _, body = get(server, "/api/datasets/cifar10/test/0")
    assert status == 404
    assert json.loads(body)["error"].startswith("torchvision cannot be loaded; install it")


MISSING = [
    "/api/checkpoints/nope/columns/mu-0",
    "/api/checkpoints/broken/columns/mu-0",
    "/api/checkpoints/bare/columns/mu-0",
    "/api/checkpoints/tiny-z2/columns/mu-2",
    "/api/checkpoints/tiny-z2/columns/mu--1",
    "/api/checkpoints/tiny-z2/columns/__class__",
    "/api/checkpoints/tiny-z2/columns/kl_per_dim",
    f"/api/checkpoints/tiny-z2/columns/map-{'0' * 32}-0",
    f"/api/checkpoints/tiny-z2/columns/map-{'0' * 32}-2",
    f"/api/checkpoints/tiny-z2/columns/map-{'0' * 31}-0",
    "/api/checkpoints/tiny-z2/columns/map-..%2F..%2Fx-0",
    "/api/checkpoints/tiny-ae/columns/rate",
    "/api/checkpoints/tiny-ae/columns/logvar-0",
    "/api/checkpoints/tiny-ae/columns/sigma-0",
    "/api/checkpoints/tiny-z2/columns/distance-300",
    "/api/checkpoints/tiny-z2/columns/kmeans-1",
    "/api/checkpoints/tiny-z2/columns/kmeans-21",
    "/api/checkpoints/tiny-z2/columns/kmeans-1000000000",
    "/api/checkpoints/tiny-z2/columns/kmeans-%D9%A3",
    "/api/checkpoints/tiny-z2/columns/map-x-0",
    "/api/checkpoints/tiny-z2/columns/map-00000000000000000000000000000000-2",
    "/api/checkpoints/nope/thumbnails/0",
    "/api/checkpoints/tiny-z2/thumbnails/1",
    "/api/checkpoints/tiny-z2/thumbnails/-1",
    "/api/checkpoints/tiny-z2/thumbnails/x",
    "/api/checkpoints/tiny-z2/thumbnails/999999999999",
    "/api/checkpoints/tiny-z2/points/300",
    "/api/checkpoints/tiny-z2/points/-1",
    "/api/checkpoints/tiny-z2/points/99999999999999999999999",
    "/api/checkpoints/tiny-z2/points/1.0",
    "/api/checkpoints/tiny-z2/points/x",
    "/api/checkpoints/tiny-z2/points/%D9%A3",
    "/api/checkpoints/..%2Ftiny-z2/points/1",
    "/api/datasets/nope/test/0",
    "/api/datasets/digits/nope/0",
    "/api/datasets/digits/test/360",
    "/api/datasets/digits/test/-1",
    "/api/nope",
    "/api/",
    "/web/x/nope.js",
    "/web/x/../../errors.py",
    "/web/x/%2e%2e/%2e%2e/errors.py",
    "/web/x//etc/passwd",
    "/web/x/map/map.css",
    "/web/x",
]


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_one_sentence(server, path):
    status, headers, body = get(server, path)
    assert status == 404
    assert headers["Content-Type"] == "application/json"
    assert set(json.loads(body)) == {"error"}
    assert json.loads(body)["error"].endswith(".")


def addresses():
    checkpoint = catalogue.find("tiny-z2").version
    return {
        f"/api/checkpoints/tiny-z2/columns/mu-0?v={checkpoint}": True,
        "/api/checkpoints/tiny-z2/columns/mu-0?v=old": False,
        "/api/checkpoints/tiny-z2/columns/mu-0": False,
        f"/api/checkpoints/tiny-z2/points/3?v={checkpoint}": True,
        "/api/checkpoints/tiny-z2/points/3": False,
        "/api/datasets/digits/test/3": False,
        f"/api/checkpoints/tiny-z2/thumbnails/0?v={checkpoint}": False,
        f"/web/{web_version()}/wire/frame.js": True,
        "/web/old/wire/frame.js": False,
    }


def test_caching(server):
    for path, lasting in addresses().items():
        status, headers, body = get(server, path)
        etag = headers["ETag"]
        assert (status, len(body) > 0) == (200, True)
        assert headers["Cache-Control"] == ("public, max-age=31536000, immutable" if lasting else "no-cache")
        for known in (etag, f"W/{etag}", f'"other", {etag}'):
            again, headers, body = get(server, path, If_None_Match=known)
            assert (again, headers["ETag"], body) == (304, etag, b"")
        assert get(server, path, If_None_Match='"other"')[0] == 200


def test_head_has_the_headers_alone(server):
    for path in addresses():
        status, headers, body = get(server, path, "HEAD")
        assert (status, body) == (200, b"")
        assert headers["ETag"] == get(server, path)[1]["ETag"]


def test_a_foreign_host_is_refused(server):
    for path in [*addresses(), "/api/nope"]:
        status, _, body = get(server, path, Host="evil.example")
        assert status == 403
        assert "allowedHosts" in json.loads(body)["error"]


def test_modules_are_scripts_and_nothing_else(server):
    status, headers, body = get(server, f"/web/{web_version()}/wire/frame.js")
    assert (status, body) == (200, (modules.WEB / "wire" / "frame.js").read_bytes())
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    status, headers, packed = get(server, f"/web/{web_version()}/wire/frame.js", Accept_Encoding="br, gzip")
    assert (status, headers["Content-Encoding"], headers["Vary"]) == (200, "gzip", "Accept-Encoding")
    assert gzip.decompress(packed) == body


def test_modules_are_read_again_when_they_change(tmp_path, monkeypatch):
    monkeypatch.setattr(modules, "WEB", tmp_path)
    monkeypatch.setattr(modules, "LOOK", 1e-9)
    assert set(modules.modules().files) == {"plotly.js"}
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "index.js").write_text("1")
    first = web_version()
    assert modules.modules().files == {"map/index.js": b"1", "plotly.js": modules.PLOTLY.read_bytes()}
    assert web_version() == first
    (tmp_path / "map" / "index.js").write_text("22")
    assert web_version() != first


def test_an_incident_is_a_sentence_with_an_id(server, monkeypatch, caplog):
    monkeypatch.setattr(catalogue.LATENTS, "get", lambda checkpoint: 1 / 0)
    status, _, body = get(server, "/api/checkpoints/tiny-z2/points/1")
    id = json.loads(body)["error"].split("id ")[1][:6]
    assert status == 500
    assert f"Incident {id}" in caplog.text


def test_the_glossary_comes_with_a_group_of_its_pattern_for_each_term(server):
    status, headers, body = get(server, "/api/glossary")
    assert (status, headers["Content-Type"]) == (200, "application/json")
    told = json.loads(body)
    assert re.compile(told["pattern"]).groups == len(told["terms"]) == len(GLOSSARY)
    for mention in mentions("nll + rate = nats per image, of 10 latent units"):
        found = re.search(told["pattern"], mention.name.replace("-", " "))
        assert found is not None
        assert told["terms"][(found.lastindex or 0) - 1]["sentence"] == GLOSSARY[mention.name].sentence
    assert get(server, "/api/glossary", If_None_Match=headers["ETag"])[0] == 304


def test_what_lies_strangely_among_the_runs_is_said_and_stops_no_request(server, live_runs, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    for name in ("endless", "piped", "fine"):
        shutil.copytree(live_runs / "tiny-z2", tmp_path / name)
    (tmp_path / ("x" * 252)).mkdir()
    for file in (tmp_path / "endless" / checkpoints.CONFIG, tmp_path / "piped" / checkpoints.WEIGHTS):
        file.unlink()
    (tmp_path / "endless" / checkpoints.CONFIG).symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "piped" / checkpoints.WEIGHTS)
    batch._found.cache_clear()
    told = {"endless": "config.json is a link where a file belongs", "piped": "weights.safetensors is a pipe"}
    for name, sentence in told.items():
        status, _, body = get(server, f"/api/checkpoints/{name}/columns/mu-0")
        assert status == 404
        assert sentence in json.loads(body)["error"]
    status, _, body = get(server, "/api/checkpoints/nothing/columns/mu-0")
    assert (status, "x" * 81 in body.decode()) == (404, False)
    with server.connect() as client:
        for name, sentence in told.items():
            client.send(json.dumps({"id": 1, "model": name, "z": [[0, 0]]}))
            assert sentence in client.recv(timeout=20).decode(errors="replace")
        client.send(json.dumps({"id": 2, "model": "fine", "z": [[0, 0]]}))
        assert unpack(client.recv(timeout=20))[0]["n"] == 1
    batch._found.cache_clear()
