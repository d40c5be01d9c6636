"""More seeds of a model: the same run again from others, so that its figures have a mean and a spread."""

from collections.abc import Iterable

from vae_explorer.bounds import MAX_SEED
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.errors import require
from vae_explorer.jobs import records, sweeps
from vae_explorer.jobs.sweeps import Sweep
from vae_explorer.run_settings import SHAPE, RunSettings, training_names

MOST = 50
"""Seeds asked for at once."""


def settings_of(checkpoint: Checkpoint) -> RunSettings:
    """What a model was trained with, as a run can be asked for.

    Raises:
        UnknownName: when its preset or data set is known no more.
        InvalidSetting: saying why there can be no other seed of it.
    """
    recipe, name = checkpoint.recipe, checkpoint.name
    require(
        recipe.imported is None, f"{name} was trained elsewhere, nobody knows how; there can be no other seed of it."
    )
    require(not recipe.model.linear, f"{name} is solved for, and is the same from every seed.")
    steady = not (recipe.betas or recipe.stages)
    require(steady, f"{name} was not trained in one way from start to end; start another run for seeds of it.")
    given = recipe.train.to_dict()
    training = {name: given[name] for name in training_names()}
    usual = RunSettings(recipe.preset, recipe.dataset, training).model
    shape = {name: getattr(recipe.model, name) for name in SHAPE}
    unusual = {name: value for name, value in shape.items() if value != getattr(usual, name)}
    found = RunSettings(recipe.preset, recipe.dataset, training, unusual)
    same = found.model == recipe.model and found.train == recipe.train
    require(same, f"{recipe.preset} means another model today than {name} is; start a new run for seeds of it.")
    return found


def free_seeds(checkpoint: Checkpoint, count: int) -> tuple[int, ...]:
    """The lowest seeds that no model like this one has, nor a run of it that was asked for.

    Raises:
        UnknownName, InvalidSetting: as `settings_of`, and for too many.
    """
    require(1 <= count <= MOST, f"The number of seeds must be from 1 to {MOST}, not {count}.")
    settings = settings_of(checkpoint)
    taken = {*trained(checkpoint), *_asked(settings)}
    free = (seed for seed in range(MAX_SEED) if seed not in taken)
    return tuple(seed for seed, _ in zip(free, range(count), strict=False))


def trained(checkpoint: Checkpoint) -> dict[int, Checkpoint]:
    """This model and all that differ from it in their seed alone, by seed; of two copies one."""
    found = {checkpoint.recipe.train.seed: checkpoint}
    for other in catalogue.usable().values():
        if checkpoint.recipe.differs_in_seed_alone(other.recipe):
            found.setdefault(other.recipe.train.seed, other)
    return found


def start(checkpoint: Checkpoint, seeds: Iterable[int]) -> Sweep:
    """Ask for this run from these seeds.

    Raises:
        UnknownName, InvalidSetting: as `settings_of`.
        StorageError: when it cannot be written down.
    """
    settings = settings_of(checkpoint)
    return sweeps.start(settings, (settings.train.beta,), tuple(seeds))


def _asked(settings: RunSettings) -> Iterable[int]:
    alike = settings.with_training(seed=0).written_out()
    jobs = records.every()
    return (job.settings.train.seed for job in jobs if job.settings.with_training(seed=0).written_out() == alike)
