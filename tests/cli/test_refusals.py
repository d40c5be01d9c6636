"""Bad input at the command line: one clear line, exit code 2, and nothing half-written."""

from pathlib import Path

import numpy as np
import pytest

from tests.commands import ONE_EPOCH, TRAIN, answered, interrupted, whole
from vae_explorer import checkpoints, datasets
from vae_explorer.checkpoints import STATE
from vae_explorer.datasets import Dataset, FirstRun
from vae_explorer.datasets.images import ImageSet
from vae_explorer.training import process


def named(value: object) -> str:
    """A case is called by its words."""
    return " ".join(value)[:50] if isinstance(value, tuple) else ""


BAD_SETTINGS = [
    (("--preset", "mlp-z99"), "mlp-400-z20"),
    (("--preset", "ae-mlp-z99"), "ae-…"),
    (("--dataset", "imagenet"), "digits"),
    (("--objective", "gan"), "beta-tcvae"),
    (("--prior", "flow"), "vamp"),
    (("--likelihood", "poisson"), "gaussian-learned"),
    (("--schedule", "sawtooth"), "constant"),
    (("--annealing", "slow"), "cyclical"),
    (("--precision", "fp8"), "bf16"),
    (("--start", "hot"), "prepared"),
    (("--device", "abacus"), "cpu, auto"),
    (("--beta", "-1"), "beta must be a number from 0"),
    (("--beta", "nan"), "beta must be a number from 0"),
    (("--beta=-inf",), "beta must be a number from 0"),
    (("--beta", "much"), "invalid float value"),
    (("--lr", "0"), "lr must be above 0"),
    (("--lr", "-0.001"), "lr must be above 0"),
    (("--lr", "nan"), "lr must be above 0"),
    (("--epochs", "0"), "epochs must be a whole number from 1"),
    (("--epochs", "1.5"), "invalid int value"),
    (("--batch-size", "0"), "batch_size must be"),
    (("--batch-size", "1438"), "at most the 1437 training images"),
    (("--held-out", "3", "--batch-size", "1437"), "at most the 1294 training images"),
    (("--held-out", "10"), "from 0 to 9"),
    (("--latent-dim", "0"), "latent_dim must be a whole number from 1"),
    (("--latent-dim", "1000000"), "latent_dim must be a whole number from 1"),
    (("--seed", "-1"), "seed must be a whole number from 0 to 4294967295, not -1"),
    (("--seed", "4294967296"), "seed must be a whole number from 0 to 4294967295, not 4294967296"),
    (("--variance", "0"), "variance must be"),
    (("--components", "5"), "components must be from 1 to 1"),
    (("--prior", "mixture"), "components must be from 2"),
    (("--prior", "vamp", "--components", "5", "--preset", "cvae-mlp-z2"), "no labels"),
    (("--prior", "mixture", "--components", "5", "--preset", "ae-mlp-z2"), "no prior to choose"),
    (("--objective", "iwae"), "needs importance_samples above 1"),
    (("--objective", "capacity"), "needs capacity above 0"),
    (("--objective", "free-bits"), "needs free_nats above 0"),
    (("--capacity", "5"), "capacity belongs to another objective"),
    (("--objective", "iwae", "--importance-samples", "5", "--beta", "4"), "has no beta"),
    (("--objective", "ae"), "a plain autoencoder"),
    (("--preset", "ae-mlp-z2", "--objective", "beta-vae"), "a plain autoencoder"),
    (("--objective", "pca"), "pca solves for a linear model"),
    (("--preset", "pca-z2", "--objective", "ae"), "pca solves for a linear model"),
    (("--preset", "pca-z2", "--beta", "4"), "pca has no beta"),
    (("--preset", "pca-z2", "--likelihood", "gaussian-learned"), "learns no variance"),
    (("--preset", "pca-z2", "--multi-rate", "0.25,16"), "has a rate"),
    (("--objective", "free-bits", "--free-nats", "1", "--prior", "vamp", "--components", "5"), "prior normal"),
    (("--threads", "0"), "threads must be from 1"),
    (("--threads", "1000000"), "threads must be from 1"),
    (("--out", "/proc/nowhere/run"), "cannot be written"),
    (("--out", "bad name!"), "letters, digits"),
    (("--out", "/"), "has no name"),
    (("--out", "x" * 5000), "no path that can be used"),
    (("--variance", "2"), "variance belongs to a Gaussian likelihood"),
    (("--objective", "iwae", "--importance-samples", "1000", "--batch-size", "1437"), "importance_samples · pixels"),
    (("--surprise", "1"), "unrecognized arguments"),
]


@pytest.mark.parametrize(("option", "sentence"), BAD_SETTINGS, ids=named)
def test_bad_settings_are_refused(option, sentence, refused, tmp_path):
    assert sentence in refused(*ONE_EPOCH, "--out", str(tmp_path / "run"), *option)
    assert list(tmp_path.iterdir()) == []


