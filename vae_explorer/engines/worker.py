"""What a worker does with an attempt, wherever it is: looks whether it may, keeps the trainer, and stays until the end.

Imports nothing heavy: it is loaded by every worker of a cluster.
"""

import os
import subprocess
import time
from pathlib import Path

from vae_explorer import regular_files, strict_json
from vae_explorer.engines.versions import difference, versions
from vae_explorer.errors import StorageError
from vae_explorer.jobs import heartbeat, keeper, lives

LAG = 30.0
"""Seconds in which what was written on one machine is seen on another."""
LOOK = 0.2
LONG = 300
"""Characters of what a process that did not start is quoted with."""


def attempt(folder: str, number: int, words: list[str], environment: dict[str, str], asked: dict[str, str]) -> str:
    """Make an attempt at a run, as `Task` says; why it was refused, or nothing when it was made, if by others."""
    place = Path(folder)
    refused = difference(asked, versions(), lives.host()) or _unseen(place, number)
    if refused or not heartbeat.wanted(place):
        return refused
    before = lives.read(place)
    if not lives.free(place):
        lives.end_orphans(before)
    said = _kept(keeper.command(place, number, words, leashed=True), environment)
    if lives.read(place).attempt >= number or said == keeper.BUSY:
        return ""
    return f"The run could not be started on {lives.host()}: {' '.join(said.split())[-LONG:]}"


def _kept(command: list[str], environment: dict[str, str]) -> str:
    """What the keeper says before its attempt has begun; back when that is over, or was none.

    Its standard input is its leash: however this process ends, it closes.
    """
    pipe, both = subprocess.PIPE, subprocess.STDOUT
    own = os.environ | environment
    with subprocess.Popen(
        command, cwd=keeper.HOME, env=own, stdin=pipe, stdout=pipe, stderr=both, start_new_session=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        process.wait()
    return said.decode(errors="replace").strip()


def _unseen(place: Path, number: int) -> str:
    """Why the attempt is not seen here, after the time that a shared folder may take to show it."""
    until = time.monotonic() + LAG
    while not _asked(place, number):
        if time.monotonic() >= until:
            return (
                f"{lives.host()} does not see {place / heartbeat.JOB} after {LAG:.0f} s; set VAE_EXPLORER_RUNS to a "
                "folder that all machines share, by the same path."
            )
        time.sleep(LOOK)
    return ""


def _asked(place: Path, number: int) -> bool:
    try:
        job = strict_json.mapping(regular_files.read(place / heartbeat.JOB, heartbeat.MAX_BYTES))
    except (StorageError, ValueError):
        return False
    return isinstance(job.get("attempt"), int) and job["attempt"] >= number
