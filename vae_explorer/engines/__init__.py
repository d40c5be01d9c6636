"""ENGINES: where the runs of a sweep train: one file and one row each.

row          what an engine is: its words, what it needs, and the workers it opens
local        processes of this machine
ray_cluster  tasks of Ray
slurm        jobs of Slurm, by submitit
driver       hands the attempts of a sweep to workers, tells what they say, and tries once more what a worker lost
log_lines    what an attempt says, line by line as it comes
worker       what a worker does with an attempt
versions     what must be the same here and on a worker
"""

import importlib.util

from vae_explorer.engines import local, ray_cluster, slurm
from vae_explorer.engines.row import Choice, Engine
from vae_explorer.errors import MissingExtra, UnknownName, require

LOCAL = "local"
ENGINES: dict[str, Engine] = {
    LOCAL: Engine("this machine", local.crew),
    "ray": Engine("Ray", ray_cluster.crew, "ray", "requirements-ray.txt", "HOST:PORT"),
    "slurm": Engine("Slurm", slurm.crew, "submitit", "requirements-slurm.txt"),
}


def choice(text: str) -> Choice:
    """The engine and the address of a text such as `ray:10.0.0.5:6379`.

    Raises:
        UnknownName: for an engine that is not in the table.
        InvalidSetting: for an address where there is none.
        MissingExtra: when it needs a package that is not installed.
    """
    name, colon, address = text.partition(":")
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES)
    engine = ENGINES[name]
    require(bool(engine.address) or not colon, f"{name} takes no address; leave “{address[:60]}” out.")
    require(bool(address) or not colon, f"There is no address after {name}; it is {engine.address}, or left out.")
    if engine.package and importlib.util.find_spec(engine.package) is None:
        line = f"pip install -r {engine.extra}"
        raise MissingExtra(f"Sweeps on {engine.title} need a package that is not installed; run `{line}`.")
    return Choice(name, engine, address)


def title(name: str) -> str:
    """What an engine is called on a page; one that is in no table of this version by its own name."""
    return ENGINES[name].title if name in ENGINES else name
