"""The command line: one process, called as a person would, ending in one JSON object."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.commands import ROOT, TRAIN, answered, interrupted
from vae_explorer import checkpoints, cli, coding, datasets
from vae_explorer.checkpoints import STATE
from vae_explorer.checkpoints.catalogue import MODELS, RESULTS
from vae_explorer.cli import main, options
from vae_explorer.metrics import METRICS

pytestmark = pytest.mark.thorough

FIGURES = ("nll", "rate", "elbo", "active_units", "n", "seed", "evaluation_seed")
MODELS_TRIED = {
    "vae": ("--beta", "2", "--latent-dim", "4", "--seed", "3"),
    "cvae": ("--preset", "cvae-mlp-small-z2"),
    "ae": ("--preset", "ae-mlp-small-z2"),
    "pca": ("--preset", "pca-z2"),
    "mixture": ("--prior", "mixture", "--components", "5"),
    "vamp": ("--prior", "vamp", "--components", "5"),
    "anomaly": ("--held-out", "4"),
    "mse": ("--preset", "mlp-256-64-z10-mse"),
}


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """Each kind of model, trained once: its folder and the answer of `train`."""
    root, found = tmp_path_factory.mktemp("runs"), {}

    def train(kind: str) -> tuple[Path, dict]:
        if kind not in found:
            folder = root / kind
            words = (*TRAIN, "--epochs", "3", "--out", str(folder), *MODELS_TRIED[kind])
            found[kind] = folder, answered(*words)
        return found[kind]

    return train


@pytest.mark.process
def test_a_process_of_its_own_trains_as_this_one_does(trained, tmp_path):
    folder, _ = trained("vae")
    words = (*TRAIN, "--epochs", "3", *MODELS_TRIED["vae"], "--out", str(tmp_path / "again"))
    done = subprocess.run(
        [sys.executable, "-m", "vae_explorer", *words], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("epoch ") == 3
    assert json.loads(done.stdout.splitlines()[-1])["epochs"] == 3
    assert (tmp_path / "again" / checkpoints.WEIGHTS).read_bytes() == (folder / checkpoints.WEIGHTS).read_bytes()


def test_training_ends_with_one_json_object(trained):
    folder, values = trained("vae")
    named = {"run", "dataset", "epochs", "seconds", "images_per_second", "threads", "device", "split", *FIGURES}
    assert named <= set(values)
    assert values["elbo"] == pytest.approx(-(values["nll"] + values["rate"]))
    assert (values["run"], values["dataset"], values["epochs"], values["n"]) == (str(folder), "digits", 3, 360)
    opened = checkpoints.open_checkpoint(folder)
    assert (opened.recipe.train.beta, opened.recipe.model.latent_dim, opened.recipe.threads) == (2.0, 4, 1)
    assert STATE not in opened.files


def test_a_run_that_nobody_named_stands_beside_another_of_its_name(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    name, words = "digits-mlp-small-z2-b1-s0", (*TRAIN, "--epochs")
    first, other = answered(*words, "1"), answered(*words, "2")
    assert [Path(one["run"]).name for one in (first, other)] == [name, f"{name}-2"]
    assert "note" not in first
    assert other["note"] == f"{name} is the name of another run; this one is called {name}-2."
    again = answered(*words, "1")
    assert again["note"] == f"{name} is the name of another run; this one is called {name}-3."
    assert answered(*words, "2", "--replace")["epochs"] == 2
    names = [name, f"{name}-2", f"{name}-3"]
    assert [Path(again["run"]).name, *sorted(path.name for path in tmp_path.iterdir())] == [names[-1], *names]


def test_a_name_that_was_given_is_refused_where_a_run_has_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    words = (*TRAIN, "--epochs", "1", "--out", str(tmp_path / "mine"))
    answered(*words)
    capsys.readouterr()
    assert main(words) == 2
    assert "exists already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_both_seeds_are_told_by_name(trained):
    folder, values = trained("vae")
    assert (values["seed"], values["evaluation_seed"]) == (3, 0)
    again = answered("evaluate", str(folder), "--seed", "9")
    assert (again["seed"], again["evaluation_seed"]) == (3, 9)


def test_a_run_starts_from_the_first_run_of_its_data_set(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    answered("train", "--dataset", "digits", "--threads", "1", "--epochs", "1")
    first = datasets.DATASETS["digits"].first_run
    (folder,) = tmp_path.iterdir()
    assert checkpoints.open_checkpoint(folder).recipe.preset == first.preset
    asked = cli._parser().parse_args(["train", "--dataset", "digits"])
    assert options.run_settings(asked).train.epochs == first.epochs


@pytest.mark.parametrize("kind", MODELS_TRIED)
def test_evaluate_gives_the_same_figures_and_stores_the_others(trained, kind):
    folder, values = trained(kind)
    before = checkpoints.open_checkpoint(folder)
    again = answered("evaluate", str(folder), "--again")
    assert {name: again[name] for name in FIGURES} == {name: values[name] for name in FIGURES}
    assert (again["dataset"], again["split"], again["n"]) == ("digits", "test", 360)
    opened = checkpoints.open_checkpoint(folder)
    assert (opened.recipe, opened.files) == (before.recipe, before.files)
    stored = {name: result.value for name, result in RESULTS.get(opened).items()}
    assert {name: again[name] for name in METRICS if again[name] is not None or name in stored} == stored
    width = before.recipe.model.latent_dim
    assert len(again["aggregate_mean"]) == len(again["aggregate_covariance"]) == width
    if kind in ("ae", "pca"):
        assert [again[name] for name in ("rate", "elbo", "iw_bound", "bits_per_pixel", "kl_per_dim")] == [None] * 5
        return
    assert again["iw_bound"] > again["elbo"]
    assert again["iw_samples"] == 10
    bits = None if kind == "mse" else pytest.approx(-again["elbo"] / 784 / 0.6931472)
    assert again["bits_per_pixel"] == bits


def test_what_cannot_be_stored_is_told_all_the_same(trained, monkeypatch, capsys):
    folder, _ = trained("ae")
    before = checkpoints.open_checkpoint(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vae_explorer.folders._write_file", full)
    assert main(("evaluate", str(folder), "--seed", "7")) == 0
    told, said = capsys.readouterr()
    assert json.loads(told.splitlines()[-1])["evaluation_seed"] == 7
    assert said == "not stored: ae cannot be written: No space left on device.\n"
    assert checkpoints.open_checkpoint(folder) == before


def test_evaluate_measures_the_split_seed_and_samples_it_is_told(trained):
    folder, _ = trained("vae")
    train = answered("evaluate", str(folder), "--split", "train", "--samples", "1", "--seed", "5")
    assert (train["split"], train["n"], train["evaluation_seed"], train["iw_samples"]) == ("train", 1437, 5, 1)
    other = answered("evaluate", str(folder), "--split", "train", "--samples", "1", "--seed", "6")
    assert train["nll"] != other["nll"]


def test_the_error_of_reconstructions_is_measured(trained, digits):
    folder, _ = trained("mse")
    model = MODELS.get(checkpoints.open_checkpoint(folder))
    decoded = coding.decode(model, coding.encode_set(model, digits).mu)
    expected = ((decoded - digits.images / 255) ** 2).mean()
    assert answered("evaluate", str(folder))["reconstruction_mse"] == pytest.approx(expected, rel=1e-4)


def test_probes_are_fitted_on_one_split_and_scored_on_the_other(trained, digits, digits_train):
    from sklearn.neighbors import KNeighborsClassifier

    folder, _ = trained("vae")
    found = answered("evaluate", str(folder))["probes"]
    assert (found["fitted_on"], found["scored_on"], found["scored"]) == ("train", "test", 360)
    assert found["labels"] == [10, 100, 1000, 1437]
    model = MODELS.get(checkpoints.open_checkpoint(folder))
    fitted, scored = coding.encode_set(model, digits_train).mu, coding.encode_set(model, digits).mu
    near = KNeighborsClassifier(found["neighbours"]).fit(fitted, digits_train.labels)
    assert found["knn"][-1] == pytest.approx(near.score(scored, digits.labels), abs=0.005)
    on_train = answered("evaluate", str(folder), "--split", "train")["probes"]
    assert on_train == found


def test_a_model_that_is_told_the_class_is_not_probed_for_it(trained):
    found = answered("evaluate", str(trained("cvae")[0]))
    assert found["probes"] is None
    assert found["iw_bound"] > found["elbo"]


def test_a_held_out_class_is_scored_as_an_anomaly(trained, digits):
    from sklearn.metrics import roc_auc_score

    folder, _ = trained("anomaly")
    told = answered("evaluate", str(folder))
    found, parts = told["anomaly"], told["apart"]
    assert parts["trained"]["n"] + parts["held_out"]["n"] == told["n"]
    latents = coding.encode_set(MODELS.get(checkpoints.open_checkpoint(folder)), digits)
    assert latents.rate is not None
    strange = digits.labels == 4
    assert (found["held_out"], found["n_anomalous"]) == (4, strange.sum())
    assert parts["held_out"]["nll"] == pytest.approx(latents.nll[strange].mean(), rel=1e-5)
    assert found["auroc_nll"] == pytest.approx(roc_auc_score(strange, latents.nll))
    assert found["auroc_elbo"] == pytest.approx(roc_auc_score(strange, latents.nll + latents.rate), abs=1e-6)
    other = answered("evaluate", str(trained("vae")[0]))
    assert (other["anomaly"], other["apart"]) == (None, None)


def test_embed_replaces_the_latents(trained, tmp_path):
    folder, _ = trained("mixture")
    answered("embed", str(folder), "--split", "train")
    latents = checkpoints.read_latents(checkpoints.open_checkpoint(folder))
    assert (latents.split, len(latents.label)) == ("train", 1437)
    answered("embed", str(folder))


def test_embed_halves_the_weights_and_measures_these(trained, tmp_path):
    folder, before = tmp_path / "half", checkpoints.open_checkpoint(trained("vae")[0])
    shutil.copytree(before.folder, folder)
    told, after = answered("embed", str(folder), "--half"), checkpoints.open_checkpoint(folder)
    sizes = [(one.folder / checkpoints.WEIGHTS).stat().st_size for one in (before, after)]
    assert sizes[1] < 0.55 * sizes[0]
    assert {value.dtype for value in checkpoints.read_weights(after).values()} == {np.dtype(np.float16)}
    nll = coding.encode_set(MODELS.get(after), datasets.load("digits", "test")).nll.mean()
    assert told["nll"] == pytest.approx(float(nll), rel=1e-6)
    assert checkpoints.read_measurements(after).results == ()


def test_an_interrupted_run_is_not_halved(tmp_path, capsys):
    folder = tmp_path / "run"
    interrupted(*TRAIN, "--epochs", "2", "--out", str(folder))
    assert main(("embed", str(folder), "--half")) == 2
    assert "finish it before you halve it" in capsys.readouterr().err


def test_embed_keeps_an_interrupted_run_resumable(tmp_path, capsys):
    folder, words = tmp_path / "cut", (*TRAIN, "--epochs", "3")
    whole = answered(*words, "--out", str(tmp_path / "whole"))
    interrupted(*words, "--out", str(folder))
    assert "saved whole before is kept" in capsys.readouterr().err
    assert answered("embed", str(folder))["epochs"] == 1
    assert STATE in checkpoints.open_checkpoint(folder).files
    again = answered("train", "--resume", str(folder), "--beta", "1", "--threads", "1")
    assert {name: again[name] for name in FIGURES} == {name: whole[name] for name in FIGURES}
    assert (folder / checkpoints.WEIGHTS).read_bytes() == (tmp_path / "whole" / checkpoints.WEIGHTS).read_bytes()


@pytest.mark.parametrize("source", ["prior", "aggregate"])
@pytest.mark.parametrize("kind", ["vae", "cvae", "mixture", "vamp", "ae", "pca"])
def test_sample_writes_a_picture_of_new_images(trained, kind, source, tmp_path, capsys):
    folder, _ = trained(kind)
    file = tmp_path / "new" / "sample.png"
    words = ("sample", str(folder), "--out", str(file), "--source", source, "--n", "7", "--seed", "3")
    if kind in ("ae", "pca") and source == "prior":
        assert main(words) == 2
        assert "has no prior" in capsys.readouterr().err
        assert not file.exists()
        return
    values = answered(*words)
    assert (values["file"], values["n"], values["source"], values["seed"]) == (str(file), 7, source, 3)
    picture = Image.open(io.BytesIO(file.read_bytes()))
    assert (picture.format, picture.size) == ("PNG", (3 * 29 - 1, 3 * 29 - 1))
    first = np.asarray(picture)[:28, :28]
    assert first.std() > 5
    once = file.read_bytes()
    answered(*words)
    assert file.read_bytes() == once
    answered(*words[:-1], "4")
    assert file.read_bytes() != once


def test_samples_of_a_conditional_model_go_through_its_classes(trained, tmp_path):
    """The tile of image i shows code i decoded as class i mod 10."""
    from vae_explorer import images
    from vae_explorer.latents import sampling

    folder, _ = trained("cvae")
    file = tmp_path / "sample.png"
    answered("sample", str(folder), "--out", str(file), "--n", "16", "--seed", "1")
    model = MODELS.get(checkpoints.open_checkpoint(folder))
    expected = coding.decode(model, sampling.standard_normal(16, 2, 1), np.arange(16) % 10)
    assert np.array_equal(np.asarray(Image.open(file))[29 : 29 + 28, :28], images.to_uint8(expected)[4, 0])


def test_export_writes_weights_or_samples_whole(trained, tmp_path, capsys):
    folder, _ = trained("cvae")
    file = tmp_path / "new" / "vae.pt"
    said = answered("export", str(folder), "--state-dict", "--out", str(file))
    assert said == {"run": str(folder), "file": str(file), "bytes": file.stat().st_size, "what": "state dict"}
    answered("export", str(folder), "--samples", "2", "--per-class", "--out", str(tmp_path / "new.npz"))
    with np.load(tmp_path / "new.npz") as found:
        assert found["images"].shape == (20, 1, 28, 28)
    answered("export", str(folder), "--codes", "--out", str(tmp_path / "codes.npz"))
    with np.load(tmp_path / "codes.npz") as found:
        stored = checkpoints.read_latents(checkpoints.open_checkpoint(folder))
        np.testing.assert_array_equal(found["mu"], stored.mu)
        assert set(found) == {"index", "label", "class", "nll", "rate", "mu", "sigma"}
    answered("export", str(folder), "--codes", "--out", str(tmp_path / "codes.csv"))
    assert (tmp_path / "codes.csv").read_text().count("\n") == len(stored.mu) + 1
    capsys.readouterr()
    assert main(("export", str(folder), "--codes", "--out", str(tmp_path / "no.txt"))) == 2
    assert ".csv, .npz" in capsys.readouterr().err
    assert main(("export", str(folder), "--samples", "-1", "--out", str(tmp_path / "no.npz"))) == 2
    assert "samples must be from 1" in capsys.readouterr().err
    assert not list(tmp_path.glob("no.*"))


def test_an_existing_run_is_kept_unless_replaced(trained, tmp_path, capsys):
    words = (*TRAIN, "--epochs", "1", "--out", str(tmp_path / "run"))
    answered(*words)
    before = checkpoints.open_checkpoint(tmp_path / "run").version
    capsys.readouterr()
    assert main((*words, "--seed", "1")) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--replace" in said
    assert checkpoints.open_checkpoint(tmp_path / "run").version == before
    answered(*words, "--seed", "1", "--replace")
    assert checkpoints.open_checkpoint(tmp_path / "run").recipe.train.seed == 1