INCOMPLETE = {
    ("fly",): "invalid choice",
    ("train",): "Give --dataset as well, or --resume",
    ("train", "--preset", "mlp-z2"): "Give --dataset as well",
    ("sweep", "--preset", "mlp-z2"): "--dataset",
    ("evaluate",): "checkpoint",
    ("sample", "somewhere"): "--out",
}


@pytest.mark.parametrize(("words", "sentence"), INCOMPLETE.items(), ids=named)
def test_incomplete_commands_are_refused(words, sentence, refused, tmp_path):
    assert sentence in refused(*words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (("--betas", "1,x"), "expected numbers with commas"),
        (("--betas", "1,-2"), "beta must be"),
        (("--betas", "1,nan"), "beta must be"),
        (("--seeds", "0.5"), "expected numbers with commas"),
        (("--jobs", "0"), "jobs must be from 1"),
        (("--seeds", ",".join(map(str, range(101)))), "1 to 100 runs"),
        (("--epochs", "0"), "epochs must be"),
    ],
    ids=named,
)
def test_a_bad_sweep_is_refused_whole(bad, sentence, refused, tmp_path):
    assert sentence in refused("sweep", "--preset", "mlp-small-z2", "--dataset", "digits", *bad)
    assert list(tmp_path.iterdir()) == []


def test_absent_data_are_named(refused, tmp_path):
    words = ("--preset", "mlp-z2", "--dataset", "mnist", "--data-dir", str(tmp_path), "--threads", "1")
    assert "VAE_EXPLORER_DATA" in refused("train", *words, "--out", str(tmp_path / "run"))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def odd_images(monkeypatch):
    """A data set of 30×30 images, which suit fully connected models alone."""
    rng = np.random.default_rng(0)
    levels = rng.integers(0, 256, (100, 1, 30, 30), dtype=np.uint8)

    def load(split: str, root: Path) -> ImageSet:
        return ImageSet("odd", split, levels, np.arange(100) % 4, tuple("abcd"))

    row = Dataset("Odd", FirstRun("mlp-z2", 1), (1, 30, 30), tuple("abcd"), lambda root: True, load, lambda *args: None)
    monkeypatch.setitem(datasets.DATASETS, "odd", row)


@pytest.mark.parametrize(
    ("preset", "sentence"),
    [("burgess-z10", "32×32 or 64×64"), ("ae-burgess-z10", "32×32 or 64×64"), ("cvae-conv-z10", "divisible by 4")],
)
def test_image_sizes_that_do_not_fit_are_refused(preset, sentence, odd_images, refused, tmp_path):
    words = ("train", "--preset", preset, "--dataset", "odd", "--epochs", "1", "--threads", "1")
    said = refused(*words, "--out", str(tmp_path / "run"))
    assert sentence in said
    assert "not 30×30" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("evaluate", "--split", "nowhere"), "train, test"),
        (("evaluate", "--samples", "0"), "samples must be from 1"),
        (("evaluate", "--seed", "-1"), "seed must be"),
        (("evaluate", "--seed", "4294967296"), "from 0 to 4294967295"),
        (("evaluate", "--dataset", "imagenet"), "digits"),
        (("evaluate", "--dataset", "odd"), "takes images of [1, 28, 28], not [1, 30, 30]"),
        (("embed", "--split", "nowhere"), "train, test"),
        (("embed", "--dataset", "odd"), "takes images of [1, 28, 28], not [1, 30, 30]"),
        (("sample", "--n", "0"), "n must be from 1"),
        (("sample", "--n", "1000000"), "n must be from 1"),
        (("sample", "--source", "thin air"), "prior, aggregate"),
        (("sample", "--seed", "-1"), "seed must be"),
        (("sample", "--seed", "4294967296"), "from 0 to 4294967295"),
        (("sample", "--source", "aggregate", "--components", "0"), "components must be from 1"),
        (("sample", "--source", "aggregate", "--components", "100000"), "components must be from 1"),
        (("sample", "--out", "/proc/nowhere/x.png"), "cannot be written"),
    ],
    ids=named,
)
def test_bad_questions_about_a_checkpoint_are_refused(words, sentence, run, refused, odd_images, tmp_path):
    out = ("--out", str(tmp_path / "sample.png")) if words[0] == "sample" else ()
    assert sentence in refused(words[0], str(run), *out, *words[1:])
    assert list(tmp_path.iterdir()) == []
    assert whole(run)


def test_a_run_of_another_machine_says_what_is_missing_here(refused, tmp_path, monkeypatch):
    folder = tmp_path / "cut"
    interrupted(*TRAIN, "--epochs", "2", "--out", str(folder))
    config = folder / checkpoints.CONFIG
    config.write_text(config.read_text().replace('"device": "cpu"', '"device": "cuda"'))
    monkeypatch.setitem(process.PRESENT, "cuda", lambda: False)
    assert "was trained on cuda, which is not here; add --device cpu" in refused("train", "--resume", str(folder))


