"""What is asked for: the settings of runs on disk, one folder each, and no path that leads out of the runs folder."""

import json
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path

from vae_explorer import checkpoints, datasets, folders, regular_files, strict_json
from vae_explorer.bounds import is_count
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import ExplorerError, MissingFile, StorageError, UnknownName, require
from vae_explorer.jobs import heartbeat, lives
from vae_explorer.jobs.lives import Life
from vae_explorer.journal.snapshots import FOLDER
from vae_explorer.read_only import refuse_changes
from vae_explorer.regular_files import Stamp
from vae_explorer.run_settings import COURSE, RunSettings

JOB, NOTES, JOURNAL, DESK = heartbeat.JOB, "notes.txt", "journal", ".lock"
SETTINGS = ("preset", "dataset", "training", "shape")
"""The keys of a job's file that are its RunSettings."""
MAX_BYTES, MOST, MAX_NAME = 1 << 16, 10**9, 80


@dataclass(frozen=True)
class Job:
    """A run that was asked for; the name of its folder is its own."""

    name: str
    settings: RunSettings
    """Written out: those left at their defaults too, which may be others some day."""
    threads: int
    ticket: int = 1
    """Its place in the order of asking; no clock is asked."""
    attempt: int = 1
    """The attempt that is wanted; it waits in the queue until there is a life of this number."""
    wanted: bool = True
    """False once it was stopped by hand."""
    engine: str = ""
    """Whose turn it is to start it: that of the engine of a sweep, by its name; empty: the queue's of this machine."""
    created: str = ""
    """UTC, as in 2026-01-31T12:00:00; to be shown, not to be reckoned with."""

    def __post_init__(self) -> None:
        for number in (self.threads, self.ticket, self.attempt):
            require(is_count(number, 1, MOST), "threads, ticket and attempt count from 1.")
        require(isinstance(self.created, str) and isinstance(self.wanted, bool), "created is a text, wanted yes or no.")
        require(isinstance(self.engine, str) and len(self.engine) <= MAX_NAME, "engine is a name.")

    @cached_property
    def epochs(self) -> int:
        """How many epochs it is to have."""
        return self.settings.train.epochs

    def same(self, other: "Job") -> bool:
        """Whether both ask for the same training, to the same weights.

        Compared as they are read today: a file from before a loss came does not know its settings.
        """
        kept = {"ticket": 1, "attempt": 1, "wanted": True, "created": "", "engine": ""}
        mine, others = self.settings.written_out(), other.settings.written_out()
        return replace(self, settings=mine, **kept) == replace(other, settings=others, **kept)

    def words(self, data_root: Path | None = None) -> list[str]:
        """The words after `python -m vae_explorer` that start the run, or go on with it where there is a checkpoint.

        data_root: where data sets lie, if not where they always do.
        """
        place, data = standing(self.name), (data_root or datasets.data_root()).resolve()
        always = [f"--journal={journal(self.name)}", f"--data-dir={data}"]
        if regular_files.is_file(place / checkpoints.CONFIG):
            train = self.settings.train
            course = [f"--{name}={getattr(train, name)}" for name in COURSE]
            return ["train", f"--resume={run_folder(self.name)}", *course, f"--threads={self.threads}", *always]
        settings = [*self.settings.options(), f"--threads={self.threads}"]
        return ["train", *settings, f"--out={run_folder(self.name)}", *always]


def root() -> Path:
    """Where runs lie."""
    return catalogue.roots()[1].resolve()


def run_folder(name: str) -> Path:
    """Where the checkpoint of this run lies, or will.

    Raises:
        InvalidSetting: for a name that no checkpoint may have, or a link where a folder belongs.
    """
    return _within(name, root() / _checked(name))


def job_folder(name: str) -> Path:
    """Where what is asked for by this name lies, or will.

    Raises:
        InvalidSetting: for a name that no checkpoint may have, or a link where a folder or file belongs.
    """
    place = _within(name, jobs_root() / _checked(name))
    inside = [*(place / within for within in regular_files.names(place)), place / JOURNAL / FOLDER]
    links = [path.name for path in inside if regular_files.is_link(path)]
    require(not links, f"{name} holds a link where a file belongs: {links[:1]}; remove it by hand.")
    return place


