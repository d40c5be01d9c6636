"""What is dropped on Library: pictures become a data set and a run, weights a model; what is neither is told."""

import io
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch

from tests.importers.networks import Kind, state, trained
from tests.pictures.made import pets, zipped
from tests.ui.test_pages import fine, query
from vae_explorer import datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.datasets import own
from vae_explorer.exports.graphs import graphs
from vae_explorer.jobs import archives, desk, lives, records
from vae_explorer.ui import state as session
from vae_explorer.ui import widgets
from vae_explorer.ui.library.drop_refusal import Dropped, refusal
from vae_explorer.ui.library.recognition import Content, content

pytestmark = pytest.mark.thorough

OTHER = {"features.0.weight": torch.zeros(8, 1, 3, 3), "classifier.0.weight": torch.zeros(10, 8)}


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch) -> Iterator[None]:
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    yield
    for name in records.names():
        desk.stop(name)
        desk.stop(name)
        while not lives.free(records.job_folder(name)):
            lives.read(records.job_folder(name))


def press(at, label: str):
    return next(button for button in at.button if button.label == label).click().run()


def dropped(open_page, name: str, data: bytes):
    at = open_page("library")
    return at.file_uploader(key="dropped").set_value([(name, data, "application/octet-stream")]).run()


def told(at) -> str:
    return " ".join(block.value for block in at.markdown)


def saved(weights: dict[str, torch.Tensor]) -> bytes:
    file = io.BytesIO()
    torch.save(weights, file)
    return file.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def test_pictures_are_kept_as_a_data_set_and_the_page_stays(open_page):
    at = dropped(open_page, "my pets.zip", zipped(pets()).getvalue())
    assert fine(at)
    assert at.text_input(key="pictures-name").value == "my-pets"
    at.text_input(key="pictures-name").set_value("pets")
    assert "**24 pictures in 2 classes**. A tenth of them, at least 10, are kept as test images" in told(at)
    at = press(at, "Keep")
    assert fine(at)
    (kept,) = own.sets(datasets.data_root())
    assert (kept.title, kept.image_shape, kept.classes, kept.train + kept.test) == (
        "pets",
        (3, 32, 32),
        ("cat", "dog"),
        24,
    )
    assert at.file_uploader(key="dropped")
    assert "24 pictures kept as the data set pets." in [toast.value.replace("\\", "") for toast in at.toast]


@pytest.mark.process
def test_pictures_are_trained_on_at_once(open_page):
    at = press(dropped(open_page, "pets.zip", zipped(pets()).getvalue()), "Keep and train")
    assert fine(at)
    (name,) = records.names()
    assert query(at) == {"run": name}
    settings = records.read(name).settings
    row = datasets.dataset(settings.dataset)
    assert (row.title, settings.preset) == ("pets", row.first_run.preset)
    assert settings.train.epochs == row.first_run.epochs


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("none.zip", zipped({"readme.txt": b"no picture"}).getvalue(), "There are no pictures in none.zip"),
        ("notes.txt", b"hello", "notes.txt is neither pictures, nor weights, nor a model"),
        ("broken.pth", b"PK\x03\x04 broken", "broken.pth is no PyTorch file that can be read; it is damaged"),
        ("few.zip", zipped(pets(3)).getvalue(), "at least 20 pictures"),
        ("climbing.zip", zipped({"../up.png": b""}).getvalue(), "a place outside itself"),
        ("cut.zip", zipped(pets()).getvalue()[:200], "cut.zip is no zip archive that can be read"),
    ],
)
def test_what_is_no_set_of_pictures_is_told_in_place(open_page, name, data, sentence):
    at = dropped(open_page, name, data)
    assert ("Keep" in [button.label for button in at.button]) is (name == "few.zip")
    if name == "few.zip":
        at = press(at, "Keep")
    assert not at.exception
    assert any(sentence in error.value.replace("\\", "") for error in at.error), [error.value for error in at.error]
    assert own.sets(datasets.data_root()) == []


def test_a_name_that_cannot_be_or_is_taken_is_refused_at_its_field(open_page):
    at = dropped(open_page, "pets.zip", zipped(pets()).getvalue())
    for name, sentence in (("../up", "A name is at most 24 letters"), ("mnist", "There is a data set MNIST already")):
        at.text_input(key="pictures-name").set_value(name).run()
        assert sentence in at.error[0].value.replace("\\", "")
        assert all(button.disabled for button in at.button if button.label.startswith("Keep"))
    assert own.sets(datasets.data_root()) == []


