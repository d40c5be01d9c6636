"""The journal of a run over a real server: an index, the fixed images, each snapshot, and the film."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from tests.journal.test_gif import frames
from tests.live.test_routes import get, unpack
from tests.shapes import shape_of, shapes
from vae_explorer.jobs import desk, records
from vae_explorer.journal import snapshots
from vae_explorer.journal.snapshots import Fixed, Snapshot
from vae_explorer.run_settings import RunSettings

pytestmark = pytest.mark.thorough

N, NAME = 12, "watched"
SHAPES = shapes("journal/messages.d.ts")


def snapshot(step: int, **changes) -> Snapshot:
    rng = np.random.default_rng(step)
    xy = rng.normal(size=(N, 2)).astype(np.float32)
    pictures = rng.integers(0, 256, (4, 1, 8, 8), dtype=np.uint8)
    walks = rng.integers(0, 256, (2, 3, 1, 8, 8), dtype=np.uint8)
    kl = np.array([1.25, 0.0], np.float32)
    return Snapshot(step, step / 10, 0.5, 2.0, 80.0, 1.25, kl, xy, xy, pictures, pictures, walks)._replace(**changes)


@pytest.fixture
def journal(server, tmp_path, monkeypatch):
    """The journal of a run that waits for ever."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr(desk, "pump", lambda: 0)
    desk.start(RunSettings("mlp-small-z2", "digits", {"epochs": 9}), NAME)
    return records.journal(NAME)


@pytest.fixture
def filled(journal):
    originals = np.random.default_rng(0).integers(0, 256, (4, 1, 8, 8), dtype=np.uint8)
    values = np.array([-2.5, 0, 2.5], np.float32)
    label = np.arange(N) % 10
    snapshots.write_fixed(journal, Fixed(np.arange(N), label, originals, np.zeros((4, 2), np.float32), values))
    for step in (0, 10, 25):
        snapshots.write(journal, snapshot(step))
    return journal


def index(server):
    status, headers, body = get(server, f"/api/runs/{NAME}/journal")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "application/json", "no-cache")
    return json.loads(body)


def test_a_run_without_a_journal_yet_has_an_empty_index(server, journal):
    assert index(server) == {"at_work": True, "epochs": 9, "fixed": None, "snapshots": []}


def test_the_index_lists_what_there_is(server, filled):
    found = index(server)
    assert shape_of(found) == SHAPES["JournalIndex"]
    assert shape_of(*found["snapshots"]) == SHAPES["Entry"]
    assert (found["at_work"], found["epochs"]) == (True, 9)
    assert [(one["step"], one["epoch"], one["beta"]) for one in found["snapshots"]] == [
        (0, 0, 2),
        (10, 1, 2),
        (25, 2.5, 2),
    ]
    xy = snapshot(10).xy
    np.testing.assert_allclose(found["snapshots"][1]["bounds"], np.array([xy.min(0), xy.max(0)]).T.ravel(), rtol=1e-6)
    desk.stop(NAME)
    assert index(server)["at_work"] is False


def test_an_index_that_has_not_changed_is_not_sent_again(server, filled):
    _, headers, _ = get(server, f"/api/runs/{NAME}/journal")
    assert get(server, f"/api/runs/{NAME}/journal", If_None_Match=headers["ETag"])[0] == 304
    snapshots.write(filled, snapshot(30))
    assert get(server, f"/api/runs/{NAME}/journal", If_None_Match=headers["ETag"])[0] == 200


def test_a_snapshot_is_a_frame_that_may_be_kept_for_as_long_as_it_stays(server, filled):
    stamp = index(server)["snapshots"][1]["stamp"]
    status, headers, message = get(server, f"/api/runs/{NAME}/snapshots/10?v={stamp}")
    header, body = unpack(message)
    written = snapshot(10)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    assert header == {
        "step": 10, "epoch": 1.0, "seconds": 0.5, "beta": 2.0, "nll": 80.0, "rate": 1.25, "kl": [1.25, 0.0],
        "n": N, "m": 4, "k": 4, "units": 2, "values": 3, "c": 1, "h": 8, "w": 8,
    }  # fmt: skip
    assert shape_of(header) == SHAPES["SnapshotHeader"]
    pictures = (written.reconstructions, written.samples, written.walks)
    assert body == written.xy.astype("<f4").tobytes() + b"".join(part.tobytes() for part in pictures)
    assert get(server, f"/api/runs/{NAME}/snapshots/10?v=1")[1]["Cache-Control"] == "no-cache"
    snapshots.write(filled, snapshot(10, nll=70.0))
    assert unpack(get(server, f"/api/runs/{NAME}/snapshots/10?v={stamp}")[2])[0]["nll"] == 70.0


