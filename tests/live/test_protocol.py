import contextlib
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from vae_explorer.errors import BadRequest
from vae_explorer.live.protocol import (
    MAX_FRAME_CHARS,
    Refusal,
    column_frame,
    error_frame,
    frame,
    parse_request,
    rounded,
)

pytestmark = pytest.mark.thorough


def unpack(message):
    size = int.from_bytes(message[:4], "little")
    return json.loads(message[4 : 4 + size]), message[4 + size :]


def text(**changes):
    return json.dumps({"id": 7, "model": "m", "z": [[0.5, 1]]} | changes)


def test_a_request_is_read():
    request = parse_request(text(z=[[0.5, 1], [-2, 3e5]]))
    assert (request.id, request.model, request.n, request.look) == (7, "m", 2, None)
    assert request.z is not None
    assert request.z.dtype == np.float32
    assert request.z.tolist() == [[0.5, 1], [-2, 3e5]]


BAD_Z = {
    "no list": 5, "an object": {}, "text": "12", "null": None, "empty": [], "too many": [[0.0]] * 1025,
    "an empty code": [[]], "ragged": [[1, 2], [3]], "flat": [1, 2], "deep": [[[1]]], "booleans": [[True, False]],
    "numerals": [["1", "2"]], "nulls": [[None]], "not a number": [[math.nan]], "infinite": [[-math.inf]],
    "huge": [[1e30]], "a huge whole number": [[10**400]], "just above": [[1_000_001]], "too wide": [[0.0] * 513],
    "too many numbers": [[0.0] * 65] * 1010,
}  # fmt: skip


@pytest.mark.parametrize("z", BAD_Z.values(), ids=BAD_Z.keys())
def test_a_bad_z_is_refused_under_its_id(z):
    with pytest.raises(Refusal, match=r"^[^\n]+\.$") as refused:
        parse_request(text(z=z))
    assert refused.value.id == 7


@pytest.mark.parametrize(("y", "read"), [(0, [0, 0]), (9999, [9999, 9999]), ([3, 7], [3, 7])])
def test_a_class_is_read_for_each_code(y, read):
    request = parse_request(text(z=[[0.5], [1]], y=y))
    assert request.y is not None
    assert request.y.dtype == np.int64
    assert request.y.tolist() == read


def test_a_mixture_of_classes_is_read_for_each_code():
    request = parse_request(text(z=[[0.5], [1]], y=[[1, 0, 0], [0.25, 0, 0.75]]))
    assert request.y is not None
    assert request.y.dtype == np.float32
    assert request.y.tolist() == [[1, 0, 0], [0.25, 0, 0.75]]


def test_a_request_without_a_class_has_none():
    assert parse_request(text()).y is None


BAD_Y = {
    "null": None, "true": True, "a share": 1.0, "text": "3", "negative": -1, "too high": 10_000, "huge": 10**400,
    "an object": {}, "empty": [], "too few": [1], "too many": [1, 2, 3], "booleans": [True, False], "deep": [[1], [2]],
    "a null in it": [1, None], "a share in it": [1, 2.0], "not a number": math.nan, "out of range in it": [0, 10_000],
    "half a mixture": [[0.5, 0.4], [1, 0]], "less than nothing": [[1.5, -0.5], [1, 0]], "one mixture": [[0.5, 0.5]],
    "uneven mixtures": [[1, 0], [1]], "a mixture of too many": [[0] * 9_999 + [1, 0]] * 2, "text in it": [["1"], [1]],
}  # fmt: skip


@pytest.mark.parametrize("y", BAD_Y.values(), ids=BAD_Y.keys())
def test_a_bad_y_is_refused_under_its_id(y):
    with pytest.raises(Refusal, match=r"^[^\n]*\by\b[^\n]+\.$") as refused:
        parse_request(text(z=[[0.5], [1]], y=y))
    assert refused.value.id == 7


BAD_FIELDS = [{"model": 5}, {"model": None}, {"model": "x" * 201}, {"more": 1}, {"y": 1, "more": 1}]


@pytest.mark.parametrize("changes", BAD_FIELDS)
def test_bad_fields_are_refused_under_their_id(changes):
    with pytest.raises(Refusal) as refused:
        parse_request(text(**changes))
    assert refused.value.id == 7


