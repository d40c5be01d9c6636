"""Pictures of one's own from the command line: kept, trained on, seen on every page, deleted; models stay open."""

import shutil

import pytest

from tests.cli.test_disk import full_disk
from tests.commands import answered
from tests.pictures.made import noise, pets, png, zipped
from vae_explorer import checkpoints, cli, datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.checkpoints.originals import originals
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.train import form_values

N = 60
MARKUP = "**cat** ![x](http:y) <b>"


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Data and runs of its own, and a zip of sixty pictures, one of which is damaged."""
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    archive = tmp_path / "pets.zip"
    archive.write_bytes(zipped(pets(N) | {"pets/cat/cut.png": png(noise(64))[:999]}).getvalue())
    return tmp_path


def test_the_answer_says_what_was_kept(places, capsys):
    told = answered("pictures", str(places / "pets.zip"), "--name", "pets", "--side", "16")
    name, seconds = told.pop("name"), told.pop("seconds")
    assert told == {"n": N, "skipped": {"damaged": 1}, "classes": ["cat", "dog"], "shape": [3, 16, 16]}
    assert name in datasets.table()
    assert seconds > 0
    with pytest.raises(SystemExit):
        cli.main(("train", "--help"))
    assert name in capsys.readouterr().out.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        (("--grey",), (1, 32, 32)),
        (("--colour", "--side", "8", "--how", "fill"), (3, 8, 8)),
        (("--how", "crop", "--side", "28"), (3, 28, 28)),
    ],
)
def test_size_and_colour_are_as_asked_for(words, shape, places):
    told = answered("pictures", str(places / "pets.zip"), "--name", "pets", *words)
    assert datasets.load(told["name"], "train").image_shape == shape == tuple(told["shape"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Give pictures to keep, or --delete and a name"),
        (("pets.zip", "--delete", "pets"), "Give pictures to keep, or --delete and a name"),
        (("pets.zip",), "Say with --name what the data set is to be called"),
        (("pets.zip", "--name", "../up"), "A name is at most 24 letters"),
        (("pets.zip", "--name", "pets", "--side", "7"), "side must be a whole number from 8 to 128, not 7"),
        (("pets.zip", "--name", "pets", "--how", "stretch"), "fit, fill, crop"),
        (("pets.zip", "--name", "pets", "--grey", "--colour"), "not allowed with"),
        (("nothing.zip", "--name", "pets"), "cannot be read: No such file"),
        (("--delete", "pets"), "There is no data set of your own “pets”; known are none yet"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing(words, sentence, places, refused, monkeypatch):
    monkeypatch.chdir(places)
    assert sentence in refused("pictures", *words)
    assert not (places / "data").exists()


def test_a_full_disk_leaves_nothing(places, capsys):
    with full_disk(10_000):
        assert cli.main(("pictures", str(places / "pets.zip"), "--name", "pets")) == 2
    assert capsys.readouterr().err.endswith(" cannot be written: File too large.\n")
    assert list((places / "data" / "own").iterdir()) == []


@pytest.mark.process
@pytest.mark.parametrize("classes", [1, 2])
def test_a_run_trains_on_them_and_stays_open_without_them(classes, places, open_page):
    source, folders = places / "pets.zip", (f"{MARKUP}/", "dog/")
    files = {f"{folders[i % 2] if classes == 2 else ''}{i}.png": png(noise(seed=i)) for i in range(N)}
    source.write_bytes(zipped(files).getvalue())
    name = answered("pictures", str(source), "--name", "pets", "--side", "16")["name"]
    told = answered("train", "--dataset", name, "--epochs", "1", "--threads", "1")
    assert (told["dataset"], told["n"]) == (name, 10)
    (checkpoint,) = [one for one in catalogue.usable().values() if one.recipe.dataset == name]
    assert checkpoint.recipe.preset == datasets.dataset(name).first_run.preset
    assert originals(checkpoint).available
    answered("evaluate", str(checkpoint.folder))
    at = open_page("train")
    assert at.selectbox(key=form_values.widget_key("dataset")).options[-1] == "pets"
    _require_pages(open_page, checkpoint.id)

    assert answered("pictures", "--delete", "pets") == {"deleted": name}
    again = catalogue.find(checkpoint.id)
    assert again.recipe.dataset == name
    assert originals(again).note == "pets itself is not on this machine."
    _require_pages(open_page, checkpoint.id)
    at = open_page("train", form={"dataset": name})
    assert not at.exception
    choice = at.selectbox(key=form_values.widget_key("dataset"))
    assert "pets" not in choice.options
    assert choice.value in datasets.DATASETS
    assert checkpoints.read_latents(again).dataset == name

    shutil.rmtree(places / "data")
    (entry,) = [one for one in catalogue.entries() if one.id == checkpoint.id]
    assert entry.reason.startswith(f"Nothing is known here of the pictures {name}; add them as pets, or copy ")
    _require_pages(open_page, "mnist-mlp-z2")
    answered("pictures", str(source), "--name", "pets", "--side", "16")
    assert originals(catalogue.find(checkpoint.id)).available


def _require_pages(open_page, model: str) -> None:
    for page in PAGES:
        at = open_page(page, {"model": model, "models": model})
        assert not at.exception, page
        assert not at.error, (page, at.error)
        assert not [block.value for block in (*at.markdown, *at.caption) if MARKUP in block.value]
