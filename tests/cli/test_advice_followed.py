"""What a refusal advises is done as it says, and is not refused in turn."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import torch

from tests.commands import TRAIN, answered, interrupted
from vae_explorer import checkpoints
from vae_explorer.checkpoints import STATE, WEIGHTS
from vae_explorer.checkpoints.folder import config_bytes
from vae_explorer.cli import main
from vae_explorer.training import process
from vae_explorer.training.divergence import Watch

pytestmark = pytest.mark.thorough

CORES = os.cpu_count() or 1
NEW = (*TRAIN, "--epochs", "1", "--out", "{new}")
RESUME = ("train", "--resume", "{cut}")
FURTHER = ("train", "--resume", "{whole}")


def unchanged(place: Path, patch: pytest.MonkeyPatch) -> None:
    """The folders as they are."""


def of_many_threads(place: Path, patch: pytest.MonkeyPatch) -> None:
    config = place / "cut" / checkpoints.CONFIG
    config.write_text(config.read_text().replace('"threads": 1', '"threads": 4096'))


def of_a_card(place: Path, patch: pytest.MonkeyPatch) -> None:
    config = place / "cut" / checkpoints.CONFIG
    config.write_text(config.read_text().replace('"device": "cpu"', '"device": "cuda"'))
    patch.setitem(process.PRESENT, "cuda", lambda: False)


def too_far_once(place: Path, patch: pytest.MonkeyPatch) -> None:
    look, left = Watch.look, iter([True])

    def looked(self, model, epoch, kept):
        with torch.no_grad():
            model.moments.bias[:2] += 1e6 * next(left, False)
        return look(self, model, epoch, kept)

    patch.setattr(Watch, "look", looked)


def without_a_state_that_fits(place: Path, patch: pytest.MonkeyPatch) -> None:
    opened = checkpoints.open_checkpoint(place / "cut")
    contents = {name: (opened.folder / name).read_bytes() for name in opened.files}
    contents[STATE] = contents[WEIGHTS]
    (opened.folder / STATE).write_bytes(contents[STATE])
    (opened.folder / checkpoints.CONFIG).write_bytes(config_bytes(opened.recipe, contents))


class Advice(NamedTuple):
    """What is refused, with which advice, and every way to follow it."""

    asked: tuple[str, ...]
    told: str
    followed: tuple[tuple[str, ...], ...]
    before: Callable[[Path, pytest.MonkeyPatch], None] = unchanged


TOO_FAST = ("--lr", "10", "--schedule", "constant")
TABLE = {
    "no number at once": Advice(
        (*NEW, *TOO_FAST, "--beta", "10000"),
        "Start again with a lower lr (now 10) or a lower beta (now 10000)",
        ((*NEW, "--lr", "0.001", "--schedule", "constant"),),
    ),
    "no number later": Advice(
        (*RESUME, "--lr", "10", "--beta", "10000"),
        "Resume it with a lower lr (now 10) or a lower beta (now 10000)",
        ((*RESUME, "--lr", "0.001"), (*RESUME, "--lr", "0.001", "--beta", "0.5")),
    ),
    "diverged later": Advice(
        RESUME, "Resume it with a lower lr (now 0.003)", ((*RESUME, "--lr", "0.001"),), too_far_once
    ),
    "diverged at once": Advice(NEW, "Start again with a lower lr", ((*NEW, "--lr", "0.001"),), too_far_once),
    "threads of another machine": Advice(
        RESUME, f"add --threads {CORES}.", ((*RESUME, "--threads", f"{CORES}"),), of_many_threads
    ),
    "more threads than there are": Advice(
        (*RESUME, "--threads", "4096"),
        f"threads must be from 1 to {CORES}",
        ((*RESUME, "--threads", f"{CORES}"), (*RESUME, "--threads", "1")),
        of_many_threads,
    ),
    "a card that is not here": Advice(RESUME, "add --device cpu.", ((*RESUME, "--device", "cpu"),), of_a_card),
    "no such device": Advice(
        (*RESUME, "--device", "cuda"),
        "take cpu or auto",
        ((*RESUME, "--device", "cpu"), (*RESUME, "--device", "auto")),
        of_a_card,
    ),
    "finished": Advice(FURTHER, "give epochs above 1", ((*FURTHER, "--epochs", "2"),)),
    "too few epochs": Advice((*FURTHER, "--epochs", "1"), "epochs from 2 on", ((*FURTHER, "--epochs", "2"),)),
    "nothing held out": Advice(
        (*RESUME, "--patience", "3"), "start another run for that", (RESUME, (*NEW, "--patience", "3"))
    ),
    "another shape": Advice(
        (*RESUME, "--latent-dim", "9"), "leave it out, or start another run", (RESUME, (*NEW, "--latent-dim", "9"))
    ),
    "another place": Advice((*RESUME, "--out", "{new}"), "leave --out and --replace", (RESUME,)),
    "a journal inside": Advice(
        (*RESUME, "--journal", "{cut}/journal"), "choose another --journal", ((*RESUME, "--journal", "{new}"),)
    ),
    "a state that does not fit": Advice(
        RESUME,
        "train again from the start",
        ((*TRAIN, "--epochs", "1", "--out", "{cut}", "--replace"),),
        without_a_state_that_fits,
    ),
    "there already": Advice(
        (*TRAIN, "--epochs", "1", "--out", "{whole}"),
        "choose another --out, or --replace it",
        (NEW, (*TRAIN, "--epochs", "1", "--out", "{whole}", "--replace")),
    ),
    "no data set": Advice(("train", "--epochs", "1"), "Give --dataset as well, or --resume a run", (NEW, RESUME)),
    "a choice by nothing": Advice(
        (*NEW, "--keep", "best", "--validation", "0"),
        "such as 0.05",
        ((*NEW, "--keep", "best", "--validation", "0.05"), (*NEW, "--keep", "best")),
    ),
    "pixels that are not drawn": Advice((*NEW, "--redraw"), "leave redraw out", (NEW,)),
    "a variance of none": Advice(
        (*NEW, "--variance", "0.1"),
        "leave it out, or give likelihood gaussian",
        (NEW, (*NEW, "--variance", "0.1", "--likelihood", "gaussian")),
    ),
    "no beta": Advice(
        (*NEW, "--objective", "iwae", "--importance-samples", "2", "--beta", "2"),
        "leave beta and annealing out",
        ((*NEW, "--objective", "iwae", "--importance-samples", "2"),),
    ),
    "another objective's": Advice((*NEW, "--capacity", "5"), "leave it out", (NEW,)),
    "no latents yet": Advice(
        ("sample", "{cut}", "--source", "aggregate", "--out", "{new}.png"),
        "run `python -m vae_explorer embed` on it",
        (("embed", "{cut}"), ("sample", "{cut}", "--source", "aggregate", "--out", "{new}.png")),
    ),
}
IN_TURN = {"no latents yet"}
"""Whose ways are the steps of one."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> Path:
    """An interrupted run of two epochs, and one that is finished after one."""
    place = tmp_path_factory.mktemp("advice")
    interrupted(*TRAIN, "--epochs", "2", "--schedule", "constant", "--out", str(place / "cut"))
    answered(*TRAIN, "--epochs", "1", "--out", str(place / "whole"))
    return place


@pytest.mark.parametrize("name", TABLE)
def test_what_is_advised_can_be_done(name, folders, tmp_path, capsys):
    advice = TABLE[name]
    ways = [advice.followed] if name in IN_TURN else [(way,) for way in advice.followed]
    for number, way in enumerate(ways):
        place = tmp_path / str(number)
        shutil.copytree(folders, place)
        with pytest.MonkeyPatch.context() as patch:
            advice.before(place, patch)
            assert main(within(place, advice.asked)) != 0
            assert advice.told in capsys.readouterr().err
            for words in way:
                assert main(within(place, words)) == 0, capsys.readouterr().err
                assert json.loads(capsys.readouterr().out.splitlines()[-1])


def within(place: Path, words: tuple[str, ...]) -> list[str]:
    return [word.format(new=place / "new", cut=place / "cut", whole=place / "whole") for word in words]
