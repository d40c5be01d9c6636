"""A new row of a table is found everywhere, without touching another file."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.commands import answered
from tests.conftest import save_tiny
from tests.ui.test_pages import compared
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue
from vae_explorer.cli import main
from vae_explorer.datasets import DATASETS, Dataset, FirstRun
from vae_explorer.datasets.images import Factor, ImageSet
from vae_explorer.metrics import METRICS
from vae_explorer.metrics.metric import Figure, Metric, Setting
from vae_explorer.ui.train import form_values


@pytest.fixture
def toy_score(monkeypatch):
    """How far mu reaches, in one row, with a setting of its own."""
    row = Metric(
        lambda seen, toy_times: toy_times * float(abs(seen.latents.mu).max()),
        (Figure("Reach", "σ", "%.3f"),),
        settings={"toy_times": Setting("toy-times", int, "1", "times it is taken")},
    )
    monkeypatch.setitem(METRICS, "toy", row)
    monkeypatch.delitem(METRICS, "probes")  # they take longer than all others


@pytest.mark.process
def test_a_score_is_told_stored_and_shown(toy_score, tmp_path, monkeypatch, digits, open_page):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    one = save_tiny(tmp_path / "one", digits)
    save_tiny(tmp_path / "other", digits, seed=1)
    query = {"models": "one,other"}
    assert "Reach (σ)" not in open_page("library").dataframe[0].value
    figures = [[figure["name"] for figure in one["figures"]] for one in compared(open_page("compare", query))]
    assert figures == [["nll (nats)", "rate (nats)", "Active units"]] * 2

    found = answered("evaluate", str(one.folder), "--toy-times", "2")
    reach = 2 * float(abs(checkpoints.read_latents(one).mu).max())
    assert (found["toy"], found["toy_times"]) == (pytest.approx(reach), 2)
    (stored,) = [
        result
        for result in json.loads((one.folder / checkpoints.METRICS).read_text())["results"]
        if result["metric"] == "toy"
    ]
    source = {"dataset": "digits", "split": "test", "n": 360, "seed": 0, "settings": {"toy_times": 2}}
    assert stored == {"metric": "toy", **source, "value": found["toy"]}

    table = open_page("library").dataframe[0].value.set_index("Model")
    assert table.loc["one", "Reach (σ)"] == found["toy"]
    assert table["Reach (σ)"].isna()["other"]
    figures = [figure for one in compared(open_page("compare", query)) for figure in one["figures"]]
    shown = [figure["text"] for figure in figures if figure["name"] == "Reach (σ)"]
    assert shown == [f"{found['toy']:.3f}", "–"]


CLASSES, FACTORS = ("dark", "light"), (Factor("level", 200), Factor("side", 2))


def load_toy(split: str, root: Path) -> ImageSet:
    """Grey squares, light or dark, whose level and side are known."""
    rng = np.random.default_rng(len(split))
    values = np.stack([rng.integers(0, 200, 160), rng.integers(0, 2, 160)], axis=1).astype(np.uint8)
    levels = np.zeros((160, 1, 16, 16), np.uint8)
    for image, (level, side) in zip(levels, values, strict=True):
        image[:, 4:12, 8 * side : 8 * side + 8] = level + 50
    return ImageSet("toy", split, levels, values[:, 0].astype(np.int64) // 100, CLASSES, FACTORS, values)


@pytest.fixture
def toy_images(monkeypatch):
    row = Dataset(
        "Toy squares",
        FirstRun("mlp-small-z2", 3),
        (1, 16, 16),
        CLASSES,
        lambda root: True,
        load_toy,
        lambda *_: None,
        factors=FACTORS,
    )
    monkeypatch.setitem(DATASETS, "toy", row)


@pytest.mark.process
def test_a_data_set_is_offered_trained_and_opened(toy_images, tmp_path, monkeypatch, open_page, capsys):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    with pytest.raises(SystemExit):
        main(("train", "--help"))
    assert "toy" in capsys.readouterr().out

    words = ("train", "--dataset", "toy", "--preset", "mlp-small-z2", "--epochs", "1", "--threads", "1")
    found = answered(*words, "--journal", str(tmp_path / "journal"), "--out", str(tmp_path / "run"))
    assert (found["dataset"], found["n"]) == ("toy", 160)
    checkpoint = catalogue.find("run")
    assert set(checkpoints.read_latents(checkpoint).label.tolist()) == {0, 1}

    at = open_page("train")
    choice = at.selectbox(key=form_values.widget_key("dataset"))
    at = choice.select_index(len(choice.options) - 1).run()
    assert not at.exception
    assert not at.error
    choice = at.selectbox(key=form_values.widget_key("dataset"))
    assert (choice.value, choice.options[-1]) == ("toy", "Toy squares")
    table = open_page("library").dataframe[0].value.set_index("Model")
    assert table.loc["run", "Data set"] == "Toy squares"
    assert table.loc["run", "nll (nats), Toy squares"] == pytest.approx(found["nll"])
    at = open_page("explore", {"model": "run"})
    assert not at.exception
    assert not at.error
    assert any("160 test images of Toy squares" in caption.value for caption in at.caption)
