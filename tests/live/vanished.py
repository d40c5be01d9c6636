"""python -m tests.live.vanished, in a network namespace of its own: the app where packets to outside vanish.

Ends with the status of each answer, as JSON.
"""

import json
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from tests.handshakes import asked, opened
from tests.serving import served

OWN, GATEWAY = "10.77.0.1", "10.77.0.2"
SET_UP = (
    "link set lo up",
    "link add here type veth peer name there",
    f"addr add {OWN}/24 dev here",
    "link set here up",
    "link set there up",
    f"neigh add {GATEWAY} lladdr 02:00:00:00:00:01 dev here",
    f"route add default via {GATEWAY}",
)
OPTIONS = ("--server.address", "::", "--server.corsAllowedOrigins", "https://proxy.example")


def answers(port: int) -> dict[str, int]:
    socket, host = "/_stcore/stream", f"localhost:{port}"
    return {
        "foreign origin": opened(port, socket, Host=host, Origin="http://evil.example").status,
        "allowed origin": opened(port, socket, Host=host, Origin="https://proxy.example").status,
        "beside it": asked(port, "/_stcore/health").status,
        "own address": opened(port, socket, host=OWN, Origin=f"http://{OWN}:{port}").status,
        "own address's page": asked(port, "/", host=OWN).status,
        "[::1]": opened(port, socket, host="::1", Origin=f"http://[::1]:{port}").status,
        "another name": opened(port, socket, host=OWN, Host="10.77.0.9").status,
    }


if __name__ == "__main__":
    for words in SET_UP:
        subprocess.run(["ip", *words.split()], check=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "log", {}, *OPTIONS) as app:
        print(json.dumps(answers(urlsplit(app.url).port or 0)))
