"""Names of runs: each is one run's; one that was made of settings gets a number where it is another run's already."""

from collections.abc import Callable, Sequence

from vae_explorer import regular_files
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import InvalidSetting, require
from vae_explorer.jobs import records

MOST = 1000
"""Runs that are told apart by a number."""


def require_free(name: str) -> None:
    """Keep a name to one run.

    Raises:
        InvalidSetting: when a job, a run or a shipped model has it.
    """
    places = catalogue.roots()[0] / name, records.standing(name), records.job_folder(name) / records.JOB
    require(not any(map(regular_files.is_there, places)), f"{name} exists already; give this run another name.")


def unclaimed(name: str, own: Callable[[str], bool] = lambda _: False) -> str:
    """The name, or the first of name-2, name-3, … that is nobody's or, where one can be, the asker's own.

    Nobody is asked for another name who did not choose this one.

    Raises:
        InvalidSetting: when there is none.
    """
    for number in range(1, MOST):
        found = name if number == 1 else f"{name}-{number}"
        if own(found) or _is_free(found):
            return found
    raise InvalidSetting(f"There are too many runs called {name}; delete some.")


def renamed(wanted: Sequence[str], given: Sequence[str]) -> str:
    """One sentence on runs that have other names than their settings would give them; nothing where all have these."""
    pairs = [(name, other) for name, other in zip(wanted, given, strict=True) if name != other]
    if not pairs:
        return ""
    name, other = pairs[0]
    likewise = f", and {len(pairs) - 1} more get a number likewise" if len(pairs) > 1 else ""
    return f"{name} is the name of another run; this one is called {other}{likewise}."


def _is_free(name: str) -> bool:
    try:
        require_free(name)
    except InvalidSetting:
        return False
    return True