@pytest.mark.parametrize(
    "bad",
    ["", "hello", "[]", "7", "null", "{", text(id=None), text(id=True), text(id="7"), text(id=1.5), text(id=2**60),
     "[" * 200_000, '{"id":' * 100_000, "1" * 5000, " " * (MAX_FRAME_CHARS + 1), "\x00", '{"z": [[1]]}'],
)  # fmt: skip
def test_what_has_no_readable_id_is_refused_without_one(bad):
    with pytest.raises(Refusal) as refused:
        parse_request(bad)
    assert refused.value.id is None


def test_the_limits_themselves_are_allowed():
    for rows in ([[1e6, -1e6]] * 1024, [[0] * 512]):
        assert np.asarray(parse_request(text(z=rows)).z).shape == np.shape(rows)


@given(
    st.integers(-(2**53), 2**53),
    st.text(max_size=200),
    arrays.arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.floats(-1e6, 1e6, width=32)),
)
def test_requests_round_trip(id, model, z):
    request = parse_request(json.dumps({"id": id, "model": model, "z": z.tolist()}))
    assert (request.id, request.model) == (id, model)
    np.testing.assert_array_equal(np.asarray(request.z), z)


PLACES = {"id": 7, "model": "m", "projection": "pca", "xy": [[0.5, 1], [2, -3e5]]}
KEY = "0123456789abcdef" * 2


def places(**changes):
    return json.dumps(PLACES | changes)


def test_places_are_read():
    request = parse_request(places(y=[1, 2], through=[1, 2, 3], brief=True, refine=False))
    assert (request.id, request.model, request.n, request.z) == (7, "m", 2, None)
    assert np.asarray(request.y).tolist() == [1, 2]
    look = request.look
    assert look is not None
    assert (look.projection, look.refine, look.brief) == ("pca", False, True)
    assert np.asarray(look.xy).tolist() == PLACES["xy"]
    assert np.asarray(look.through).tolist() == [[1, 2, 3]]
    refined = parse_request(places(projection=KEY, refine=True)).look
    assert refined is not None
    assert (refined.projection, refined.refine, refined.brief, refined.through) == (KEY, True, False, None)


def test_codes_to_be_found_on_a_map_are_read():
    request = parse_request(text(projection=KEY, brief=True, y=3))
    assert request.look == (KEY, None, None, False, True)
    assert np.asarray(request.z).tolist() == [[0.5, 1]]


def test_images_are_read():
    request = parse_request(json.dumps({"id": 7, "model": "m", "projection": "latents", "images": [3, 0], "y": 4}))
    assert (request.n, request.z, request.look) == (2, None, ("latents", None, None, False, False))
    assert np.asarray(request.images).tolist() == [3, 0]
    assert np.asarray(request.y).tolist() == [4, 4]


BAD_IMAGES = {
    "none": [], "too many": [0] * 1025, "no list": 3, "null": None, "a share": [1.0], "true": [True], "text": ["1"],
    "negative": [-1], "too high": [10_000_001], "huge": [10**400], "deep": [[1]],
}  # fmt: skip


@pytest.mark.parametrize("images", BAD_IMAGES.values(), ids=BAD_IMAGES.keys())
def test_bad_images_are_refused_under_their_id(images):
    with pytest.raises(Refusal, match=r"^[^\n]+\.$") as refused:
        parse_request(json.dumps({"id": 7, "model": "m", "projection": "pca", "images": images}))
    assert refused.value.id == 7


@pytest.mark.parametrize("changes", [{"z": [[1]]}, {"xy": [[1, 2]]}, {"through": [1]}, {"refine": False}])
def test_images_take_nothing_that_is_for_places(changes):
    with pytest.raises(Refusal):
        parse_request(json.dumps({"id": 7, "model": "m", "projection": "pca", "images": [1]} | changes))


FITTED = {"projection": KEY}
BAD_PLACES = {
    "no map": {"projection": "units"}, "a null map": {"projection": None}, "a number": {"projection": 5},
    "the whole space": {"projection": "latents"},
    "a long map": {"projection": KEY + "0"}, "capitals": {"projection": KEY.upper()}, "a path": {"projection": "../x"},
    "a line break": {"projection": KEY + "\n"}, "a list": {"projection": ["pca"]}, "both": {"z": [[1, 2]]},
    "three numbers": {"xy": [[1, 2, 3]]}, "one number": {"xy": [[1]]}, "ragged": {"xy": [[1, 2], [3]]},
    "empty": {"xy": []}, "too many": {"xy": [[0, 0]] * 1025}, "flat": {"xy": [1, 2]}, "null": {"xy": None},
    "not a number": {"xy": [[math.nan, 0]]}, "infinite": {"xy": [[0, math.inf]]}, "text": {"xy": [["1", "2"]]},
    "too far": {"xy": [[1e6 + 1, 0]]}, "huge": {"xy": [[10**400, 0]]}, "booleans": {"xy": [[True, False]]},
    "y of one": {"y": [1]}, "more": {"more": 1}, "brief 1": {"brief": 1}, "brief null": {"brief": None},
    "refine text": FITTED | {"refine": "on"}, "a refined plane": {"refine": True},
    "through a map": FITTED | {"through": [1, 2]}, "through rows": {"through": [[1, 2]]},
    "through null": {"through": None},
    "through nothing": {"through": []}, "through 513": {"through": [0] * 513}, "through text": {"through": "12"},
    "through infinity": {"through": [math.inf]}, "through 1e7": {"through": [1e7]}, "through true": {"through": [True]},
}  # fmt: skip


