"""What each part of a fast step is worth: the same bare steps with one part left out, each in a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure, median

ROOT = Path(__file__).parents[1]
ROUNDS, STEPS, WARM_UP = 3, 200, 20
SYSTEMS = {"mlp-400-z20": (28, 128), "burgess-z10": (32, 64)}
PARTS = {
    "fused": "one fused pass of Adam",
    "kept": "freed memory kept by the process",
    "channels-last": "channels-last convolutions",
    "in memory": "images as one tensor, not item by item through a DataLoader",
}
EVALUATION_BATCHES = (128, 1000, 5000)


def run() -> Iterator[Figure]:
    """Milliseconds of a step with everything, and what leaving one part out costs; then batches of evaluation."""
    for system, (side, batch) in SYSTEMS.items():
        whole = median([_measured(system, "") for _ in range(ROUNDS)])
        yield Figure(f"{system} on {side}×{side}, batch {batch}: a step with every part", whole, "ms")
        for part, name in PARTS.items():
            if part != "channels-last" or system == "burgess-z10":
                without = median([_measured(system, part) for _ in range(ROUNDS)])
                yield Figure(f"{system}: without {name}", without / whole, "times")
    for size, seconds in json.loads(_answer("evaluation", "")).items():
        yield Figure(f"mlp-400-z20: encoding 10,000 images, {size} at a time", 1000 * seconds, "ms")


def _measured(system: str, without: str) -> float:
    return float(_answer(system, without))


def _answer(*words: str) -> str:
    command = [sys.executable, "-m", "bench.parts", *words]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout


def _step_milliseconds(system: str, without: str) -> float:
    import torch

    from bench import canonical
    from vae_explorer import datasets, models
    from vae_explorer.coding import pixels
    from vae_explorer.objectives import elbo_terms
    from vae_explorer.presets import preset
    from vae_explorer.training import process

    side, size = SYSTEMS[system]
    torch.set_flush_denormal(True) if without == "kept" else process.prepare()
    data = canonical.images(str(datasets.data_root()), True, side)
    tensor, generator = data.data[:, None], torch.Generator().manual_seed(0)
    model = models.build(preset(system).model((1, side, side), 10))
    last = torch.channels_last if without != "channels-last" else torch.contiguous_format
    model.to(memory_format=last)  # type: ignore[call-overload]
    optimizer = torch.optim.Adam(model.parameters(), fused=without != "fused")
    loader = iter(torch.utils.data.DataLoader(data, batch_size=size, shuffle=True))

    def step() -> None:
        chosen = torch.randint(len(tensor), (size,), generator=generator)
        x = next(loader)[0] if without == "in memory" else pixels(tensor[chosen])
        x = x.contiguous(memory_format=last)
        terms = elbo_terms(model, model(x, model.eps(size, generator)), x)
        optimizer.zero_grad()
        (terms.nll.mean() + terms.rate.mean() if terms.rate is not None else terms.nll.mean()).backward()
        optimizer.step()

    for _ in range(WARM_UP):
        step()
    started = time.perf_counter()
    for _ in range(STEPS):
        step()
    return 1000 * (time.perf_counter() - started) / STEPS


def _evaluation_seconds() -> dict[int, float]:
    from vae_explorer import coding, datasets, models
    from vae_explorer.presets import preset
    from vae_explorer.training import process

    process.prepare()
    images, found = datasets.load("mnist", "test"), {}
    model = models.build(preset("mlp-400-z20").model((1, 28, 28), 10))
    for size in EVALUATION_BATCHES:
        coding.BATCH = size
        times = []
        for _ in range(5):
            started = time.perf_counter()
            coding.encode_set(model, images)
            times.append(time.perf_counter() - started)
        found[size] = median(times)
    return found


if __name__ == "__main__":
    system, without = sys.argv[1:]
    print(json.dumps(_evaluation_seconds()) if system == "evaluation" else _step_milliseconds(system, without))
