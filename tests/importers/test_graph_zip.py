"""A zip of two ONNX files is what its folder is, and nothing else is unpacked."""

import io
import zipfile

import pytest

from vae_explorer.errors import ExplorerError
from vae_explorer.importers import graph_zip, intake

LINK = zipfile.ZipInfo("encoder.onnx")
LINK.external_attr = 0o120777 << 16
REFUSED: dict[str, tuple[dict[str | zipfile.ZipInfo, bytes], str]] = {
    "one": ({"encoder.onnx": b"a"}, "two files, an encoder’s and a decoder’s; the zip holds encoder.onnx"),
    "three": (dict.fromkeys(("a.onnx", "b.onnx", "c.onnx"), b"a"), "holds a.onnx, b.onnx, c.onnx"),
    "a place outside": ({"/it/encoder.onnx": b"a", "decoder.onnx": b"a"}, "names a place outside itself"),
    "a link": ({LINK: b"decoder.onnx", "decoder.onnx": b"a"}, "holds a link"),
    "a bomb": ({"encoder.onnx": bytes(4_000_000), "decoder.onnx": b"a"}, "more than 200 times its size"),
    "too many": ({f"{i}.onnx": b"" for i in range(1_001)}, "holds 1,001 files; at most 1,000"),
    "no graphs": ({"encoder.onnx": b"a", "decoder.onnx": b"b"}, "encoder.onnx"),
}


def written(files: dict[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held


def test_files_are_given_by_name_and_others_are_left_where_they_are():
    files: dict[str | zipfile.ZipInfo, bytes] = {
        "it/encoder.onnx": b"a",
        "it/decoder.onnx": b"b",
        "it/config.json": b"{}",
        "__MACOSX/it/._encoder.onnx": b"c",
    }
    assert graph_zip.halves(written(files)) == {"it/encoder.onnx": b"a", "it/decoder.onnx": b"b"}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_pair_is_refused_in_one_sentence(what, tmp_path):
    files, sentence = REFUSED[what]
    path = tmp_path / "both.zip"
    path.write_bytes(written(files).getvalue())
    assert intake.onnx_files([path]) == [path]
    with pytest.raises(ExplorerError, match=sentence):
        intake.graph_files([path])


def test_a_zip_that_is_cut_off_is_no_zip_of_graphs(tmp_path):
    data = written({"encoder.onnx": b"a" * 1000, "decoder.onnx": b"b"}).getvalue()
    (tmp_path / "both.zip").write_bytes(data[:-30])
    assert intake.onnx_files([tmp_path / "both.zip"]) == []
