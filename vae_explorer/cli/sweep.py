"""sweep: several betas and seeds, trained side by side, here or on an engine."""

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from vae_explorer import engines
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.cli import options as shared
from vae_explorer.engines.driver import Driver
from vae_explorer.errors import TrainingStopped, UnknownName, require
from vae_explorer.jobs import housekeeping, records, reports, seeds, sweeps
from vae_explorer.jobs.reports import RunState
from vae_explorer.jobs.sweeps import Cell, Sweep
from vae_explorer.run_settings import RunSettings

MORE = 4
"""Seeds of a model, where none are named."""
THREADS = 1
"""Of each run."""


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `sweep`."""
    shared.add_source(parser, required=False)
    parser.add_argument("--like", metavar="MODEL", help="the id of a model: the same run from other --seeds")
    parser.add_argument("--betas", type=_numbers(float), help="weights on the rate, as in 1,2,4 (default 1)")
    usual = f"(default 0; with --like the first {MORE} that there are none of)"
    parser.add_argument("--seeds", type=_numbers(int), help=f"as in 0,1,2 {usual}")
    shared.add_settings(parser, without=("beta", "seed"))
    parser.add_argument("--replace", action="store_true", help="train runs that exist anew")
    rows = ", ".join(f"{name}[:{row.address}]" if row.address else name for name, row in engines.ENGINES.items())
    parser.add_argument("--on", default=engines.LOCAL, metavar="ENGINE", help=f"{rows} (default %(default)s)")
    parser.add_argument("--jobs", type=int, help="runs at a time (default: as many as the engine has CPUs)")


def run(options: argparse.Namespace) -> None:
    """Train one run for every pair of a beta and a seed, side by side with one thread each, into the runs folder.

    Asked for again, a sweep goes on where it stopped, and nothing is trained twice.
    """
    require(options.jobs is None or options.jobs >= 1, f"jobs must be from 1, not {options.jobs}.")
    chosen = engines.choice(options.on)
    settings, betas, numbers = _asked(options)
    wanted = sweeps.planned(settings, betas, numbers, THREADS)
    with chosen.engine.crew(chosen.address) as crew:
        shared.fetch(settings.dataset, options)
        if options.replace:
            _delete([job.name for job in wanted])
        sweep = sweeps.write_down(wanted, betas, numbers, THREADS)
        renamed = shared.renamed([job.name for job in wanted], sweep.runs)
        Driver(sweep, chosen.name, crew, options.jobs or crew.slots, options.data_dir, _say).drive()
    _answer(sweep, renamed)


class _Asked(NamedTuple):
    """What the runs share, and what they differ in."""

    settings: RunSettings
    betas: list[float]
    seeds: list[int]


def _asked(options: argparse.Namespace) -> _Asked:
    """From the options, or what a model was trained with, which leaves nothing to choose but seeds."""
    if options.like is None:
        require(options.dataset is not None, "Give --dataset as well, or --like a model.")
        return _Asked(shared.run_settings(options), options.betas or [1.0], options.seeds or [0])
    names = {*shared.training_options(), *shared.SHAPE, "preset", "dataset", "betas"}
    given = [name for name, value in shared.given(options, names).items() if value is not None]
    flags = ", ".join(map(shared.flag, given))
    require(not given, f"--like takes every setting but the seeds from the model; leave out {flags}.")
    model = catalogue.find(options.like)
    settings = seeds.settings_of(model)
    chosen = options.seeds or list(seeds.free_seeds(model, MORE))
    _require_untrained(model, settings, chosen)
    return _Asked(settings, [settings.train.beta], chosen)


def _require_untrained(model: Checkpoint, settings: RunSettings, chosen: list[int]) -> None:
    """Refuse seeds that there are models of by other names; a run of the same name is answered from disk."""
    trained = seeds.trained(model)
    others = {seed: trained[seed].id for seed in chosen if seed in trained}
    there = [name for seed, name in others.items() if settings.with_training(seed=seed).name != name]
    told = "is there already; leave out its seed" if len(there) == 1 else "are there already; leave out their seeds"
    require(not there, f"{', '.join(there)} {told}.")


def _answer(sweep: Sweep, renamed: dict[str, Any]) -> None:
    """The figures of the runs that are finished, whoever trained them.

    Raises:
        TrainingStopped: when some are not.
    """
    from vae_explorer.cli.train import told_of

    finished = [run for run in sweep.runs if _finished(run)]
    shared.answer(runs=[told_of(records.run_folder(run)) for run in finished], sweep=sweep.name, **renamed)
    left = len(sweep.runs) - len(finished)
    if left:
        raise TrainingStopped(f"{left} of {len(sweep.runs)} runs did not finish; their lines above say why.")


def _finished(run: str) -> bool:
    with suppress(UnknownName):  # deleted meanwhile
        return reports.state(records.read(run)) == RunState.FINISHED
    return False


def _delete(names: list[str]) -> None:
    """Those that are there: what is to be trained anew."""
    for name in names:
        with suppress(UnknownName):
            housekeeping.delete(name)


def _say(cell: Cell, line: str) -> None:
    """What a run says, but for its answer."""
    if not line.startswith("{"):
        print(f"β {cell.beta:g}, seed {cell.seed}: {line}", file=sys.stderr, flush=True)


def _numbers(kind: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    def parse(text: str) -> list[Any]:
        try:
            return list(dict.fromkeys(kind(part) for part in text.split(",")))
        except ValueError as error:
            raise argparse.ArgumentTypeError(
                f"expected numbers with commas between, as in 1,2,4; got “{text}”"
            ) from error

    return parse