def test_weights_are_opened_as_a_model_on_explore(open_page):
    at = dropped(open_page, "last night.pth", saved(state(trained(Kind()))))
    assert fine(at)
    assert at.selectbox(key="weights-data-set").options[0] == "Digits"
    at = press(at, "Open as a model")
    assert fine(at)
    assert at.selectbox(key=widgets.key("model")).value == "digits-last-night"
    assert at.session_state["model"] == "digits-last-night"


def test_an_answer_can_be_overruled(open_page):
    at = dropped(open_page, "vae.pth", saved(state(trained(Kind()))))
    at.selectbox(key="weights-second-head").select("log-sigma")
    at = press(at, "Open as a model")
    assert fine(at)
    assert any("second-head log-sigma" in toast.value.replace("\\", "") for toast in at.toast)


def test_where_measurement_cannot_tell_a_person_is_asked_until_all_is_said(open_page):
    hardly = saved(trained(Kind(), steps=60).state_dict())
    at = press(dropped(open_page, "hardly.pth", hardly), "Open as a model")
    asked = 0
    while at.warning:
        assert not at.exception
        assert "Which is it?" in at.warning[0].value
        asked += 1
        at = at.button(key="reading-0").click().run()
    assert asked
    assert fine(at)
    assert at.session_state["model"] == "digits-hardly"


@pytest.fixture(scope="module")
def halves() -> list[tuple[str, bytes, str]]:
    files = graphs(catalogue.find("digits-mlp-z2"))
    return [(name, data, "application/octet-stream") for name, data in files.items()]


def test_two_files_of_onnx_are_opened_as_a_model_and_one_is_told_what_it_lacks(open_page, halves):
    at = open_page("library").file_uploader(key="dropped").set_value(halves[:1]).run()
    assert not at.exception
    assert "is one half of an ONNX model; its decoder is missing" in at.error[0].value.replace("\\", "")
    assert "Open as a model" not in [button.label for button in at.button]
    at = press(at.file_uploader(key="dropped").set_value(halves[::-1]).run(), "Open as a model")
    assert fine(at)
    assert at.session_state["model"] == "digits-onnx"
    at = press(dropped(open_page, "both.zip", packed({name: data for name, data, _ in halves})), "Open as a model")
    assert fine(at)
    assert at.session_state["model"] == "digits-both"


def test_weights_of_something_else_are_told_in_place(open_page):
    at = press(dropped(open_page, "net.pth", saved(OTHER)), "Open as a model")
    assert not at.exception
    assert "a classifier" in at.error[0].value
    assert records.root().is_dir() is False or not list(records.root().glob("digits-*"))


def test_a_zip_of_a_model_is_that_model_again(open_page):
    at = press(dropped(open_page, "digits-mlp-z2.zip", archives.zipped("digits-mlp-z2")), "Open")
    assert fine(at)
    assert at.selectbox(key=widgets.key("model")).value == "digits-mlp-z2-2"


