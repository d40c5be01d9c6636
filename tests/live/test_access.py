"""The guard in front of every route of the real app, Streamlit's own among them, over real sockets."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from tests.handshakes import asked, opened
from tests.outside import ASKED
from tests.serving import ROOT, served
from vae_explorer.live.access import Allowed, hostname, parsed, refused_host, refused_origin
from vae_explorer.live.response_headers import FIXED, ResponseHeaders

OPTIONS = ("--server.allowedHosts", "explorer.example", "--server.allowedHosts", "*.lab.example")
OPTIONS += ("--server.corsAllowedOrigins", "https://proxy.example")
SOCKETS = ("/live", "/_stcore/stream")
READS = ("/", "/train", "/nonsense", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/favicon.png")
READS += ("/api/glossary", "/api/nope", "/web/x/page.js", "/media/x", "/_stcore/agent/openapi.json")
WRITES = (("PUT", "/_stcore/upload_file/a/b"), ("DELETE", "/_stcore/upload_file/a/b"), ("POST", "/_stcore/agent/mcp"))
ROUTES = [*(("GET", path) for path in READS), *WRITES]

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("app") / "log"


@pytest.fixture(scope="module")
def port(log):
    with served(log, {}, *OPTIONS, module="tests.outside") as app:
        yield urlsplit(app.url).port


HOSTS = ["localhost", "localhost:8501", "127.0.0.1:1", "127.9.9.9", "[::1]:8501", "explorer.example", "a.lab.example"]
FOREIGN_HOSTS = ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.7:8501", "lab.example"]


@pytest.mark.parametrize("host", HOSTS)
def test_known_hosts_serve_their_own_pages(port, host):
    for path in SOCKETS:
        assert opened(port, path, Host=host, Origin=f"http://{host}").status == 101
    assert asked(port, "/_stcore/health", Host=host, Origin=f"http://{host}").status == 200


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_gets_403_from_every_route_and_a_sentence_to_act_on(port, host):
    assert {opened(port, path, Host=host).status for path in SOCKETS} == {403}
    for method, path in ROUTES:
        answer = asked(port, path, method, Host=host)
        assert answer.status == 403
        assert f'add "{hostname(host)}" to server.allowedHosts' in json.loads(answer.body)["error"]
    page = asked(port, "/", Host=host, Accept="text/html")
    assert (page.status, page.headers.get_content_type()) == (403, "text/html")
    assert "to server.allowedHosts in .streamlit/config.toml and start again.</p>" in page.body


FOREIGN_ORIGINS = ("http://evil.example", "null", "http://[", "http://127.0.0.1:9777", "http://localhost:9777")
FOREIGN_ORIGINS += ("https://localhost:{port}", "http://127.0.0.1:{port}", "http://localhost", "http://proxy.example")


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_foreign_origin_gets_403_from_every_route(port, origin):
    """Another scheme, another port, and another name of this machine among them."""
    told = {"Host": f"localhost:{port}", "Origin": origin.format(port=port)}
    assert {opened(port, path, **told).status for path in SOCKETS} == {403}
    for method, path in ROUTES:
        answer = asked(port, path, method, **told)
        assert answer.status == 403
        assert "may not ask this server" in json.loads(answer.body)["error"]


def test_an_origin_that_the_owner_allows_is_served_whatever_the_host(port):
    for path in SOCKETS:
        assert opened(port, path, Host="127.0.0.1:8501", Origin="https://proxy.example").status == 101
        assert opened(port, path, Host="localhost", Origin="https://proxy.example:443").status == 101


def test_a_page_behind_tls_is_known_by_what_its_proxy_tells(port):
    for path in SOCKETS:
        told = {"Host": "explorer.example", "Origin": "https://explorer.example", "X_Forwarded_Proto": "https"}
        assert opened(port, path, **told).status == 101


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_page_holds_is_refused_and_a_link_to_a_page_is_not(port, site):
    """Pictures, frames and scripts of a foreign page; no Origin comes with them."""
    for held in ("image", "script", "iframe", "empty"):
        for _, path in ROUTES[: len(READS)]:
            assert asked(port, path, Sec_Fetch_Site=site, Sec_Fetch_Dest=held).status == 403
    link = {"Sec_Fetch_Site": site, "Sec_Fetch_Dest": "document", "Sec_Fetch_Mode": "navigate"}
    assert asked(port, "/train", **link).status == 200
    assert asked(port, "/api/glossary", **link).status == 403
    for own in ("none", "same-origin"):
        assert asked(port, "/api/glossary", Sec_Fetch_Site=own).status == 200


def test_every_answer_has_the_headers(port):
    for method, path in [*ROUTES, ("GET", "/explore"), ("GET", "/live"), ("OPTIONS", "/_stcore/health")]:
        for host in ("localhost", "evil.example"):
            answer = asked(port, path, method, Host=host)
            assert {name: answer.headers[name] for name in FIXED} == FIXED
            policy = answer.headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy
            assert "unsafe-eval" not in policy
            assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def test_what_nobody_expected_is_a_sentence_with_all_headers(caplog):
    sent = list[dict]()

    async def fails(scope, receive, send):
        raise ZeroDivisionError

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "path": "/fails"}
    asyncio.run(ResponseHeaders(fails, "a policy")(scope, receive, send))
    assert sent[0]["status"] == 500
    assert (b"content-security-policy", b"a policy") in sent[0]["headers"]
    assert json.loads(sent[1]["body"])["error"].split("id ")[1][:6] in caplog.text


def test_a_page_whose_socket_does_not_come_is_told_what_to_set(port):
    told = [
        asked(port, f"/live?origin={origin}", Host="localhost:1") for origin in ("http://localhost:1", "https://a.b")
    ]
    assert {answer.status for answer in told} == {426}
    fits, foreign = (json.loads(answer.body)["error"] for answer in told)
    assert "pass on Upgrade and Connection" in fits
    assert 'add "https://a.b" to server.corsAllowedOrigins' in foreign


def test_nothing_was_asked_outside(port, log):
    """After all that came above; where Streamlit's own check decides about such an Origin, it asks."""
    assert opened(port, "/_stcore/stream", Host=f"localhost:{port}", Origin="http://evil.example").status == 403
    assert opened(port, "/_stcore/stream", Host=f"localhost:{port}", Origin="https://proxy.example").status == 101
    assert ASKED not in log.read_text()