@pytest.mark.parametrize("threads", [0, -3, 10**7])
def test_a_run_that_asks_for_absurd_threads_is_refused(threads, refused, tmp_path):
    folder = tmp_path / "cut"
    interrupted(*TRAIN, "--epochs", "2", "--out", str(folder))
    config = folder / checkpoints.CONFIG
    config.write_text(config.read_text().replace('"threads": 1', f'"threads": {threads}'))
    assert f"was trained on {threads} threads, and this machine has" in refused("train", "--resume", str(folder))


def test_an_unwritable_place_is_named_before_anything_is_trained(refused, monkeypatch):
    monkeypatch.setattr("vae_explorer.training.trainer.Trainer.epochs", lambda self: pytest.fail("trained"))
    assert "/proc/nowhere/run cannot be written" in refused(*ONE_EPOCH, "--out", "/proc/nowhere/run")


def test_a_machine_without_a_compiler_says_so(refused, tmp_path, monkeypatch):
    from torch._inductor.exc import InductorError

    def absent(model):
        def run(*arguments):
            raise InductorError(RuntimeError("no working C++ compiler"), None)

        return run

    monkeypatch.setattr("torch.compile", absent)
    assert "no compiler" in refused(*ONE_EPOCH, "--compile", "--out", str(tmp_path / "run"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["evaluate", "embed", "sample"])
def test_broken_checkpoints_are_named(name, refused, tmp_path):
    out = ("--out", str(tmp_path / "sample.png")) if name == "sample" else ()
    assert "There is no folder nothing." in refused(name, str(tmp_path / "nothing"), *out)
    assert list(tmp_path.iterdir()) == []


def test_a_resume_with_another_shape_or_of_a_finished_run_is_refused(run, refused, tmp_path):
    assert "run is finished" in refused("train", "--resume", str(run))
    assert "There is no folder nothing." in refused("train", "--resume", str(tmp_path / "nothing"))
    folder = tmp_path / "cut"
    interrupted(*TRAIN, "--epochs", "2", "--out", str(folder))
    before = checkpoints.open_checkpoint(folder)
    for words, sentence in (
        (("--epochs", "0"), "epochs must be"),
        (("--batch-size", "32"), "started with batch_size 64, not 32"),
        (("--latent-dim", "9"), "started with latent_dim 2, not 9"),
        (("--preset", "mlp-z2"), "started with preset mlp-small-z2, not mlp-z2"),
        (("--dataset", "mnist"), "started with dataset digits, not mnist"),
        (("--threads", "0"), "threads must be from 1"),
        (("--redraw",), "started with redraw False, not True"),
        (("--out", str(tmp_path / "other")), "leave --out and --replace"),
        (("--replace",), "leave --out and --replace"),
    ):
        assert sentence in refused("train", "--resume", str(folder), *words)
    assert checkpoints.open_checkpoint(folder) == before
    state = folder / STATE
    state.write_bytes(state.read_bytes()[:-1])
    assert "training.safetensors is truncated" in refused("train", "--resume", str(folder))


def test_a_file_in_the_way_of_a_run_is_kept(refused, tmp_path):
    (tmp_path / "file").write_text("mine")
    assert "exists already" in refused(*ONE_EPOCH, "--out", str(tmp_path / "file"))
    assert "cannot be written" in refused(*ONE_EPOCH, "--out", str(tmp_path / "file" / "run"))
    assert (tmp_path / "file").read_text() == "mine"


def test_only_checkpoints_are_replaced(refused, tmp_path):
    """A slip of --out must not cost a folder of somebody's files."""
    (tmp_path / "documents").mkdir()
    for mine in (tmp_path / "documents" / "thesis.tex", tmp_path / "file"):
        mine.write_text("years of work")
        out = tmp_path / mine.relative_to(tmp_path).parts[0]
        assert "is no checkpoint" in refused(*ONE_EPOCH, "--out", str(out), "--replace")
        assert mine.read_text() == "years of work"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "file"]


def test_a_broken_checkpoint_can_be_replaced(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / checkpoints.CONFIG).write_text("{")
    answered(*ONE_EPOCH, "--out", str(tmp_path / "run"), "--replace")
    assert whole(tmp_path / "run")


def test_a_loss_that_leaves_the_numbers_says_what_to_change_and_keeps_the_old_run(run, refused):
    before = checkpoints.open_checkpoint(run)
    said = refused(
        *("train", "--preset", "mlp-small-z2", "--dataset", "digits", "--threads", "1", "--batch-size", "1437"),
        *("--epochs", "1", "--lr", "10", "--beta", "10000", "--schedule", "constant", "--start", "plain"),
        *("--out", str(run), "--replace"),
        code=3,
    )
    assert "Start again with a lower lr (now 10) or a lower beta (now 10000)" in said
    assert checkpoints.open_checkpoint(run) == before
    assert whole(run)