def test_the_fixed_images(server, filled):
    stamp = index(server)["fixed"]
    status, headers, message = get(server, f"/api/runs/{NAME}/fixed?v={stamp}")
    header, body = unpack(message)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    assert header == {"n": N, "m": 4, "c": 1, "h": 8, "w": 8, "values": [-2.5, 0.0, 2.5]}
    assert shape_of(header) == SHAPES["FixedHeader"]
    assert list(body[:N]) == [i % 10 for i in range(N)]
    assert body[N:] == snapshots.read_fixed(filled).originals.tobytes()


def test_what_is_not_finite_or_not_measured_is_null(server, filled):
    xy = np.full((N, 2), np.nan, np.float32)
    snapshots.write(filled, snapshot(40, nll=float("nan"), rate=None, kl=None, xy=xy))
    assert index(server)["snapshots"][3]["bounds"] is None
    header, _ = unpack(get(server, f"/api/runs/{NAME}/snapshots/40")[2])
    assert (header["nll"], header["rate"], header["kl"]) == (None, None, None)


WRONG = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:200]),
    "no archive": lambda path: path.write_bytes(b"no archive"),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", WRONG.values(), ids=WRONG)
def test_a_damaged_snapshot_hides_no_other(server, filled, damage):
    damage(filled / "snapshots" / "000000010.npz")
    assert [one["step"] for one in index(server)["snapshots"]] == [0, 25]
    status, _, body = get(server, f"/api/runs/{NAME}/snapshots/10")
    assert (status, json.loads(body)["error"].count(".") >= 1) == (404, True)


MISFITS = {
    "three axes": {"xy": np.zeros((N, 3), np.float32)},
    "floats for pictures": {"samples": np.zeros((4, 1, 8, 8))},
    "pictures of another size": {"reconstructions": np.zeros((4, 1, 9, 8), np.uint8)},
    "walks without units": {"walks": np.zeros((3, 1, 8, 8), np.uint8)},
}


@pytest.mark.parametrize("changes", MISFITS.values(), ids=MISFITS)
def test_a_snapshot_that_does_not_fit_together_is_damaged(server, filled, changes):
    snapshots.write(filled, snapshot(10, **changes))
    status, _, body = get(server, f"/api/runs/{NAME}/snapshots/10")
    assert status == 404
    assert "damaged" in json.loads(body)["error"]
    assert [one["step"] for one in index(server)["snapshots"]] == [0, 25]


MISSING = [
    "/api/runs/nope/journal",
    "/api/runs/..%2F..%2Fetc/journal",
    "/api/runs/.jobs/journal",
    f"/api/runs/{'x' * 100}/fixed",
    "/api/runs/nope/film.gif",
    f"/api/runs/{NAME}/snapshots/11",
    f"/api/runs/{NAME}/snapshots/-1",
    f"/api/runs/{NAME}/snapshots/1e1",
    f"/api/runs/{NAME}/snapshots/9999999999",
    f"/api/runs/{NAME}/snapshots/..%2Ffixed",
]


@pytest.mark.parametrize("path", MISSING)
def test_what_there_is_not_is_one_sentence(server, filled, path):
    status, headers, body = get(server, path)
    assert (status, headers["Cache-Control"]) == (404, "no-store")
    assert json.loads(body)["error"].endswith(".")


def test_the_film_is_a_gif_and_is_made_anew_when_there_is_more(server, filled):
    status, headers, body = get(server, f"/api/runs/{NAME}/film.gif")
    assert (status, headers["Content-Type"]) == (200, "image/gif")
    assert frames(Image.open(io.BytesIO(body))) == 59
    assert get(server, f"/api/runs/{NAME}/film.gif", If_None_Match=headers["ETag"])[0] == 304
    snapshots.write(filled, snapshot(30))
    assert get(server, f"/api/runs/{NAME}/film.gif", If_None_Match=headers["ETag"])[0] == 200


def test_without_a_snapshot_there_is_no_film(server, journal):
    status, _, body = get(server, f"/api/runs/{NAME}/film.gif")
    assert (status, json.loads(body)["error"]) == (
        404,
        f"There is no snapshot of {NAME} yet; ask again when there is one.",
    )
