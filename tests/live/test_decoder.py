import asyncio
import threading

import numpy as np
import pytest
import torch

from vae_explorer import coding
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import BadRequest, CheckpointError, ExplorerError
from vae_explorer.live import batch
from vae_explorer.live.decoder import SLICE, Decoder
from vae_explorer.live.incidents import Incident
from vae_explorer.live.limits import Room, Share


def codes(n, width=2, value=0.0):
    return np.full((n, width), value, np.float32)


class Recorder:
    """Stands for the model: notes each batch, and can be held at the door."""

    def __init__(self):
        self.batches, self.classes = [], []
        self.open = threading.Event()
        self.open.set()

    def __call__(self, model, z, y=None):
        self.open.wait(10)
        self.batches.append((model, z[:, 0].tolist()))
        self.classes.append(None if y is None else y.tolist())
        if y is not None and y.max() > 9:
            raise BadRequest("There is no such class.")
        if model == "bad":
            raise ValueError("boom")
        if model == "unknown":
            raise BadRequest("There is no such model.")
        return np.repeat(z[:, :1, None, None].astype(np.uint8), 4, axis=2)


async def hold(decoder, recorder):
    """Shut the door behind one request that keeps the worker busy, so that what follows waits together."""
    recorder.open.clear()
    first = asyncio.create_task(decoder.decode("m", codes(1)))
    await asyncio.sleep(0.05)
    return first


def test_a_grid_is_decoded_in_slices_and_comes_back_whole():
    recorder = Recorder()
    z = codes(200)
    z[:, 0] = np.arange(200)
    images = asyncio.run(Decoder(recorder).decode("m", z))
    assert images[:, 0, 0, 0].tolist() == list(range(200))
    assert max(len(batch) for _, batch in recorder.batches) == SLICE


def test_what_waits_together_is_one_batch_a_model():
    async def run():
        recorder = Recorder()
        decoder = Decoder(recorder)
        first = await hold(decoder, recorder)
        tasks = [asyncio.create_task(decoder.decode(model, codes(1, value=k))) for model in "mn" for k in range(5)]
        await asyncio.sleep(0.05)
        recorder.open.set()
        replies = await asyncio.gather(first, *tasks)
        assert [int(r[0, 0, 0, 0]) for r in replies[1:]] == [0, 1, 2, 3, 4] * 2
        assert recorder.batches[1:] == [("m", [0, 1, 2, 3, 4]), ("n", [0, 1, 2, 3, 4])]

    asyncio.run(run())


def test_what_is_to_be_encoded_never_joins_what_is_to_be_decoded():
    async def run():
        recorder, encoded = Recorder(), []

        def encode(model, images, y=None):
            encoded.append((model, images.shape))
            return images[:, :, 0] + 1

        decoder = Decoder(recorder, encode)
        first = await hold(decoder, recorder)
        tasks = [asyncio.create_task(decoder.decode("m", codes(1, 2, k))) for k in range(3)]
        tasks += [asyncio.create_task(decoder.encode("m", codes(2, 2, k)[:, :, None])) for k in range(3)]
        await asyncio.sleep(0.05)
        recorder.open.set()
        _, *replies = await asyncio.gather(first, *tasks)
        assert [reply.ravel()[0] for reply in replies] == [0, 1, 2, 1, 2, 3]
        assert recorder.batches[1:] == [("m", [0, 1, 2])]
        assert encoded == [("m", (6, 2, 1))]

    asyncio.run(run())


def test_classes_go_with_their_codes_and_one_model_is_still_one_batch():
    async def run():
        recorder = Recorder()
        decoder = Decoder(recorder)
        first = await hold(decoder, recorder)
        asked = [(codes(2, value=k), np.array([k, k + 1])) for k in range(4)]
        tasks = [asyncio.create_task(decoder.decode("m", z, y)) for z, y in asked]
        tasks += [asyncio.create_task(decoder.decode("m", codes(1, value=9)))]
        await asyncio.sleep(0.05)
        recorder.open.set()
        await asyncio.gather(first, *tasks)
        assert sorted(recorder.batches[1:]) == [("m", [0, 0, 1, 1, 2, 2, 3, 3]), ("m", [9])]
        assert [0, 1, 1, 2, 2, 3, 3, 4] in recorder.classes
        assert recorder.classes.count(None) == 2

    asyncio.run(run())


