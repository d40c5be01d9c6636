"""What the browser modules say of the server's messages is what the server sends and takes, name by name."""

import json
import re

from tests.live.test_routes import get, unpack
from tests.live.test_socket import ask
from tests.shapes import WEB, Shape, shape_of, shapes
from vae_explorer.live import protocol

SHAPES = shapes("wire/messages.d.ts")


def test_every_field_of_a_request():
    needed = frozenset.intersection(*(frozenset(needed) for needed, _ in protocol.FORMS))
    known = frozenset().union(*(needed | allowed for needed, allowed in protocol.FORMS))
    assert SHAPES["NumberedRequest"] == Shape(needed, known - needed)


def test_every_header_of_a_reply(server, maps):
    code, place = {"id": 1, "model": "tiny-z2", "z": [[0, 1]]}, {"id": 2, "model": "tiny-z2", "xy": [[0, 1]]}
    requests = [code, place | {"projection": "pca"}, place | {"projection": maps["tiny-z2"], "brief": True}]
    with server.connect() as client:
        headers = [ask(client, request)[0] for request in requests]
        refused = ask(client, {"id": 3})[0]
    assert shape_of(*headers) == SHAPES["ReplyHeader"]
    assert shape_of(refused) == SHAPES["ErrorHeader"]


def test_every_header_of_what_is_fetched(server):
    def header(path: str) -> dict:
        return unpack(get(server, f"/api/{path}")[2])[0]

    columns = [header(f"checkpoints/tiny-z2/columns/{name}") for name in ("mu-0", "label")]
    columns.append(header("checkpoints/tiny-z2/map-columns/image"))
    assert shape_of(*columns) == SHAPES["ColumnHeader"]
    assert {column["dtype"] for column in columns} == {"uint8", "uint16", "uint32"}
    assert shape_of(header("checkpoints/tiny-z2/thumbnails/0")) == SHAPES["SheetHeader"]
    assert shape_of(header("datasets/digits/test/0")) == SHAPES["PictureHeader"]


def test_everything_that_is_told_of_a_data_point(server):
    points = [json.loads(get(server, f"/api/checkpoints/{model}/points/0")[2]) for model in ("tiny-z2", "tiny-ae")]
    assert shape_of(*points) == SHAPES["DataPoint"]


def test_the_most_pictures_of_a_request():
    source = (WEB / "wire" / "parts.js").read_text(encoding="utf-8")
    wanted = {"PICTURES": str(protocol.MAX_IMAGES), "NUMBERS": str(protocol.MAX_NUMBERS)}
    assert dict(re.findall(r"MOST_(\w+) = (\d+);", source)) == wanted
