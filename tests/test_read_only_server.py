"""A read-only server asked by its sockets for what its pages do not offer: refused there too, and nothing written."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

from tests.handshakes import asked, put_file
from tests.jobs.conftest import end_all, over, recorded, until
from tests.serving import ROOT, served
from tests.snapshots import snapshot
from tests.streamlit_session import streamlit_session
from vae_explorer.errors import ReadOnly
from vae_explorer.jobs import desk, lives, records
from vae_explorer.live.protocol import FORMS
from vae_explorer.live.routes import READS
from vae_explorer.read_only import VARIABLE
from vae_explorer.ui.words import literal

pytestmark = pytest.mark.process
OVER, HALTED, ASKED = "over", "halted", "asked-for"
FIELDS = {"dataset": "digits", "preset": "mlp-small-z2", "name": ASKED, "epochs": 100_000}
QUERY = urlencode({"form": json.dumps(FIELDS), "run": OVER})
OFFERED = {"train": {"Start", "Resume", "More"}, "library": {"Drop pictures or weights"}}
"""What a page that may write offers, of what a read-only one does not."""


class Places(NamedTuple):
    """Where the servers' runs, data and cache lie, and what their pages offer, by page and label."""

    root: Path
    variables: dict[str, str]
    widgets: dict[str, dict[str, WidgetState]]


@pytest.fixture(scope="module")
def places(tmp_path_factory, digits) -> Iterator[Places]:
    """With a run that is over and one that was stopped, and the ids of all buttons of a server that may write.

    The same server is asked for the same, so that this is known to be how one asks.
    """
    root = tmp_path_factory.mktemp("places")
    variables = {f"VAE_EXPLORER_{name.upper()}": str(root / name) for name in ("runs", "data", "cache")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        over(OVER, digits, 2)
        recorded(HALTED, wanted=False)
        (root / "data").mkdir()
        with served(root / "log", variables) as app, streamlit_session(port_of(app.url)) as session:
            widgets = {page: offered(session.run(page, query=QUERY)) for page in ("train", "library")}
            session.run("train", widgets["train"]["Start"], query=QUERY)
        until(lambda: lives.read(records.job_folder(ASKED)).pid)
        end_all(records.job_folder(ASKED))
        until(lambda: lives.free(records.job_folder(ASKED)))
        desk.stop(ASKED)
        yield Places(root, variables, widgets)


@pytest.fixture(scope="module")
def server(places) -> Iterator[int]:
    """The port of one that may not, over the same folders."""
    with served(places.root / "log", {**places.variables, VARIABLE: "1"}) as app:
        yield port_of(app.url)


@pytest.fixture(autouse=True)
def untouched(places, server) -> Iterator[None]:
    """Whatever a test asks for: nothing but the cache and the log is another, and nobody trains."""
    kept = places.root / "runs", places.root / "data", ROOT / "pretrained"
    before = snapshot(*kept)
    yield
    assert snapshot(*kept) == before
    assert {path.name for path in places.root.iterdir()} <= {"runs", "data", "cache", "log"}
    children = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True, check=True).stdout
    assert str(places.root) not in children


def port_of(url: str) -> int:
    return urlsplit(url).port or 0


def offered(shown: Sequence[Delta]) -> dict[str, WidgetState]:
    """What presses a button or opens what a page has, by its label."""
    parts = [delta.new_element if delta.HasField("new_element") else delta.add_block for delta in shown]
    found = [getattr(part, str(part.WhichOneof("type")), None) for part in parts]
    return {label(one): WidgetState(id=one.id, trigger_value=True) for one in found if one and label(one)}


def label(one: object) -> str:
    return getattr(one, "label", "") if getattr(one, "id", "") else ""


def told(shown: Sequence[Delta]) -> str:
    return " ".join(delta.new_element.markdown.body for delta in shown)


@pytest.mark.parametrize("page", OFFERED)
def test_a_page_says_once_that_it_is_read_only_and_offers_nothing_of_the_kind(places, server, page):
    assert places.widgets[page].keys() >= OFFERED[page]
    with streamlit_session(server) as session:
        shown = session.run(page, query=QUERY)
    assert told(shown).count("This app is read-only") == 1
    assert not offered(shown).keys() & OFFERED[page]


def test_a_page_that_lacks_little_says_nothing_of_it(server):
    with streamlit_session(server) as session:
        for page in ("explore", "unit"):
            assert "read-only" not in told(session.run(page))


@pytest.mark.parametrize("page", OFFERED)
@pytest.mark.parametrize("former", [(), ("xsrf", "a-lost-session")], ids=["new", "lost"])
def test_a_button_that_is_not_there_cannot_be_pressed(places, server, page, former):
    with streamlit_session(server, *former) as session:
        session.run(page, query=QUERY)
        pressed = [session.run(page, widget, query=QUERY) for widget in places.widgets[page].values()]
    assert pressed
    assert not any(offered(shown).keys() & OFFERED[page] for shown in pressed), (
        "and that nothing came of it: `untouched`"
    )


def test_a_page_that_offered_everything_would_be_refused(places):
    """Not the pages hold it: what they call does."""
    app = served(places.root / "log", {**places.variables, VARIABLE: "1"}, module="tests.unhidden")
    with app as unhidden, streamlit_session(port_of(unhidden.url)) as session:
        widgets = offered(session.run("train", query=QUERY))
        assert widgets.keys() >= OFFERED["train"]
        started = session.run("train", widgets["Start"], query=QUERY)
        assert literal(str(ReadOnly())) in [delta.new_element.alert.body for delta in started]
        for widget in widgets.values():
            session.run("train", widget, query=QUERY)


def test_a_file_is_refused_with_the_sentence(server):
    with streamlit_session(server) as session:
        session.run("library")
        for sender in (session.id, "nobody"):
            refused = put_file(server, sender)
            assert (refused.status, json.loads(refused.body)) == (403, {"error": str(ReadOnly())})


WANTED = {"train": {"dataset": "digits"}, "delete": OVER, "rename": [OVER, "other"], "note": "x", "start": True}


def test_the_live_socket_draws_and_does_nothing_else(server):
    values = {"id": 1, "model": OVER, "z": [[0.0, 0.0]], "xy": [[0.0, 0.0]], "images": [0], "projection": "pca"}
    forms = [{name: values[name] for name in needed} for needed, _ in FORMS]
    unknown = [{"id": 2, name: what} for name, what in WANTED.items()]
    with connect(f"ws://localhost:{server}/live") as client:
        for asked_for in (*forms, *({**form, **WANTED} for form in forms), *unknown):
            client.send(json.dumps(asked_for))
            assert client.recv(timeout=30)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_route_takes_another_method_than_get(server, method):
    names = {"id": OVER, "name": OVER, "column": "mu-0", "index": "0", "block": "0", "split": "test", "step": "0"}
    names |= {"map": "plane", "version": "0", "path:path": "page.js", "rest:path": "x"}
    paths = [route.replace("{", "{0[").replace("}", "]}").format(names) for route in READS]
    assert {asked(server, path, method).status for path in (*paths, "/live", "/train")} <= {404, 405}
