"""Sweeps: runs that differ in β and seed alone, asked for together; what a sweep is lies on disk, how it stands too."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeVar
from zlib import crc32

from vae_explorer import folders, regular_files, strict_json
from vae_explorer.bounds import is_count
from vae_explorer.errors import ExplorerError, InvalidSetting, MissingFile, StorageError, UnknownName, require
from vae_explorer.jobs import desk, housekeeping, lives, overview, records
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import RunState
from vae_explorer.run_settings import RunSettings

N = TypeVar("N", int, float)
FOLDER, SUFFIX = ".sweeps", ".json"
NAME = re.compile(r"sweep-[0-9a-f]{8}")
MAX_BYTES = 1 << 16
MOST_BETAS, MOST_SEEDS = 8, 5
VARIED = ("beta", "seed")
SETTLED = (RunState.QUEUED, RunState.RUNNING, RunState.FINISHED, RunState.DIVERGED)
"""Runs that are not to be queued again."""


class Cell(NamedTuple):
    """One run of a sweep."""

    seed: int
    beta: float
    run: str


@dataclass(frozen=True)
class Sweep:
    """What was asked for; its name is made of that, so that the same sweep, asked for twice, is one."""

    name: str
    settings: RunSettings
    """That all runs share; β and seed are not among them."""
    betas: tuple[float, ...]
    seeds: tuple[int, ...]
    runs: tuple[str, ...]
    """Names, the βs of the first seed first."""
    ticket: int = 1
    """Its place in the order of asking."""
    created: str = ""
    """UTC, to be shown."""

    def __post_init__(self) -> None:
        fits = 1 <= len(self.betas) <= MOST_BETAS and 1 <= len(self.seeds) <= MOST_SEEDS
        require(fits and len(self.runs) == len(self.betas) * len(self.seeds), "A sweep has a run for each β and seed.")
        for beta, seed in product(self.betas, self.seeds):
            self.settings.with_training(beta=beta, seed=seed)
        for run in self.runs:
            records.run_folder(run)
        counted = is_count(self.ticket, 0, records.MOST) and isinstance(self.created, str)
        require(counted, "ticket is a number, created a text.")

    @property
    def cells(self) -> list[Cell]:
        """The runs with their β and seed, row by row."""
        pairs = product(self.seeds, self.betas)
        return [Cell(seed, beta, run) for (seed, beta), run in zip(pairs, self.runs, strict=True)]


def betas(text: str) -> tuple[float, ...]:
    """The β values of a text like `0.5, 1, 2`, rising.

    Raises:
        InvalidSetting: when it holds none, too many, or what is no number.
    """
    return _numbers(text, float, "The β values", "numbers", MOST_BETAS)


def seeds(text: str) -> tuple[int, ...]:
    """The seeds of a text like `0, 1`, rising.

    Raises:
        InvalidSetting: when it holds none, too many, or what is no whole number.
    """
    return _numbers(text, int, "The seeds", "whole numbers", MOST_SEEDS)


def start(settings: RunSettings, betas: Sequence[float], seeds: Sequence[int]) -> Sweep:
    """Write the sweep down and queue its runs; one that is there with the same settings is joined.

    Raises:
        UnknownName, InvalidSetting: for settings that `train` would refuse; then nothing is written.
        StorageError: when it cannot be written down.
    """
    pairs = product(seeds, betas)
    wanted = [desk.job_of(settings.with_training(beta=beta, seed=seed), "", None) for seed, beta in pairs]
    _require_apart(wanted)
    settings = _shared(wanted[0].settings)
    asked = settings.to_dict() | {"betas": tuple(betas), "seeds": tuple(seeds)}
    name = f"sweep-{crc32(json.dumps(asked, sort_keys=True).encode()):08x}"
    with lives.locked(records.desk_lock()):
        runs = tuple(desk.named(job).name for job in wanted)
        ticket = 1 + max((sweep.ticket for sweep in every()), default=0)
        numbers, created = (tuple(betas), tuple(seeds)), datetime.now(UTC).strftime("%FT%T")
        sweep = Sweep(name, settings, *numbers, runs, ticket, created)
        values = asked | {"runs": runs, "ticket": ticket, "created": created}
        folders.write_file(_path(name), json.dumps(values, indent=1).encode())
    for cell in sweep.cells:
        _start(sweep, cell)
    return sweep


def every() -> list[Sweep]:
    """All sweeps that can be read, the latest first."""
    found = []
    for name in regular_files.names(records.jobs_root() / FOLDER):
        try:
            found.append(read(name.removesuffix(SUFFIX)))
        except ExplorerError:
            continue
    return sorted(found, key=lambda sweep: -sweep.ticket)


def read(name: str) -> Sweep:
    """The sweep of this name.

    Raises:
        UnknownName: when there is none.
        StorageError: when what was written down cannot be used.
    """
    path = _path(name)
    try:
        values = strict_json.mapping(regular_files.read(path, MAX_BYTES))
        lists = {key: tuple(values[key]) for key in ("betas", "seeds", "runs")}
        settings = RunSettings(*(values.pop(key) for key in records.SETTINGS))
        return Sweep(name, _shared(settings), **{**values, **lists})
    except MissingFile as error:
        raise UnknownName("sweep", name, ()) from error
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, ExplorerError) as error:
        raise StorageError(f"The sweep {name} cannot be read; start it again.") from error


def stop(sweep: Sweep) -> None:
    """Take its runs out of the queue, then interrupt the one at work: its last whole epoch stays."""
    states = _states(sweep)
    for wanted in (RunState.QUEUED, RunState.RUNNING):
        for run in [run for run, state in states.items() if state == wanted]:
            desk.stop(run)


def resume(sweep: Sweep) -> None:
    """Queue again what was stopped, failed, got lost or was deleted; what diverged would only do so again.

    Raises:
        InvalidSetting: when the name of a deleted run is another's now.
    """
    states = _states(sweep)
    for cell in sweep.cells:
        if states.get(cell.run) not in SETTLED:
            desk.resume(cell.run) if cell.run in states else _start(sweep, cell)


def delete(sweep: Sweep, with_runs: bool) -> None:
    """Forget a sweep that is not at work; its runs stay, or are deleted with it.

    Raises:
        InvalidSetting: while a run waits or trains, if they are to be deleted.
        StorageError: when it cannot be deleted.
    """
    if with_runs:
        states = _states(sweep)
        at_work = [run for run, state in states.items() if state.pending]
        require(not at_work, f"{len(at_work)} of its runs wait or train; stop them first.")
        for run in states:
            housekeeping.delete(run)
    folders.remove_file(_path(sweep.name))


def _numbers(text: str, kind: type[N], what: str, kinds: str, most: int) -> tuple[N, ...]:
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    try:
        found = sorted({kind(part) for part in parts})
    except ValueError as error:
        sentence = f"{what} are {kinds} with commas or spaces between, as in 1, 2, 4; not “{text[:40]}”."
        raise InvalidSetting(sentence) from error
    require(1 <= len(found) <= most, f"{what} of a sweep are 1 to {most} {kinds}, not {len(found)}.")
    return tuple(found)


def _shared(settings: RunSettings) -> RunSettings:
    """Every setting but those that the runs differ in, written out."""
    full = settings.written_out()
    return replace(full, training={name: full.training[name] for name in full.training if name not in VARIED})


def _require_apart(wanted: Sequence[Job]) -> None:
    names = [job.name for job in wanted]
    twice = [name for name in names if names.count(name) > 1]
    require(not twice, f"Two runs would be called {twice[:1]}; set the β values further apart.")


def _start(sweep: Sweep, cell: Cell) -> None:
    desk.start(sweep.settings.with_training(beta=cell.beta, seed=cell.seed), cell.run)


def _states(sweep: Sweep) -> dict[str, RunState]:
    """The states of the runs that are there."""
    return {status.name: status.state for status in overview.statuses() if status.name in sweep.runs}


def _path(name: str) -> Path:
    """Where a sweep lies, or will; no link, and no place for what is no sweep's name."""
    if not NAME.fullmatch(name):
        raise UnknownName("sweep", name, ())
    place = records.jobs_root() / FOLDER
    path = place / f"{name}{SUFFIX}"
    require(not (regular_files.is_link(place) or regular_files.is_link(path)), f"{name} is a link; remove it by hand.")
    return path
