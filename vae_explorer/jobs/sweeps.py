"""Sweeps: runs that differ in β and seed alone, asked for together; what a sweep is lies on disk, how it stands too."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from vae_explorer import folders, regular_files, strict_json
from vae_explorer.bounds import is_count
from vae_explorer.errors import ExplorerError, MissingFile, StorageError, UnknownName, require
from vae_explorer.jobs import desk, housekeeping, lives, overview, records
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import RunState
from vae_explorer.run_settings import RunSettings

FOLDER, SUFFIX = ".sweeps", ".json"
NAME = re.compile(r"sweep-[0-9a-f]{8}")
MAX_BYTES = 1 << 16
MOST = 100
"""Runs of a sweep."""
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
    threads: int | None = None
    """Of each run; None: as many as any run is given."""

    def __post_init__(self) -> None:
        count = len(self.betas) * len(self.seeds)
        require(1 <= count <= MOST, f"A sweep has 1 to {MOST} runs, not {count}.")
        require(len(self.runs) == count, "A sweep has a run for each β and seed.")
        for beta, seed in product(self.betas, self.seeds):
            self.settings.with_training(beta=beta, seed=seed)
        for run in self.runs:
            records.run_folder(run)
        counted = is_count(self.ticket, 0, records.MOST) and isinstance(self.created, str)
        require(counted, "ticket is a number, created a text.")
        require(self.threads is None or is_count(self.threads, 1, records.MOST), "threads is a number.")

    @property
    def cells(self) -> list[Cell]:
        """The runs with their β and seed, row by row."""
        pairs = product(self.seeds, self.betas)
        return [Cell(seed, beta, run) for (seed, beta), run in zip(pairs, self.runs, strict=True)]

    def job(self, cell: Cell) -> Job:
        """One of its runs, as it would be asked for.

        Raises:
            UnknownName, InvalidSetting: as `desk.job_of`.
        """
        return desk.job_of(self.settings.with_training(beta=cell.beta, seed=cell.seed), cell.run, self.threads)


def start(settings: RunSettings, betas: Sequence[float], seeds: Sequence[int]) -> Sweep:
    """Write the sweep down and queue its runs; one that is there with the same settings is joined.

    Raises:
        UnknownName, InvalidSetting: for settings that `train` would refuse; then nothing is written.
        StorageError: when it cannot be written down.
    """
    sweep = write_down(planned(settings, betas, seeds), betas, seeds)
    for cell in sweep.cells:
        _start(sweep, cell)
    return sweep


def planned(
    settings: RunSettings, betas: Sequence[float], seeds: Sequence[int], threads: int | None = None
) -> list[Job]:
    """The runs of a sweep under the names of their settings, row by row; nothing is written.

    Raises:
        UnknownName, InvalidSetting: for settings that `train` would refuse, or too many runs.
    """
    pairs = list(product(seeds, betas))
    require(1 <= len(pairs) <= MOST, f"A sweep has 1 to {MOST} runs, not {len(pairs)}.")
    found = [desk.job_of(settings.with_training(beta=beta, seed=seed), "", threads) for seed, beta in pairs]
    _require_apart(found)
    return found


def write_down(
    wanted: Sequence[Job], betas: Sequence[float], seeds: Sequence[int], threads: int | None = None
) -> Sweep:
    """The sweep of these runs, each under a name of its own; none is asked for yet.

    Raises:
        StorageError: when it cannot be written down.
    """
    settings = _shared(wanted[0].settings)
    asked = settings.to_dict() | {"betas": tuple(betas), "seeds": tuple(seeds)}
    asked |= {} if threads is None else {"threads": threads}
    name = f"sweep-{crc32(json.dumps(asked, sort_keys=True).encode()):08x}"
    with lives.locked(records.desk_lock()):
        runs = tuple(desk.named(job).name for job in wanted)
        ticket = 1 + max((sweep.ticket for sweep in every()), default=0)
        numbers, created = (tuple(betas), tuple(seeds)), datetime.now(UTC).strftime("%FT%T")
        sweep = Sweep(name, settings, *numbers, runs, ticket, created, threads)
        values = asked | {"runs": runs, "ticket": ticket, "created": created}
        folders.write_file(_path(name), json.dumps(values, indent=1).encode())
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


def _shared(settings: RunSettings) -> RunSettings:
    """Every setting but those that the runs differ in, written out."""
    full = settings.written_out()
    return replace(full, training={name: full.training[name] for name in full.training if name not in VARIED})


def _require_apart(wanted: Sequence[Job]) -> None:
    names = [job.name for job in wanted]
    twice = [name for name in names if names.count(name) > 1]
    require(not twice, f"Two runs would be called {twice[:1]}; set the β values further apart.")


def _start(sweep: Sweep, cell: Cell) -> None:
    desk.start(sweep.settings.with_training(beta=cell.beta, seed=cell.seed), cell.run, sweep.threads)


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
