"""A new row of a table is found everywhere, without touching another file."""

import json

import pytest

from tests.commands import answered
from tests.conftest import save_tiny
from vae_explorer import checkpoints
from vae_explorer.metrics import METRICS
from vae_explorer.metrics.metric import Figure, Metric, Setting


@pytest.fixture
def toy_score(monkeypatch):
    """How far mu reaches, in one row, with a setting of its own."""
    row = Metric(
        lambda seen, toy_times: toy_times * float(abs(seen.latents.mu).max()),
        (Figure("Reach", "σ", "%.3f"),),
        settings={"toy_times": Setting("toy-times", int, "1", "times it is taken")},
    )
    monkeypatch.setitem(METRICS, "toy", row)
    monkeypatch.delitem(METRICS, "probes")  # they take longer than all others


def test_a_score_is_told_stored_and_shown(toy_score, tmp_path, monkeypatch, digits, open_page):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    one = save_tiny(tmp_path / "one", digits)
    save_tiny(tmp_path / "other", digits, seed=1)
    query = {"models": "one,other"}
    assert "Reach (σ)" not in open_page("train").dataframe[0].value
    assert [metric.label for metric in open_page("compare", query).metric] == [
        "nll (nats)",
        "Rate (nats)",
        "Active units",
    ] * 2

    found = answered("evaluate", str(one.folder), "--toy-times", "2")
    reach = 2 * float(abs(checkpoints.read_latents(one).mu).max())
    assert (found["toy"], found["toy_times"]) == (pytest.approx(reach), 2)
    (stored,) = [
        result
        for result in json.loads((one.folder / checkpoints.METRICS).read_text())["results"]
        if result["metric"] == "toy"
    ]
    source = {"dataset": "digits", "split": "test", "n": 360, "seed": 0, "settings": {"toy_times": 2}}
    assert stored == {"metric": "toy", **source, "value": found["toy"]}

    table = open_page("train").dataframe[0].value.set_index("Model")
    assert table.loc["one", "Reach (σ)"] == found["toy"]
    assert table["Reach (σ)"].isna()["other"]
    shown = [metric.value for metric in open_page("compare", query).metric if metric.label == "Reach (σ)"]
    assert shown == [f"{found['toy']:.3f}", "–"]
