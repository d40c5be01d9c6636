"""Places of a map over a real server: what is decoded there, where it lies, and how far from the data."""

import json

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from tests.live.test_socket import GOOD, ask, pictures
from vae_explorer import coding
from vae_explorer.checkpoints import catalogue

XY = [[0.5, -0.25], [3, 2], [-40, 1000]]
EMPTY = "0" * 32


@pytest.fixture
def client(server, maps):
    with server.connect() as client:
        yield client


def chart(model, projection):
    return catalogue.chart(catalogue.find(model), projection)


def encoded(model, images, y=None):
    restored = catalogue.MODELS.get(catalogue.find(model))
    return coding.encode(restored, images / np.float32(255), y)


def asked(client, model, projection, **fields):
    header, body = ask(client, {"id": 5, "model": model, "projection": projection} | fields)
    assert "error" not in header, header
    return header, pictures(header, body)


@pytest.mark.parametrize("fitted", [True, False])
@pytest.mark.parametrize("model", ["tiny-z2", "tiny-conv", "tiny-ae"])
def test_places_are_decoded_and_located(client, maps, expected, model, fitted):
    projection = maps[model] if fitted else "pca"
    header, images = asked(client, model, projection, xy=XY)
    here = chart(model, projection)
    z = here.lift(np.array(XY))
    assert list(header) == ["id", "n", "c", "h", "w", "distance", "times", "z", "place", "landing"]
    np.testing.assert_allclose(header["z"], z, rtol=1e-4)
    assert np.abs(images.astype(int) - expected(model, z)).max() <= 1
    assert header["place"] == XY
    far = here.distance(z, np.array(XY))
    np.testing.assert_allclose([header["times"], header["distance"]], far, rtol=1e-4)
    np.testing.assert_allclose(header["landing"], here.place(encoded(model, images)), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("fitted", [True, False])
def test_codes_are_found_on_a_map(client, maps, fitted):
    projection, z = maps["tiny-conv"] if fitted else "pca", np.random.default_rng(1).normal(size=(4, 10)).round(3)
    header, images = asked(client, "tiny-conv", projection, z=z.tolist())
    here = chart("tiny-conv", projection)
    place = here.place(z)
    assert header["z"] == z.tolist()
    np.testing.assert_allclose(header["place"], place, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose([header["times"], header["distance"]], here.distance(z, place), rtol=1e-4)
    np.testing.assert_allclose(header["landing"], here.place(encoded("tiny-conv", images)), rtol=1e-3, atol=1e-3)


def test_data_points_are_found_where_they_are(client, maps):
    checkpoint = catalogue.find("tiny-z2")
    mu, xy = catalogue.LATENTS.get(checkpoint).mu, catalogue.projection(checkpoint, maps["tiny-z2"]).xy
    header, _ = asked(client, "tiny-z2", maps["tiny-z2"], z=mu[:300].astype(float).tolist())
    np.testing.assert_allclose(header["place"], xy, rtol=1e-4, atol=1e-5)
    assert np.mean(np.array(header["distance"]) <= 1) > 0.9
    header, _ = asked(client, "tiny-z2", maps["tiny-z2"], xy=xy.astype(float).tolist())
    np.testing.assert_allclose(header["z"], mu, rtol=1e-4, atol=1e-5)


def test_a_plane_may_go_through_a_code(client):
    code = np.linspace(-1, 1, 10).round(2)
    place = chart("tiny-conv", "pca").place(code[None])
    through, _ = asked(client, "tiny-conv", "pca", xy=place.tolist(), through=code.tolist())
    straight, _ = asked(client, "tiny-conv", "pca", xy=place.tolist())
    np.testing.assert_allclose(through["z"], [code], atol=1e-4)
    assert np.abs(np.array(straight["z"]) - code).max() > 0.1


@pytest.mark.parametrize("form", [{"xy": XY}, {"z": [[0.5, 1]] * 3}])
def test_a_brief_answer_has_the_distance_alone(client, maps, form):
    for projection in ("pca", maps["tiny-z2"]):
        long, images = asked(client, "tiny-z2", projection, **form)
        brief, same = asked(client, "tiny-z2", projection, **form, brief=True)
        assert list(brief) == ["id", "n", "c", "h", "w", "distance", "times"]
        assert (brief["distance"], brief["times"]) == (long["distance"], long["times"])
        assert np.array_equal(images, same)


@pytest.mark.parametrize("model", ["tiny-conv", "tiny-ae"])
def test_a_code_on_a_plane_of_units_is_measured_in_the_whole_space(client, expected, model):
    mu = catalogue.LATENTS.get(catalogue.find(model)).mu
    z = (np.random.default_rng(2).normal(size=(6, mu.shape[1])) * 2).round(3)
    header, images = asked(client, model, "latents", z=z.tolist(), brief=True)
    apart = cdist(mu, mu)
    np.fill_diagonal(apart, np.inf)
    nearest = cdist(z, mu).min(axis=1)
    np.testing.assert_allclose(header["times"], nearest / np.median(apart.min(axis=1)), rtol=1e-4)
    np.testing.assert_allclose(header["distance"], nearest / np.percentile(apart.min(axis=1), 95), rtol=1e-4)
    assert np.abs(images.astype(int) - expected(model, z)).max() <= 1
    whole, _ = asked(client, model, "latents", z=z.tolist())
    assert whole["place"] == whole["z"] == z.tolist()
    np.testing.assert_allclose(whole["landing"], encoded(model, images), rtol=1e-3, atol=1e-3)


def test_images_alone_are_decoded_without_a_word_on_where_they_lie(client, expected):
    mu = catalogue.LATENTS.get(catalogue.find("tiny-conv")).mu
    header, body = ask(client, {"id": 3, "model": "tiny-conv", "images": [7, 0]})
    assert set(header) == {"id", "n", "c", "h", "w"}
    assert np.abs(pictures(header, body).astype(int) - expected("tiny-conv", mu[[7, 0]])).max() <= 1


@pytest.mark.parametrize("fitted", ["pca", "latents", None])
def test_an_image_is_decoded_at_its_own_mu(client, maps, expected, fitted):
    mu = catalogue.LATENTS.get(catalogue.find("tiny-conv")).mu
    images = [7, 0, 299]
    header, shown = asked(client, "tiny-conv", fitted or maps["tiny-conv"], images=images, brief=True)
    np.testing.assert_allclose(header["z"], mu[images], rtol=1e-4)
    assert header["times"] == header["distance"] == [0, 0, 0]
    assert np.abs(shown.astype(int) - expected("tiny-conv", mu[images])).max() <= 1
    assert "landing" not in header


@pytest.mark.parametrize("model", ["tiny-z2", "tiny-conv", "tiny-ae"])
def test_refined_codes_are_those_that_their_own_pictures_are_encoded_as(client, maps, expected, model):
    plain, drafts = asked(client, model, maps[model], xy=XY)
    refined, images = asked(client, model, maps[model], xy=XY, refine=True)
    np.testing.assert_allclose(refined["z"], encoded(model, drafts), rtol=1e-3, atol=1e-4)
    assert not np.allclose(refined["z"], plain["z"], rtol=1e-2)
    assert np.abs(images.astype(int) - expected(model, refined["z"])).max() <= 1
    assert refined["place"] == XY
    here = chart(model, maps[model])
    np.testing.assert_allclose(here.place(np.array(refined["z"])), plain["landing"], rtol=1e-2, atol=1e-2)
    far = here.distance(np.array(refined["z"]), np.array(XY))
    np.testing.assert_allclose(refined["distance"], far.unusual, rtol=1e-2)


def test_a_conditional_model_is_decoded_and_encoded_as_its_class(client, maps):
    key, y = maps["tiny-cvae"], np.array([2, 7, 7])
    header, images = asked(client, "tiny-cvae", key, xy=[[0.5, 0.5]] * 3, y=y.tolist())
    assert not np.array_equal(images[0], images[1])
    assert np.array_equal(images[1], images[2])
    landing = chart("tiny-cvae", key).place(encoded("tiny-cvae", images, y))
    np.testing.assert_allclose(header["landing"], landing, rtol=1e-3, atol=1e-3)
    refined, _ = asked(client, "tiny-cvae", key, xy=[[0.5, 0.5]] * 3, y=y.tolist(), refine=True)
    np.testing.assert_allclose(refined["z"], encoded("tiny-cvae", images, y), rtol=1e-3, atol=1e-4)


def test_a_lattice_of_900_is_answered(client, maps):
    xy = np.stack(np.meshgrid(np.linspace(-6, 6, 30), np.linspace(-6, 6, 30)), -1).reshape(-1, 2)
    header, images = asked(client, "tiny-conv", maps["tiny-conv"], xy=xy.tolist(), brief=True)
    here = chart("tiny-conv", maps["tiny-conv"])
    assert len(images) == 900
    np.testing.assert_allclose(header["distance"], here.distance(here.lift(xy), xy).unusual, rtol=1e-4)


def test_two_clients_get_each_their_own(server, maps):
    with server.connect() as one, server.connect() as other:
        for id in range(30):
            place = [[id / 10, -id / 10]]
            one.send(json.dumps({"id": id, "model": "tiny-z2", "projection": "pca", "xy": place}))
            other.send(json.dumps({"id": id, "model": "tiny-conv", "projection": maps["tiny-conv"], "xy": place}))
        for client, width in ((one, 2), (other, 10)):
            replies = [client.recv(timeout=20) for _ in range(30)]
            headers = [json.loads(reply[4 : 4 + int.from_bytes(reply[:4], "little")]) for reply in replies]
            assert sorted(header["id"] for header in headers) == list(range(30))
            assert all(header["place"] == [[header["id"] / 10, -header["id"] / 10]] for header in headers)
            assert {len(header["z"][0]) for header in headers} == {width}


PLACE = {"id": 1, "model": "tiny-z2", "projection": "pca", "xy": [[0, 0]]}
BAD = {
    "an unknown map": (PLACE | {"projection": EMPTY}, "There is no map"),
    "an unknown plane": (PLACE | {"projection": "umap"}, "projection must be"),
    "an unknown model": (PLACE | {"model": "nope"}, "There is no model"),
    "a damaged model": (PLACE | {"model": "broken"}, "truncated"),
    "a model that was not embedded": (PLACE | {"model": "bare"}, "bare"),
    "through another D": (PLACE | {"through": [1, 2, 3]}, "has 2 latent units"),
    "z of another D": (GOOD | {"projection": "pca", "z": [[1, 2, 3]]}, "has 2 latent units"),
    "a class for none": (PLACE | {"y": 1}, "takes no class"),
    "no class": (PLACE | {"model": "tiny-cvae"}, "y must hold ids from 0 to 9"),
    "NaN": ('{"id": 1, "model": "tiny-z2", "projection": "pca", "xy": [[NaN, 0]]}', "finite"),
    "far off": (PLACE | {"xy": [[1e7, 0]]}, "finite and from"),
    "n = 1025": (PLACE | {"xy": [[0, 0]] * 1025}, "1 to 1024"),
    "a refined plane": (PLACE | {"refine": True}, "refine is for fitted maps"),
    "an image too many": ({"id": 1, "model": "tiny-z2", "projection": "pca", "images": [0, 300]}, "300 encoded images"),
    "places in latent space": (PLACE | {"projection": "latents"}, "latents is no map"),
    "both": (PLACE | {"z": [[0, 0]]}, "no field of another form"),
}


@pytest.mark.parametrize(("bad", "sentence"), BAD.values(), ids=BAD.keys())
def test_a_bad_place_is_answered_and_the_socket_stays(client, bad, sentence):
    header, body = ask(client, bad)
    assert (header["id"], body) == (1, b"")
    assert sentence in header["error"]
    assert ask(client, PLACE)[0]["n"] == 1


def test_a_map_of_another_model_is_refused(client, maps):
    header, _ = ask(client, PLACE | {"projection": maps["tiny-ae"]})
    assert "does not fit the latents" in header["error"]
    assert ask(client, PLACE | {"projection": maps["tiny-z2"]})[0]["n"] == 1


def test_the_farthest_places_have_finite_answers(client, maps):
    for projection in ("pca", maps["tiny-z2"]):
        header, _ = asked(client, "tiny-z2", projection, xy=[[1e6, -1e6], [-1e6, 1e6]])
        assert all(np.isfinite(header[name]).all() for name in ("distance", "z", "place", "landing"))
        assert min(header["distance"]) > 3


def test_an_unforeseen_failure_is_an_incident_and_the_socket_stays(client, monkeypatch, caplog):
    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "chart", lambda checkpoint, projection: 1 / 0)
        header, _ = ask(client, PLACE)
    assert "Something went wrong here" in header["error"]
    assert "ZeroDivisionError" in caplog.text
    assert ask(client, PLACE)[0]["n"] == 1


def test_too_many_places_are_refused_not_stored(client):
    for id in range(100):
        client.send(json.dumps(PLACE | {"id": id, "xy": [[0, 0]] * 500, "brief": True}))
    replies = [client.recv(timeout=30) for _ in range(100)]
    headers = [json.loads(reply[4 : 4 + int.from_bytes(reply[:4], "little")]) for reply in replies]
    assert sorted(header["id"] for header in headers) == list(range(100))
    assert any(header.get("error", "").startswith("Too many") for header in headers)
    assert ask(client, PLACE)[0]["n"] == 1
