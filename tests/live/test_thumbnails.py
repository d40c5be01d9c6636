"""Sprite sheets: every image where the header says, and stand-ins where the data set is away."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from tests.kinds import Kind, made_up_latents, save_kind
from tests.live.test_routes import get, unpack
from vae_explorer import coding, datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import DataUnavailable
from vae_explorer.live import batch, thumbnails


@pytest.fixture(autouse=True)
def fresh():
    """The folder of checkpoints is another in each of these tests, their content is not."""
    for cache in (thumbnails._sheet, batch._found):
        cache.cache_clear()
    yield
    for cache in (thumbnails._sheet, batch._found):
        cache.cache_clear()


def sheet(server, model, block=0):
    """The header, and the pictures [n, H, W, C] cut out of the sheet as a browser does."""
    status, headers, body = get(server, f"/api/checkpoints/{model}/thumbnails/{block}")
    assert (status, headers["Content-Type"]) == (200, "application/octet-stream")
    return cut(body)


def cut(body: bytes):
    header, encoded = unpack(body)
    picture = np.asarray(Image.open(io.BytesIO(encoded)))
    picture = picture[..., None] if picture.ndim == 2 else picture
    h, w, columns = header["h"], header["w"], header["columns"]
    places = [(k // columns * h, k % columns * w) for k in range(header["n"])]
    return header, np.stack([picture[top : top + h, left : left + w] for top, left in places])


def test_originals_lie_where_the_header_says(server):
    header, pictures = sheet(server, "tiny-z2")
    assert header == {"n": 300, "first": 0, "columns": 18, "h": 28, "w": 28, "stand_in": False}
    assert np.array_equal(pictures[..., 0], datasets.load("digits", "test").images[:300][:, 0])


def test_blocks_follow_each_other(server):
    checkpoint, root = catalogue.find("tiny-z2"), datasets.data_root()
    found = [cut(thumbnails._sheet(checkpoint, block, root, most=128)) for block in range(3)]
    assert [(header["first"], header["n"]) for header, _ in found] == [(0, 128), (128, 128), (256, 44)]
    shown = np.concatenate([pictures[..., 0] for _, pictures in found])
    assert np.array_equal(shown, datasets.load("digits", "test").images[:300][:, 0])
    assert get(server, "/api/checkpoints/tiny-z2/thumbnails/1")[0] == 404


@pytest.fixture
def away(monkeypatch):
    """The data set is not on this machine."""
    row = replace(datasets.DATASETS["digits"], available=lambda root: False)
    return lambda: monkeypatch.setitem(datasets.DATASETS, "digits", row)


def test_reconstructions_stand_in_and_the_address_tells_the_difference(server, away):
    path = f"/api/checkpoints/digits-mlp-z2/thumbnails/0?v={catalogue.find('digits-mlp-z2').version}"
    _, first, _ = get(server, path)
    away()
    status, second, _ = get(server, path, If_None_Match=first["ETag"])
    assert (status, second["Cache-Control"]) == (200, "no-cache")
    header, pictures = sheet(server, "digits-mlp-z2")
    checkpoint = catalogue.find("digits-mlp-z2")
    decoded = coding.decode(catalogue.MODELS.get(checkpoint), catalogue.LATENTS.get(checkpoint).mu)[:, 0] * 255
    assert (header["n"], header["stand_in"]) == (360, True)
    assert np.abs(pictures[..., 0] - decoded).mean() < 4
    assert np.abs(pictures[..., 0] - np.roll(decoded, 1, axis=0)).mean() > 20


def test_reconstructions_stand_in_for_a_data_set_that_turns_out_to_be_damaged(server, monkeypatch):
    def load(*arguments):
        raise DataUnavailable("The data set is damaged.")

    monkeypatch.setattr(thumbnails.originals, "image_set", load)
    header, _ = sheet(server, "tiny-z2")
    assert (header["n"], header["stand_in"]) == (300, True)
    monkeypatch.undo()
    assert not sheet(server, "tiny-z2")[0]["stand_in"]


def test_a_conditional_model_decodes_each_image_as_its_own_class(runs, monkeypatch):
    asked, decode = [], batch.pictures
    monkeypatch.setattr(batch, "pictures", lambda model, z, y: asked.append(y) or decode(model, z, y))
    checkpoint = catalogue.find("tiny-cvae")
    label = catalogue.LATENTS.get(checkpoint).label
    thumbnails._reconstructions(checkpoint, np.arange(len(label)), at_once=16)
    assert len(asked) > 1
    assert np.concatenate(asked).tolist() == label.tolist()


def test_images_of_another_size_are_colour_reconstructions(server, runs):
    save_kind(runs / "colour", Kind(image_shape=(3, 64, 64)))
    save_kind(runs / "large", Kind(image_shape=(1, 128, 96)))
    header, pictures = sheet(server, "colour")
    assert (header["stand_in"], header["h"], header["w"], pictures.shape[3]) == (True, 64, 64, 3)
    header, pictures = sheet(server, "large")
    checkpoint = catalogue.find("large")
    decoded = coding.decode(catalogue.MODELS.get(checkpoint), catalogue.LATENTS.get(checkpoint).mu)
    halves = decoded[:, 0].reshape(-1, 64, 2, 48, 2).mean(axis=(2, 4))
    assert (header["h"], header["w"]) == (64, 48)
    assert np.abs(pictures[..., 0] / 255 - halves).mean() < 4 / 255


def test_more_latents_than_images_are_decoded(server, runs):
    latents = made_up_latents(Kind(), 3)
    many = latents._replace(
        **{name: np.concatenate([getattr(latents, name)] * 10) for name in ("mu", "logvar", "label", "nll", "rate")}
    )
    save_kind(runs / "many", Kind(), latents=many)
    header, _ = sheet(server, "many")
    assert (header["n"], header["stand_in"]) == (400, True)
