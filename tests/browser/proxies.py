"""nginx in front of the app: the configurations of README, and others that lack something, each on its own port."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import missing
from tests.serving import ROOT, free_port

BLOCK = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
TEMPORARY = "".join(f"  {kind}_temp_path {kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
FRAME = "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n"
UPGRADE = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
HOST = "proxy_set_header Host $http_host;"


def readme_blocks() -> list[str]:
    """On a name of its own with TLS; below a path."""
    return BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))


def on_a_port(block: str, port: int, upstream: str) -> str:
    """A server of README that listens here, with a certificate of its own; a location gets a server around it."""
    block = block.replace("127.0.0.1:8501", upstream).replace("explorer.example", "localhost")
    block = re.sub(r"/etc/ssl/explorer\.(pem|key)", r"explorer.\1", block)
    if block.startswith("location"):
        return f"server {{ listen 127.0.0.1:{port}; {block} }}\n"
    return block.replace("listen 443", f"listen 127.0.0.1:{port}")


def plain(port: int, passed: str, *lines: str, below: str = "/") -> str:
    """A server without TLS that passes on what these lines say."""
    return (
        f"server {{ listen 127.0.0.1:{port}; location {below} {{ proxy_pass http://{passed}; {' '.join(lines)} }} }}\n"
    )


@contextmanager
def nginx(folder: Path, servers: Mapping[int, str]) -> Iterator[None]:
    """Runs until the end of the block, with all servers of one configuration."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin") or missing("nginx is not on this machine")
    openssl = shutil.which("openssl") or missing("openssl is not on this machine")
    signed = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    certificate = ["-keyout", str(folder / "explorer.key"), "-out", str(folder / "explorer.pem")]
    subprocess.run([*signed, *certificate], check=True, capture_output=True)
    (folder / "nginx.conf").write_text(f"{FRAME}{TEMPORARY}{''.join(servers.values())}}}\n", encoding="utf-8")
    process = subprocess.Popen([program, "-p", str(folder), "-c", "nginx.conf"])
    try:
        for port in servers:
            _until_open(port, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def ports(n: int) -> list[int]:
    found: set[int] = set()
    while len(found) < n:
        found.add(free_port())
    return sorted(found)


def _until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while True:
        assert process.poll() is None, "nginx ended"
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            assert time.monotonic() < end, "nginx does not listen"
            time.sleep(0.02)