def test_where_packets_vanish_a_foreign_origin_holds_up_nobody():
    if not all(map(shutil.which, ("unshare", "ip"))):
        pytest.skip("network namespaces are not to be had here: there is no unshare or no ip")
    command = ["unshare", "-rn", sys.executable, "-m", "tests.live.vanished"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60)
    if "unshare failed" in done.stderr or "not permitted" in done.stderr:
        pytest.skip(f"network namespaces are not allowed here: {done.stderr.strip()[-200:]}")
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "foreign origin": 403,
        "allowed origin": 101,
        "beside it": 200,
        "own address": 101,
        "own address's page": 200,
        "[::1]": 101,
        "another name": 403,
    }, done.stderr[-2000:]


SCOPE = {"type": "http", "scheme": "http", "server": ("127.0.0.1", 1), "headers": [(b"host", b"localhost")]}
MALFORMED = [None, "", "x@localhost", "localhost/x", "[", "[::1", "127.0.0.1:x@y", "::", "local host", "localhost:x"]


@pytest.mark.parametrize("host", MALFORMED)
def test_a_malformed_host_is_refused(host):
    assert refused_host(host, SCOPE, ["*"])


def test_every_host_and_every_origin_can_be_allowed():
    assert not refused_host("any.example", SCOPE, ["*"])
    assert not refused_origin("http://any.example", SCOPE, Allowed(every_origin=True))
    assert not refused_host("[fd00::2]:80", SCOPE, ["[fd00::2]"])


def test_an_origin_is_its_scheme_its_name_and_its_port():
    assert parsed("https://A.example") == parsed("https://a.example:443") != parsed("http://a.example:443")
    assert {parsed(text) for text in ("null", "", "a.example", "http://", "http://a.example/x", "http://a:b")} == {None}


def test_a_sentence_on_a_long_host_is_short():
    assert len(refused_host("a" * 5000, SCOPE, ())) < 250