@contextmanager
def full_disk() -> Iterator[None]:
    """Files of more than 4 KB cannot be written."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


FULL = {
    "weights": (
        "vae.pth",
        lambda: saved(trained(Kind()).state_dict()),
        "Open as a model",
        "The upload cannot be put down",
    ),
    "pictures": ("pets.zip", lambda: zipped(pets()).getvalue(), "Keep", "cannot be written"),
    "a model": ("it.zip", lambda: archives.zipped("digits-mlp-z2"), "Open", "cannot be written"),
}


@pytest.mark.parametrize("what", FULL)
def test_a_full_disk_is_told_in_place_and_nothing_is_left_half_written(open_page, what, tmp_path):
    name, data, label, sentence = FULL[what]
    at = dropped(open_page, name, data())
    with full_disk():
        at = press(at, label)
    assert not at.exception
    assert [error.value for error in at.error if sentence in error.value]
    assert kept(tmp_path) == []
    at = press(at, label)
    assert fine(at)
    assert kept(tmp_path)


def kept(place: Path) -> list[Path]:
    """Files of runs and of data sets."""
    return [path for name in ("runs", "data") for path in (place / name).rglob("*") if path.is_file()]


def test_a_data_set_of_ones_own_is_trained_on_and_deleted(open_page, monkeypatch):
    from vae_explorer.ui.library import data_set_table

    at = press(dropped(open_page, "pets.zip", zipped(pets()).getvalue()), "Keep")
    (kept,) = own.sets(datasets.data_root())
    actions = data_set_table.show_actions
    monkeypatch.setattr(data_set_table, "show_actions", lambda _: actions([kept.name]))
    at = open_page("library")
    table = next(frame.value for frame in at.dataframe if "Where from" in frame.value.columns).set_index("Data set")
    assert table.loc["pets", ["Images", "Where from"]].tolist() == [24, "your own"]
    assert table.loc["Digits", ["Images", "Where from"]].tolist() == [1797, "comes with the app"]
    assert table.loc["MNIST", "Where from"] == "to be fetched, 11 MB"
    at = press(press(at, "Delete"), "Delete for good")
    assert own.sets(datasets.data_root()) == []
    assert session.DELETION.key not in at.session_state or not at.session_state[session.DELETION.key]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a", saved({"a": torch.zeros(2)}), Content.WEIGHTS),
        ("a", b"\x80\x04\x95 a pickle", Content.WEIGHTS),
        ("a", (20).to_bytes(8, "little") + b"{", Content.WEIGHTS),
        ("a.pth", zipped(pets(2)).getvalue(), Content.PICTURES),
        ("a", packed({"images.npy": b""}), Content.ARRAYS),
        ("a", packed({"a/encoder.onnx": b"", "a/decoder.onnx": b""}), Content.GRAPHS),
        ("a", packed({"a/encoder.onnx": b"", "__MACOSX/a.onnx": b""}), Content.GRAPH),
        ("a", packed({"a.png": b"", "__MACOSX/a.onnx": b""}), Content.PICTURES),
        ("a", b"PK\x03\x04 cut off", Content.DAMAGED),
        ("a", b"\x08\x0a\x12\x07pytorch", Content.GRAPH),
        ("a", b"\x89PNG\r\n", Content.PICTURE),
        ("a.JPG", b"", Content.DAMAGED),
        ("a.onnx", b"hello", Content.DAMAGED),
        ("a.txt", b"hello", Content.UNKNOWN),
        ("a.txt", b"", Content.UNKNOWN),
    ],
)
def test_a_file_is_recognised_by_what_it_holds(name, data, found):
    assert content(name, io.BytesIO(data)) == found


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"a.png": Content.PICTURE, "notes.txt": Content.UNKNOWN, "cut.png": Content.DAMAGED}, ""),
        ({"a.onnx": Content.GRAPH, "b.onnx": Content.GRAPH}, ""),
        (
            {"vae.pth": Content.WEIGHTS, "notes.txt": Content.UNKNOWN},
            "vae.pth was taken for weights, notes.txt for no kind that is known here; drop files of one kind",
        ),
        (
            {"pets.zip": Content.PICTURES, "vae.pth": Content.WEIGHTS, "vae2.pth": Content.WEIGHTS},
            "pets.zip was taken for a zip of pictures, vae.pth and vae2.pth for weights; drop files of one kind",
        ),
        (
            {**{f"{n}.png": Content.PICTURE for n in range(9)}, "cut.pth": Content.DAMAGED},
            "0.png, 1.png, 2.png and 6 more were taken for a picture, cut.pth for a damaged file; "
            "drop files of one kind at a time.",
        ),
        (
            {"a.zip": Content.PICTURES, "b.zip": Content.PICTURES},
            "a.zip and b.zip were each taken for a zip of pictures; drop one at a time.",
        ),
        (
            {"half.onnx": Content.GRAPH},
            "half.onnx is one half of an ONNX model; its other half, encoder or decoder,",
        ),
    ],
)
def test_files_that_no_form_is_for_are_told_by_name(files, sentence):
    told = refusal([Dropped(name, 1, kind) for name, kind in files.items()])
    assert told.startswith(sentence) if sentence else told == ""


def test_the_same_file_twice_is_told(open_page):
    twice = [("pets.zip", zipped(pets()).getvalue(), "application/zip")] * 2
    at = open_page("library").file_uploader(key="dropped").set_value(twice).run()
    assert [error.value.replace("\\", "") for error in at.error] == [
        "pets.zip was dropped more than once; take all but one away with its ×."
    ]


@pytest.mark.parametrize("name", [name for name, row in datasets.DATASETS.items() if not row.download_size])
def test_the_table_says_how_many_images_there_are(name):
    assert datasets.DATASETS[name].images == sum(len(datasets.load(name, split)) for split in datasets.SPLITS)
