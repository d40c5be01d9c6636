"""Everything that was measured of all models of the compared images, in one table and as CSV."""

import csv
import io

import pytest

from tests.kinds import FOREIGN, Kind, save_kind
from tests.ui.test_pages import fine
from vae_explorer.checkpoints import catalogue
from vae_explorer.ui.compare.model_figures import as_csv

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