@pytest.mark.parametrize("changes", BAD_PLACES.values(), ids=BAD_PLACES.keys())
def test_bad_places_are_refused_under_their_id(changes):
    with pytest.raises(Refusal, match=r"^[^\n]+\.$") as refused:
        parse_request(places(**changes))
    assert refused.value.id == 7


@pytest.mark.parametrize("changes", [{"refine": True}, {"through": [1, 2]}, {"xy": [[1, 2]]}, {"brief": 1}])
def test_codes_on_a_map_take_nothing_that_is_for_places(changes):
    with pytest.raises(Refusal):
        parse_request(text(projection=KEY, **changes))
    with pytest.raises(Refusal):
        parse_request(text(**changes))


@given(arrays.arrays(float, st.tuples(st.integers(0, 4), st.integers(1, 3)), elements=st.floats(-1e12, 1e12)))
def test_numbers_keep_five_digits(values):
    found = rounded(values)
    np.testing.assert_allclose(np.reshape(found, values.shape), values, rtol=5.1e-5, atol=1e-15)
    for one in np.ravel(found):
        assert one == float(f"{one:.5g}")


def test_rounded_numbers_are_written_short():
    assert json.dumps(rounded(np.array([0.1 + 0.2, -1 / 3, 2 / 3 * 1e6, 99999.7, 0, -1e-40]))) == (
        "[0.3, -0.33333, 666670.0, 100000.0, 0.0, 0.0]"
    )


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "model", "z", "x"]), inner),
)


@given(ANY_JSON, ANY_JSON, ANY_JSON)
def test_any_json_is_read_or_refused(whole, z, y):
    codes, looked = {"id": 1, "model": "m", "z": z}, PLACES | {"xy": z, "through": y, "brief": whole}
    for values in (whole, codes, {"id": 1, "model": "m", "z": [[1]], "y": y}, looked, PLACES | {"projection": y}):
        with contextlib.suppress(BadRequest):
            request = parse_request(json.dumps(values))
            rows = request.z if request.look is None else request.look.xy
            assert rows is not None
            assert np.isfinite(rows).all()


@given(st.text())
def test_any_text_is_read_or_refused(anything):
    with pytest.raises(BadRequest):
        parse_request(anything)


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.binary())
def test_frames_round_trip(header, body):
    assert unpack(frame(header, body)) == (header, body)


def test_an_error_frame_has_no_body():
    sentence = "No “such” \ud800 thing."
    assert unpack(error_frame(None, sentence)) == ({"id": None, "error": sentence}, b"")


FINITE = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(arrays.arrays(np.float32, st.integers(0, 50), elements=FINITE))
def test_columns_lose_at_most_half_a_level(values):
    header, body = unpack(column_frame(values))
    low, high = header["low"], header["high"]
    levels = np.frombuffer(body, "<u2").astype(float)
    assert header["dtype"] == "uint16"
    assert header["n"] == len(values) == len(levels)
    np.testing.assert_allclose(low + (high - low) * levels / 65535, values, atol=(high - low) / 131_000, rtol=1e-12)


def test_labels_stay_themselves():
    header, body = unpack(column_frame(np.array([3, 0, 255], np.int64)))
    assert header == {"n": 3, "dtype": "uint8", "low": 0, "high": 255}
    assert body == bytes([3, 0, 255])


@pytest.mark.parametrize("labels", [[-1, 3], [0, 256]])
def test_labels_beyond_a_byte_become_levels(labels):
    header, _ = unpack(column_frame(np.array(labels)))
    assert (header["dtype"], header["low"], header["high"]) == ("uint16", *labels)


def test_an_empty_column_of_labels():
    assert unpack(column_frame(np.array([], np.int64))) == ({"n": 0, "dtype": "uint8", "low": 0, "high": 0}, b"")
