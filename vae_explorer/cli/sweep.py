"""sweep: several betas and seeds, trained side by side."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import TYPE_CHECKING, Any

from vae_explorer.cli import options as shared
from vae_explorer.errors import TrainingStopped, require
from vae_explorer.run_settings import RunSettings

if TYPE_CHECKING:
    from vae_explorer.runs import Plan

MOST = 100


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `sweep`."""
    shared.add_source(parser, required=True)
    parser.add_argument("--betas", type=_numbers(float), default=[1.0], help="weights on the rate, as in 1,2,4")
    parser.add_argument("--seeds", type=_numbers(int), default=[0], help="as in 0,1,2")
    shared.add_settings(parser, without=("beta", "seed"))
    parser.add_argument("--replace", action="store_true", help="overwrite runs that exist")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="runs at a time (default: one per core)")


def run(options: argparse.Namespace) -> None:
    """Train one run for every pair of a beta and a seed, side by side with one thread each, into the runs folder."""
    pairs = list(product(options.betas, options.seeds))
    require(1 <= len(pairs) <= MOST, f"A sweep has 1 to {MOST} runs, not {len(pairs)}.")
    require(options.jobs >= 1, f"jobs must be from 1, not {options.jobs}.")
    wanted = [shared.run_settings(options, beta=beta, seed=seed) for beta, seed in pairs]
    names = [settings.name for settings in wanted]
    twice = [name for name in names if names.count(name) > 1]
    require(not twice, f"Two runs would be called {twice[:1]}; set betas apart.")
    planned = [shared.named(settings, options.replace) for settings in wanted]
    renamed = shared.renamed(wanted, planned)
    shared.fetch(options.dataset, options)
    words = [_words(options, *one) for one in zip(wanted, planned, strict=True)]
    answers = _side_by_side(words, pairs, options.jobs)
    shared.answer(runs=[found for found in answers if found is not None], **renamed)
    failed = [pair for pair, found in zip(pairs, answers, strict=True) if found is None]
    if failed:
        raise TrainingStopped(f"{len(failed)} of {len(pairs)} runs did not finish; their lines above say why.")


def _words(options: argparse.Namespace, settings: RunSettings, planned: "Plan") -> list[str]:
    """The command line of one run of the sweep."""
    words = [*settings.options(), f"--out={planned.folder}", "--threads=1"]
    words += ["--replace"] if options.replace else []
    return words + (["--data-dir", str(options.data_dir)] if options.data_dir else [])


def _side_by_side(words: list[list[str]], pairs: list[tuple[float, int]], jobs: int) -> list[dict[str, Any] | None]:
    """Every run's answer; an interruption reaches the runs that are in progress, and starts no further ones."""
    running: list[subprocess.Popen[str]] = []
    with ThreadPoolExecutor(jobs) as pool:
        try:
            return list(pool.map(lambda one, pair: _train(one, pair, running), words, pairs))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            raise


def _train(words: list[str], pair: tuple[float, int], running: list[subprocess.Popen[str]]) -> dict[str, Any] | None:
    """Run one training as a process of its own, its progress on our stderr; None when it did not finish."""
    command = [sys.executable, "-m", "vae_explorer", "train", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        running.append(process)
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stderr:
            print(f"β {pair[0]:g}, seed {pair[1]}: {line}", end="", file=sys.stderr, flush=True)
        last = process.stdout.read()
    return json.loads(last.splitlines()[-1]) if process.returncode == 0 else None


def _numbers(kind: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    def parse(text: str) -> list[Any]:
        try:
            return list(dict.fromkeys(kind(part) for part in text.split(",")))
        except ValueError as error:
            raise argparse.ArgumentTypeError(
                f"expected numbers with commas between, as in 1,2,4; got “{text}”"
            ) from error

    return parse
