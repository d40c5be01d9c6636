"""The Library page: every model in one table, found by words, and what can be done with those that are chosen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.jobs.conftest import over
from tests.ui.test_pages import fine
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue
from vae_explorer.jobs import housekeeping
from vae_explorer.ui import run_menu, state, widgets
from vae_explorer.ui.library import model_table

SHIPPED = sorted(
    (folder.name for folder in (catalogue.HOME / "pretrained").iterdir()),
    key=lambda name: (name != catalogue.DEFAULT_ID, name),
)


@pytest.fixture(autouse=True)
def runs_here(tmp_path, monkeypatch) -> Path:
    """A runs folder of the test's own."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


@pytest.fixture
def recorded(open_page, digits) -> Callable[..., AppTest]:
    """The page with runs of these names that are over."""

    def opened(*names: str) -> AppTest:
        for ticket, name in enumerate(names, 1):
            over(name, digits, ticket, epochs=6)
        return open_page("library")

    return opened


@pytest.fixture
def chosen(recorded, monkeypatch) -> Callable[..., AppTest]:
    """The page with the run `a` trained here and these models chosen, as only a browser can."""

    def opened(*names: str) -> AppTest:
        actions = model_table.show_actions
        monkeypatch.setattr(model_table, "show_actions", lambda _: actions(list(names)))
        return recorded("a")

    return opened


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def told(at: AppTest) -> str:
    return " ".join(block.value for block in [*at.markdown, *at.caption])


def models_of(at: AppTest) -> list[str]:
    return list(at.dataframe[0].value["Model"])


def more(at: AppTest, name: str) -> AppTest:
    """The page with what else can be done with this run opened."""
    changes = getattr(at.session_state, state.CHANGES.key, 0)
    at.session_state[run_menu.menu_key(name, changes)] = True
    return at.run()


def test_the_page_lists_every_model_with_what_was_measured(open_page):
    at = open_page("library")
    assert fine(at)
    table = at.dataframe[0].value
    assert list(table["Model"]) == SHIPPED
    figures = catalogue.EVALUATIONS.get(catalogue.find("mnist-conv-z10-b4"))
    row = table.set_index("Model").loc["mnist-conv-z10-b4"]
    assert (row["nll (nats), MNIST"], row["rate (nats)"], row["Active units"]) == (
        figures.nll,
        figures.rate,
        figures.active_units,
    )
    assert (row["β"], row["Latent units"], row["Preset"], row["Data set"]) == (4, 10, "conv-z10", "MNIST")
    folder = catalogue.HOME / "pretrained" / "mnist-conv-z10-b4"
    sealed = [checkpoints.CONFIG, *catalogue.find("mnist-conv-z10-b4").files]
    assert row["On disk (MB)"] == sum((folder / name).stat().st_size for name in sealed) / 1e6


def test_the_table_is_filtered_by_words_and_data_set_and_tells_what_is_used(recorded):
    at = recorded("a", "b")
    housekeeping.note("b", "Overlap of 4 and 9")
    table = at.run().dataframe[0].value.set_index("Model")
    assert list(table["Kind"]) == ["shipped"] * len(SHIPPED) + ["trained here"] * 2
    assert str(table.loc["a", "Asked for (UTC)"]) == "2026-01-31 12:00:00"
    elbo, nll = table.loc["a", "ELBO (nats), Digits"], table.loc["a", "nll (nats), Digits"]
    assert elbo == pytest.approx(-nll - table.loc["a", "rate (nats)"])
    assert re.search(r"2 runs in the runs folder, 0.\d MB on disk · [\d,.]+ [MG]B free", told(at))
    for text, names in (
        ("overlap 9", ["b"]),
        ("mnist CONV", [name for name in SHIPPED if name.startswith("mnist-conv")]),
        ("shipped digits", ["digits-mlp-z2"]),
    ):
        at.text_input(key=model_table.FILTER).set_value(text).run()
        assert list(at.dataframe[0].value["Model"]) == names
    at.text_input(key=model_table.FILTER).set_value("nowhere").run()
    assert "No model holds all of these words." in [info.value for info in at.info]
    at.text_input(key=model_table.FILTER).set_value("")
    at.selectbox(key="models-data-set").select("Digits").run()
    assert list(at.dataframe[0].value["Model"]) == ["digits-mlp-z2", "a", "b"]
    assert "nll (nats)" in at.dataframe[0].value.columns


def test_seven_models_are_too_many(chosen):
    at = chosen(*SHIPPED[:6], "a")
    assert next(button for button in at.button if button.label == "Compare").disabled
    assert "7 models selected. At most 6 fit side by side." in told(at)


def test_models_of_other_images_are_not_compared_and_why_is_told(chosen):
    at = chosen("mnist-mlp-z2", "digits-mlp-z2")
    assert next(button for button in at.button if button.label == "Compare").disabled
    assert "10,000 test images of MNIST, 1 × 28 × 28; 360 test images of Digits" in told(at).replace("\\", "")


def test_two_chosen_models_are_opened_side_by_side(chosen):
    two = ["mnist-mlp-z2", "mnist-conv-z10-b4"]
    at = press(chosen(*two), "Compare")
    assert fine(at)
    assert at.multiselect[0].value == two


def test_one_chosen_model_is_opened_in_explore(chosen):
    at = press(chosen("a"), "Open in Explore")
    assert fine(at)
    assert at.selectbox(key=widgets.key("model")).value == "a"


def test_what_is_shipped_is_not_renamed_or_deleted(chosen):
    at = more(chosen("mnist-mlp-z2"), "mnist-mlp-z2")
    assert fine(at)
    assert not {"Rename", "Delete", "Save note"} & set(labels(at))
    assert "Open in Explore" in labels(at)


def test_one_chosen_model_is_taken_elsewhere(chosen):
    at = chosen("mnist-z2-ae")
    assert fine(at)
    offered = {button.proto.label: button.proto.disabled for button in at.get("download_button")}
    assert offered == {"Download zip": False, "State dict": False, "ONNX": False, "Codes": False, "Samples": True}, (
        "an autoencoder has no prior"
    )


def test_a_model_is_noted_renamed_and_deleted(chosen, runs_here):
    at = more(chosen("a"), "a")
    assert "Duplicate" not in labels(at), "there is no form here"
    at.text_area(key="note-a").set_value("Overlap of 4 and 9")
    at = press(at, "Save note")
    assert fine(at)
    assert at.dataframe[0].value.set_index("Model").loc["a", "Note"] == "Overlap of 4 and 9"
    at = more(at, "a")
    at.text_input(key="name-a").set_value("mnist-mlp-z2")
    at = press(at, "Rename")
    assert ["exists already" in error.value for error in at.error] == [True]
    at = press(press(at, "Delete"), "Delete for good")
    assert not at.exception
    assert "a" not in models_of(at)
    assert not (runs_here / "a").exists()
