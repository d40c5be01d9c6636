"""Everything that was measured of all models of the compared images, in one table and as CSV."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from tests.kinds import FOREIGN, Kind, save_kind
from tests.ui.test_pages import fine
from vae_explorer.checkpoints import catalogue
from vae_explorer.spread import spread
from vae_explorer.ui.compare import columns, models
from vae_explorer.ui.compare.model_figures import as_csv
from vae_explorer.ui.scene import scene_of
from vae_explorer.unit_cards.matches import counterpart

FIRST, SECOND = "sprites-vae-b4-s0", "sprites-vae-b1-s0"


def test_the_table_holds_every_model_of_the_images_the_columns_first(open_page):
    at = open_page("compare", {"models": f"{FIRST},{SECOND}"})
    assert not at.dataframe
    at = at.toggle(key="compare-figures-shown").set_value(True).run()
    assert fine(at)
    table = at.dataframe[0].value.set_index("Model")
    assert list(table.index[:2]) == [FIRST, SECOND]
    assert {name for name in catalogue.usable() if name.startswith("sprites-")} <= set(table.index)
    assert not any(name.startswith("mnist") for name in table.index)
    assert list(table["In a column"][:3]) == [True, True, False]
    measured = catalogue.EVALUATIONS.get(catalogue.find(FIRST))
    assert table.loc[FIRST, "nll (nats)"] == pytest.approx(measured.nll)
    assert table.loc[FIRST, "β"] == 4
    assert table.loc[["sprites-ae-s0"], ["β", "rate (nats)"]].isna().all(axis=None)


def test_seeds_together_are_one_row_of_means_and_deviations(open_page):
    at = open_page("compare", {"models": "mnist-conv-64-b4-s0,mnist-conv-64-b1-s0"})
    at = at.toggle(key="compare-figures-shown").set_value(True).run()
    at = at.toggle(key="compare-seeds-together").set_value(True).run()
    assert fine(at)
    table = at.dataframe[0].value.set_index("Model")
    nlls = [catalogue.EVALUATIONS.get(catalogue.find(f"mnist-conv-64-b4-s{seed}")).nll for seed in range(3)]
    row = table.loc["mnist-conv-64-b4-s0"]
    kept = [name for name in table if name.startswith("nll (nats)") and not pd.isna(row[name])]
    assert [row[name] for name in kept] == [pytest.approx(np.mean(nlls)), pytest.approx(np.std(nlls, ddof=1))]
    assert (row["n (seeds)"], row["Seed"], table.loc["mnist-conv-64-b1-s0", "n (seeds)"]) == (3, "0, 1, 2", 1)
    assert "mnist-conv-64-b4-s1" not in table.index


def test_a_column_says_its_figures_and_its_matches_over_seeds():
    first, second = (scene_of(catalogue.find(f"mnist-conv-64-b{beta}-s0")) for beta in (1, 4))
    seeds = [catalogue.find(f"mnist-conv-64-b4-s{seed}") for seed in range(3)]
    nll = next(one for one in models.heading(second, models.measured_columns([second])).figures if one.seeds)
    assert nll.seeds == spread([catalogue.EVALUATIONS.get(one).nll for one in seeds]).words("%.2f")
    row = columns.column(second, [first, second], "units")["units"][0]
    strengths = [abs(counterpart(first.checkpoint, one, first.ranked[0]).correlation or 0) for one in seeds]
    assert row["seeds"] == spread(strengths).words("%.2f")
    sister = columns.column(scene_of(seeds[1]), [second, scene_of(seeds[1])], "units")["units"][0]
    assert sister["seeds"].endswith("n = 2 seeds"), "the first model is no match of itself"
    alone = models.heading(first, models.measured_columns([first])).figures
    assert not any(one.seeds for one in alone), "one seed has no spread"


def test_nothing_is_said_of_the_training_of_an_imported_model(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    save_kind(tmp_path / "usual", Kind())
    save_kind(tmp_path / "foreign", FOREIGN)
    at = open_page("compare", {"models": "usual,foreign"})
    at = at.toggle(key="compare-figures-shown").set_value(True).run()
    assert fine(at)
    table = at.dataframe[0].value.set_index("Model")
    assert table.loc["foreign", "Objective"] == "imported"
    assert table.loc[["foreign"], ["β", "Seed"]].isna().all(axis=None)
    assert table.loc["usual", "β"] == 1
    assert any("β of an imported model is not known: foreign" in caption.value for caption in at.caption)


def test_the_csv_has_every_figure_unrounded_and_nothing_where_there_is_none():
    rows = [
        {"Model": 'a "b", c', "nll (nats)": 1 / 3, "rate (nats)": None},
        {"Model": "d", "nll (nats)": 2.0, "rate (nats)": 0.1},
    ]
    read = list(csv.DictReader(io.StringIO(as_csv(rows).decode())))
    assert read[0] == {"Model": 'a "b", c', "nll (nats)": repr(1 / 3), "rate (nats)": ""}
    assert float(read[1]["rate (nats)"]) == 0.1
