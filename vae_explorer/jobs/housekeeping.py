"""What a person does with runs that are over: give them another name or a note, or delete them."""

import contextlib
from pathlib import Path

from vae_explorer import checkpoints, folders, regular_files
from vae_explorer.errors import StorageError, UnknownName, require
from vae_explorer.jobs import lives, records, run_names

MOST, MAX_BYTES = 1000, 1 << 20
"""Characters of a note that is shown, and bytes of a file that is one."""


def delete(name: str) -> None:
    """Delete a run that is not at work, with its checkpoint, its settings and its note; none of it can be had back.

    Raises:
        UnknownName: when there is no such run.
        InvalidSetting: while it is at work, or when its folder holds what is no part of a checkpoint.
        StorageError: when it cannot be deleted.
    """
    with lives.locked(records.desk_lock()):
        run, job = _idle(name)
        others = checkpoints.strangers(folders.standing(run))
        require(not others, f"{name} holds {others[:1]}, which is no part of a checkpoint; delete it by hand.")
        folders.remove(run)
        folders.remove(job)


def rename(old: str, new: str) -> None:
    """Give a run that is not at work another name.

    Raises:
        UnknownName: when there is no such run.
        InvalidSetting: while it is at work or waits for its turn, or for a new name that is taken or not allowed.
        StorageError: when it cannot be renamed.
    """
    with lives.locked(records.desk_lock()):
        run, job = _idle(old)
        waits = any(waiting.name == old and records.waits(waiting, lives.read(job)) for waiting in records.every())
        require(not waits, f"{old} waits for its turn; stop it first.")
        target = records.run_folder(new), records.job_folder(new)
        run_names.require_free(new)
        folders.move(job, target[1])
        folders.move(run, target[0])


def note(name: str, text: str) -> None:
    """Keep a plain text of at most 1,000 characters beside a run; an empty one takes the note away.

    Raises:
        UnknownName: when there is no such run.
        InvalidSetting: for a longer text, or one that is no text.
        StorageError: when it cannot be written; the note that was there stays.
    """
    fits = isinstance(text, str) and len(text) <= MOST and "\0" not in text
    require(fits, f"A note is a plain text of at most {MOST:,} characters.")
    with lives.locked(records.desk_lock()):
        path = _known(name)[1] / records.NOTES
        if text.strip():
            folders.write_file(path, text.encode(errors="replace"))
        else:
            folders.remove_file(path)


def noted(name: str) -> str:
    """The note beside a run; empty when there is none."""
    with contextlib.suppress(StorageError):
        return regular_files.read(records.job_folder(name) / records.NOTES, MAX_BYTES).decode(errors="replace")[:MOST]
    return ""


def _known(name: str) -> tuple[Path, Path]:
    """The run's folder and its job's, of which one at least is there."""
    run, job = records.run_folder(name), records.job_folder(name)
    if not (regular_files.is_there(folders.standing(run)) or regular_files.is_folder(job)):
        raise UnknownName("run", name, records.names())
    return run, job


def _idle(name: str) -> tuple[Path, Path]:
    run, job = _known(name)
    at_work = lives.alive(lives.read(job), job) or not lives.free(job)
    require(not at_work, f"{name} is at work; stop it first.")
    return run, job
