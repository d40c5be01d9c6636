"""The Dockerfile's steps in a clean folder: the app comes up as nobody's user, healthy, and writes its cache alone."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.dockerfile import Image, built
from tests.handshakes import asked
from tests.serving import ROOT, free_port, wait_until_served
from tests.snapshots import snapshot
from tests.streamlit_session import streamlit_session

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform != "linux", reason="the image is of Linux")]


class Container(NamedTuple):
    """An image that runs."""

    image: Image
    port: int


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """Where any user may look, as in an image; what pytest makes is its own user's."""
    with tempfile.TemporaryDirectory(prefix="image-") as place:
        Path(place).chmod(0o755)
        yield built(ROOT, Path(place))


def healthy(image: Image, port: int) -> bool:
    return image.started(image.health, STREAMLIT_SERVER_PORT=str(port)).wait(timeout=20) == 0


@pytest.fixture(scope="module")
def container(image) -> Iterator[Container]:
    port = free_port()
    assert not healthy(image, port)
    told = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_ALLOWED_HOSTS": "demo.example other.example"}
    process = image.started(image.command, **told)
    try:
        wait_until_served(f"http://localhost:{port}/_stcore/health", process)
        assert healthy(image, port)
        yield Container(image, port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_it_is_nobody_s_user_and_says_where_it_listens(image):
    assert all(part.isdigit() and int(part) for part in image.user.split(":"))
    assert image.ports == [image.variables["STREAMLIT_SERVER_PORT"]]
    assert "/_stcore/health'" in image.health[-1]
    assert image.volumes == [Path(image.variables["VAE_EXPLORER_CACHE"])]


def test_pages_open_and_nothing_but_the_cache_is_written(container):
    image = container.image
    (cache,) = image.volumes
    before = snapshot(image.root)
    with streamlit_session(container.port) as session:
        for page in ("explore", "train", "library", "unit"):
            shown = session.run(page)
            texts = " ".join(delta.new_element.markdown.body for delta in shown)
            assert not any(delta.new_element.HasField("exception") for delta in shown)
            assert ("nats per image" in texts) == (page in ("explore", "unit"))
            assert ("This app is read-only" in texts) == (page in ("train", "library"))
    after = snapshot(image.root)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert all(Path(path).is_relative_to(cache) for path in changed)
    assert {path.name for path in cache.iterdir()} == {"cards"}


def test_it_serves_the_names_that_it_is_given(container):
    """From another machine it is asked for, on any interface, by names of its host, which it cannot know."""
    names = {"localhost": 200, "demo.example": 200, "other.example": 200, "192.0.2.1": 403}
    told = {name: asked(container.port, "/", host="127.0.0.2", Host=f"{name}:8501").status for name in names}
    assert told == names
