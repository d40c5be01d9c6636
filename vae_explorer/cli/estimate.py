"""estimate: what a run would cost, measured on some of its steps before it is started."""

import argparse

from vae_explorer import memory
from vae_explorer.cli import options as shared
from vae_explorer.cli.options import answer


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `estimate`."""
    shared.add_source(parser, required=True)
    shared.add_settings(parser)
    shared.add_threads(parser)


def run(options: argparse.Namespace) -> None:
    """Time a few steps of a run on this machine, without training it, and say how long all of it would take."""
    memory.give_way()
    from vae_explorer import datasets, runs, trials
    from vae_explorer.training import process

    planned = runs.plan(shared.run_settings(options))
    process.prepare(shared.checked_threads(options.threads or process.threads()))
    shared.fetch(planned.dataset, options)
    images = datasets.load(planned.dataset, "train", options.data_dir)
    test = datasets.load(planned.dataset, "test", options.data_dir)
    held = planned.train.held_out
    images, started = images if held is None else images.without(held), process.age()
    measured = trials.pace(planned.model, planned.train, images, test)
    epochs = planned.train.epochs * (measured.seconds_per_epoch + measured.saving_seconds)
    answer(
        parameters=measured.parameters,
        weights_mb=round(4 * measured.parameters / 1e6, 3),
        start_seconds=round(started, 3),
        seconds_per_epoch=round(measured.seconds_per_epoch, 5),
        saving_seconds=round(measured.saving_seconds, 5),
        evaluation_seconds=round(measured.evaluation_seconds, 4),
        seconds=round(started + epochs + measured.evaluation_seconds, 2),
        images_per_second=round(measured.images_per_second),
        steps=measured.steps,
        threads=process.threads(),
        peak_memory_mb=round(memory.peak()),
    )