def test_a_long_request_s_classes_are_sliced_with_it():
    recorder = Recorder()
    y = np.arange(2 * SLICE + 5) % 10
    asyncio.run(Decoder(recorder).decode("m", codes(len(y)), y))
    assert [id for part in recorder.classes for id in part] == y.tolist()


def test_a_bad_class_fails_alone_in_a_batch_with_others():
    async def run():
        recorder = Recorder()
        decoder = Decoder(recorder)
        first = await hold(decoder, recorder)
        asked = [(codes(1, value=k), np.array([y])) for k, y in enumerate((1, 99, 3))]
        tasks = [asyncio.create_task(decoder.decode("m", z, y)) for z, y in asked]
        await asyncio.sleep(0.05)
        recorder.open.set()
        outcomes = await asyncio.gather(first, *tasks, return_exceptions=True)
        assert [type(one) for one in outcomes] == [np.ndarray, np.ndarray, BadRequest, np.ndarray]
        assert recorder.batches[1:] == [("m", [0, 1, 2]), ("m", [0]), ("m", [1]), ("m", [2])]

    asyncio.run(run())


def test_a_small_request_overtakes_a_grid_and_the_grid_still_advances():
    async def run():
        recorder, order = Recorder(), []
        decoder = Decoder(recorder)
        first = await hold(decoder, recorder)

        async def ask(name, model, n):
            await decoder.decode(model, codes(n, value=n % 250))
            order.append(name)

        tasks = [asyncio.create_task(ask("grid", "m", 10 * SLICE))]
        await asyncio.sleep(0.01)
        tasks += [asyncio.create_task(ask("small", "n", 1)) for _ in range(3)]
        tasks += [asyncio.create_task(ask("strip", "o", SLICE)) for _ in range(3)]
        await asyncio.sleep(0.05)
        recorder.open.set()
        await asyncio.gather(first, *tasks)
        assert order == [*["small"] * 3, *["strip"] * 3, "grid"]
        assert [model for model, _ in recorder.batches[1:5]].count("m") == 2

    asyncio.run(run())


def test_an_error_stays_in_its_batch():
    async def run():
        decoder = Decoder(Recorder())
        outcomes = await asyncio.gather(
            *(decoder.decode(model, codes(2)) for model in ("m", "bad", "unknown", "m")), return_exceptions=True
        )
        assert [type(o) for o in outcomes] == [np.ndarray, Incident, BadRequest, np.ndarray]
        assert str(outcomes[2]) == "There is no such model."

    asyncio.run(run())


def test_an_incident_is_logged_under_the_id_that_is_shown(caplog):
    with pytest.raises(Incident, match=r"^Something went wrong here \(id [0-9a-f]{6}\); ") as shown:
        asyncio.run(Decoder(Recorder()).decode("bad", codes(1)))
    id = str(shown.value).split("id ")[1][:6]
    assert f"Incident {id} in a batch of 'bad'" in caplog.text
    assert "ValueError: boom" in caplog.text


def test_the_worker_outlives_a_reply_of_the_wrong_shape():
    async def run():
        decoder = Decoder(lambda model, z, y: np.zeros(() if model == "odd" else (len(z), 1, 2, 2), np.uint8))
        odd = asyncio.create_task(decoder.decode("odd", codes(1)))
        with pytest.raises(Incident):
            await asyncio.wait_for(odd, 5)
        assert (await decoder.decode("m", codes(3))).shape == (3, 1, 2, 2)

    asyncio.run(run())


def test_cancelled_work_is_not_done():
    async def run():
        recorder = Recorder()
        decoder = Decoder(recorder)
        first = await hold(decoder, recorder)
        grids = [asyncio.create_task(decoder.decode("gone", codes(1024))) for _ in range(5)]
        stays = asyncio.create_task(decoder.decode("stays", codes(3)))
        await asyncio.sleep(0.05)
        for grid in grids:
            grid.cancel()
        await asyncio.gather(*grids, return_exceptions=True)
        recorder.open.set()
        await asyncio.gather(first, stays)
        assert {model for model, _ in recorder.batches} == {"m", "stays"}

    asyncio.run(run())