def journal(name: str) -> Path:
    """Where the journal of this run lies, or will.

    Raises:
        InvalidSetting: as `job_folder`.
    """
    return job_folder(name) / JOURNAL


def jobs_root() -> Path:
    """Where the folders of jobs lie.

    Raises:
        InvalidSetting: when a link lies there.
    """
    return _within(".jobs", root() / ".jobs")


def _checked(name: str) -> str:
    fits = isinstance(name, str) and checkpoints.NAME.fullmatch(name) is not None
    require(
        fits,
        f"A run's name is at most 80 letters, digits and ._+-, the first a letter or digit, not “{str(name)[:60]}”.",
    )
    return name


def _within(name: str, path: Path) -> Path:
    require(not regular_files.is_link(path), f"{name} is a link, and runs are folders; remove it by hand.")
    return path


def standing(name: str) -> Path:
    """Where the files of the run's checkpoint are to be read at this moment."""
    return folders.standing(run_folder(name))


def desk_lock() -> Path:
    """The lock that is held while jobs are written and started; its folder is made if it is missing.

    Raises:
        StorageError: when it cannot be made.
    """
    refuse_changes()
    try:
        jobs_root().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{root()} cannot be written: {error.strerror}.") from error
    return jobs_root() / DESK


def read(name: str) -> Job:
    """The job of this name.

    Raises:
        UnknownName: when there is none.
        InvalidSetting: when a link lies where its files belong.
        StorageError: when what was written down cannot be used.
    """
    path, _ = job_folder(name) / JOB, run_folder(name)
    try:
        values = strict_json.mapping(regular_files.read(path, MAX_BYTES))
        settings = RunSettings(*(values.pop(key) for key in SETTINGS)).written_out()
        return Job(name=name, settings=settings, **values)
    except MissingFile as error:
        raise UnknownName("run", name, names()) from error
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, ExplorerError) as error:
        raise StorageError(f"The settings of {name} cannot be read; delete the run and start it again.") from error


def write(job: Job) -> None:
    """Write down what is asked for, whole; for the holder of the desk's lock.

    Raises:
        StorageError: when it cannot be written; what was there stays.
    """
    own = {field.name: getattr(job, field.name) for field in fields(job) if field.name not in ("name", "settings")}
    values = job.settings.to_dict() | own
    folders.write_file(job_folder(job.name) / JOB, json.dumps(values, indent=1).encode())


def names(but: Collection[str] = ()) -> list[str]:
    """The names of all jobs but these.

    Raises:
        InvalidSetting: when a link lies where they lie.
        StorageError: when there is a place that cannot be read.
    """
    place = jobs_root()
    fitting = [name for name in folders.names(place).difference(but) if checkpoints.NAME.fullmatch(name)]
    return sorted(name for name in fitting if regular_files.stamp(f"{place}/{name}/{JOB}"))


def every() -> list[Job]:
    """All jobs that can be read, in the order in which they were asked for.

    Raises:
        InvalidSetting, StorageError: as `names`.
    """
    place, runs, known = jobs_root(), root(), datasets.stamp()
    found = [_kept(f"{place}/{name}", name, known, *_stamps(place, runs, name)) for name in names()]
    return sorted((job for job in found if job is not None), key=lambda job: (job.ticket, job.name))


def _stamps(place: Path, runs: Path, name: str) -> tuple[Stamp | None, ...]:
    stamp = regular_files.stamp
    return stamp(f"{place}/{name}"), stamp(f"{place}/{name}/{JOB}"), stamp(f"{runs}/{name}")


@lru_cache(maxsize=4096)
def _kept(path: str, name: str, known: int, *stamps: Stamp | None) -> Job | None:
    """The job as its files and the data sets are; None of one that cannot be read."""
    try:
        return read(name)
    except ExplorerError:
        return None


def queue() -> list[Job]:
    """The jobs that wait for the slot of this machine, the next first."""
    place = jobs_root()
    return [job for job in every() if not job.engine and waits(job, lives.read(f"{place}/{job.name}"))]


def waits(job: Job, life: Life) -> bool:
    """Whether it waits to be started, be it by the queue or by an engine; life: its last attempt."""
    return job.wanted and life.attempt < job.attempt
