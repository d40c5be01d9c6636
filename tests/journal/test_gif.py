"""Films of journals: as many frames as told, each another, legible from snapshots of any shape."""

import io

import numpy as np
import pytest
from PIL import Image, ImageSequence

from vae_explorer.journal import gif
from vae_explorer.journal.snapshots import Fixed, Snapshot

pytestmark = pytest.mark.thorough

CLASSES = {"a": "#3f90da", "b": "#bd1f01"}


def fixed(shape: tuple[int, int, int] = (1, 8, 8)) -> Fixed:
    originals = np.full((4, *shape), 200, np.uint8)
    return Fixed(np.arange(9), np.arange(9) % 2, originals, np.zeros((4, 2), np.float32), np.zeros(3, np.float32))


def snapshot(step: int, shape: tuple[int, int, int] = (1, 8, 8), plain: bool = False, xy=None) -> Snapshot:
    places = np.random.default_rng(step).normal(size=(9, 2)).astype(np.float32) if xy is None else xy
    pictures = np.full((4, *shape), step % 256, np.uint8)
    kl = None if plain else np.array([step / 10, 0.5], np.float32)
    rate = None if plain else 1.5
    walks = np.zeros((2, 3, *shape), np.uint8)
    return Snapshot(step, step / 10, 1.0, 1.0, 80.0, rate, kl, places, places, pictures, pictures, walks)


def opened(count: int, **kind) -> Image.Image:
    steps = [10 * i for i in range(count)]
    shape = kind.get("shape", (1, 8, 8))
    data = gif.film(fixed(shape), steps, lambda step: snapshot(step, **kind), CLASSES, 7)
    return Image.open(io.BytesIO(data))


def frames(film: Image.Image) -> int:
    return sum(1 for _ in ImageSequence.Iterator(film))


@pytest.mark.parametrize(("snapshots", "count"), [(1, 1), (3, 59), (61, 60)])
def test_a_film_has_at_most_sixty_frames_and_goes_from_the_first_to_the_last(snapshots, count):
    film = opened(snapshots)
    assert frames(film) == count
    assert film.size == (gif.WIDTH, gif.HEIGHT)


def test_the_last_frame_stays_longer_and_the_film_is_repeated():
    film = opened(3)
    assert (film.info["duration"], film.info["loop"]) == (gif.FRAME_MILLISECONDS, 0)
    film.seek(58)
    assert film.info["duration"] == gif.PAUSE_MILLISECONDS


@pytest.mark.parametrize("kind", [{"plain": True}, {"shape": (3, 64, 64)}, {"shape": (1, 200, 150)}])
def test_plain_autoencoders_and_large_images_have_films(kind):
    assert frames(opened(1, **kind)) == 1


def test_points_are_drawn_in_the_colours_of_their_classes_where_they_are():
    xy = np.array([[-1, 0]] + [[1, 0]] * 8, np.float32)
    picture = np.asarray(opened(1, xy=xy).convert("RGB")).astype(int)
    middle = gif.EDGE + gif.MAP // 2
    left, right = (gif.EDGE + round(gif.MAP * (1 + side / gif.MARGIN) / 2) for side in (-1, 1))
    blue, red = ([0x3F, 0x90, 0xDA], [0xBD, 0x1F, 0x01])
    assert np.abs(picture[middle, left] - blue).max() < 16
    assert min(np.abs(picture[middle, right] - colour).max() for colour in (blue, red)) < 16


def test_places_that_are_not_finite_are_left_out():
    xy = np.full((9, 2), np.nan, np.float32)
    assert frames(opened(1, xy=xy)) == 1