def test_codes_of_another_width_fail_alone(runs, expected):
    async def run():
        decoder = Decoder()
        zs = [codes(1, 2), codes(1, 3), codes(2, 2)]
        good, bad, more = await asyncio.gather(*(decoder.decode("tiny-z2", z) for z in zs), return_exceptions=True)
        assert str(bad) == "tiny-z2 has 2 latent units; a code of 3 numbers came."
        assert isinstance(bad, ExplorerError)
        np.testing.assert_array_equal(good, expected("tiny-z2", zs[0]))
        np.testing.assert_array_equal(more, expected("tiny-z2", zs[2]))

    asyncio.run(run())


def test_only_a_conditional_model_takes_a_class_and_only_one_of_its_own(runs):
    z = codes(2, value=1)
    as_three = batch.pictures("tiny-cvae", z, np.array([3, 3]))
    assert np.array_equal(as_three[0], as_three[1])
    assert not np.array_equal(as_three, batch.pictures("tiny-cvae", z, np.array([5, 5])))
    for y in (None, np.array([0, 10])):
        with pytest.raises(BadRequest, match="tiny-cvae decodes a class: y must hold ids from 0 to 9"):
            batch.pictures("tiny-cvae", z, y)
    with pytest.raises(BadRequest, match="tiny-z2 takes no class"):
        batch.pictures("tiny-z2", z, np.array([0, 0]))


@pytest.mark.parametrize(("model", "width"), [("tiny-z2", 2), ("tiny-conv", 10)])
def test_pictures_are_those_of_the_core(runs, expected, model, width):
    z = np.random.default_rng(0).normal(size=(100, width)).astype(np.float32)
    whole = asyncio.run(Decoder().decode(model, z))
    assert np.abs(whole.astype(int) - expected(model, z)).max() <= 1
    alone = batch.pictures(model, z[:1])
    np.testing.assert_array_equal(alone, expected(model, z[:1]))


def test_pictures_are_encoded_as_the_core_encodes_them(runs):
    images = np.random.default_rng(0).integers(0, 256, (40, 1, 28, 28), dtype=np.uint8)
    restored = catalogue.MODELS.get(catalogue.find("tiny-conv"))
    found = asyncio.run(Decoder().encode("tiny-conv", images))
    np.testing.assert_allclose(found, coding.encode(restored, images / 255), atol=1e-5)


def test_a_mu_that_is_not_finite_is_one_sentence(runs, monkeypatch):
    monkeypatch.setattr(coding, "encode", lambda model, images, y: np.full((len(images), 2), np.nan))
    with pytest.raises(CheckpointError, match="tiny-z2 encodes one of these pictures as numbers that are not finite"):
        asyncio.run(Decoder().encode("tiny-z2", np.zeros((1, 1, 28, 28), np.uint8)))


def test_every_thread_decodes_on_one_thread(runs):
    batch.pictures("tiny-z2", codes(1))
    counts = []

    def count(model, z, y):
        images = batch.pictures(model, z, y)
        counts.append(torch.get_num_threads())
        return images

    asyncio.run(Decoder(count).decode("tiny-z2", codes(1)))
    assert counts == [1]


def taken(share: Share, images: int) -> int:
    """How many requests of so many images it may hold, until it is told to wait."""
    for count in range(10_000):
        try:
            share.take(images)
        except BadRequest:
            return count
    raise AssertionError


@pytest.mark.parametrize("images", [1, 100, 1024])
def test_however_many_hold_all_they_may_there_is_room_for_the_next(images):
    room = Room(4096, 65_536)
    greedy = [Share(room) for _ in range(100)]
    counts = [taken(share, images) for share in greedy]
    assert counts[0] == min(64, 16_384 // images)
    next_one = taken(Share(room), 32)
    assert next_one >= Share.FEW_REQUESTS
    beside = 101 * Share.FEW_REQUESTS, 101 * Share.FEW_IMAGES
    assert (room.requests, room.images) <= (4096 + beside[0], 65_536 + beside[1])
    for share, count in zip(greedy, counts, strict=True):
        for _ in range(count):
            share.give(images)
    assert (room.requests, room.images) == (next_one, 32 * next_one)
