"""Every page opens from app.py; page logic through session values; bad links become one-line notes and clean URLs."""

import json
import os
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import save_tiny
from tests.ui.charts_on import charts_on, labels
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents.encoded import units_by_information
from vae_explorer.ui import widgets
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.params import PARAMS

CONV = "mnist-conv-z10-b1"
B4 = "mnist-conv-z10-b4"
FAMILY = {*(f"mnist-conv-64-b{beta}-s0" for beta in ("0.5", "2", "16")), "mnist-conv-64-multi"}
"""Of the largest family of those shipped that differ in β alone, as many as stand side by side, and their network."""


def fine(at: AppTest) -> bool:
    return not at.exception and not at.error


def query(at: AppTest) -> dict[str, str]:
    """What the address bar is told to show."""
    written = json.loads(at.get("bidi_component")[-1].proto.json)["query"]
    return dict(parse_qsl(written.removeprefix("?")))


@pytest.mark.parametrize("model", ["mnist-mlp-z2", CONV, "mnist-conv-z10-b4", "digits-mlp-z2", "sprites-tcvae-b2-s1"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_every_model(open_page, page, model):
    at = open_page(page, model=model)
    assert fine(at)
    assert not at.toast
    if "model" in PAGES[page].parameters:
        assert query(at).items() - {"unit": query(at).get("unit")}.items() == {"model": model}.items()
        assert any("nats per image" in caption.value for caption in at.caption)


def test_nothing_from_an_address_is_read_as_markdown(open_page):
    at = open_page("explore", {"model": "![x](http://127.0.0.1:9/x.png)", "<img>": "**1**"})
    shown = [toast.value for toast in at.toast]
    assert len(shown) == 2
    assert not any(mark in text for text in shown for mark in ("![", "](", " <img", "“<", "http:"))


def test_a_rerun_changes_nothing(open_page):
    at = open_page("traversals", model=CONV)
    before = (query(at), [widget.value for widget in at.selectbox])
    at.run()
    assert (query(at), [widget.value for widget in at.selectbox]) == before


def test_choices_go_to_the_url_and_come_back(open_page):
    at = open_page("explore", model=CONV)
    at.selectbox(key=widgets.key("plane")).select("pca").run()
    at.selectbox(key=widgets.key("colour")).select("nll").run()
    assert query(at) == {"model": CONV, "plane": "pca", "colour": "nll"}
    link = query(at) | {"pin": ",".join(["0.25"] * 10), "view": "0.5,-1.0,7.5", "hidden": "3,4"}
    again = open_page("explore", link)
    assert fine(again)
    assert query(again) == link
    assert again.session_state["pin"] == (0.25,) * 10
    assert again.session_state["hidden"] == (3, 4)
    assert again.selectbox(key=widgets.key("plane")).value == "pca"


def test_a_model_keeps_the_chosen_image_the_map_and_units_by_rank_and_forgets_the_place(open_page):
    one, other = (units_by_information(catalogue.LATENTS.get(catalogue.find(name))) for name in (CONV, B4))
    link = {"model": CONV, "point": "7", "view": "1,1,5", "hidden": "3,4", "n_neighbors": "7"}
    at = open_page("explore", link | {"units": f"{one[2]},{one[0]}", "colour": f"mu-{one[4]}"})
    at.selectbox(key=widgets.key("model")).select(B4).run()
    assert fine(at)
    taken = {"plane": "units", "units": f"{other[2]},{other[0]}", "colour": f"mu-{other[4]}"}
    assert query(at) == {"model": B4, "point": "7", "hidden": "3,4", "n_neighbors": "7"} | taken


def test_a_map_stays_where_it_makes_sense_and_goes_without_a_note_where_not(open_page):
    at = open_page("explore", {"model": CONV, "plane": "pca"})
    at.selectbox(key=widgets.key("model")).select(B4).run()
    assert query(at) == {"model": B4, "plane": "pca"}
    at.selectbox(key=widgets.key("model")).select("mnist-mlp-z2").run()
    assert fine(at)
    assert not at.toast
    assert query(at) == {"model": "mnist-mlp-z2"}


def test_another_data_set_keeps_no_image_and_no_hidden_class(open_page):
    at = open_page("explore", {"model": CONV, "point": "7", "hidden": "3"})
    at.selectbox(key=widgets.key("model")).select("digits-mlp-z2").run()
    assert not at.toast
    assert query(at) == {"model": "digits-mlp-z2"}


def test_the_origin_is_no_pin_worth_a_link(open_page):
    at = open_page("traversals", {"model": "mnist-mlp-z2", "pin": "0,0"})
    assert not at.toast
    assert query(at) == {"model": "mnist-mlp-z2"}


def test_an_event_that_comes_after_its_page_is_dropped(open_page):
    from vae_explorer.ui.components.served import event_callbacks

    at = open_page("traversals")
    assert "map" not in at.session_state
    for callback in event_callbacks("map", "pin", "view").values():
        callback()


def test_choosing_one_unit_for_both_axes_swaps_them(open_page):
    at = open_page("explore", {"model": CONV, "units": "3,5"})
    at.selectbox(key=widgets.key("units-0")).select(5).run()
    assert query(at)["units"] == "5,3"


BAD_LINKS = [
    ("model", "mnist-gpt-z2"),
    ("plane", "sphere"),
    ("plane", "pca"),
    ("units", "3,99"),
    ("units", "1,1"),
    ("colour", "<b>red</b>"),
    ("pin", "1,2,3"),
    ("pin", "1e30,0"),
    ("point", "10000"),
    ("view", "1,nan,2"),
    ("view", "0,0,-5"),
    ("view", "1,2"),
    ("hidden", "a,b"),
    ("hidden", "99,3"),
    ("stranger", "1"),
    ("page", "nonsense"),
]


@pytest.mark.parametrize(("name", "text"), BAD_LINKS)
def test_a_bad_link_is_one_note_a_default_view_and_a_clean_url(open_page, name, text):
    at = open_page("explore", {"model": "mnist-mlp-z2"} | {name: text})
    assert fine(at)
    assert len(at.toast) == 1
    assert query(at) == {"model": "mnist-mlp-z2"}
    assert not at.run().toast


@pytest.mark.parametrize(
    ("page", "name", "text"),
    [
        ("traversals", "steps", "33"),
        ("traversals", "span", "-1"),
        ("traversals", "spacing", "cubic"),
        ("interpolate", "frames", "65"),
        ("interpolate", "a", "-4"),
        ("interpolate", "b", "1e400"),
        ("interpolate", "t", "2"),
        ("interpolate", "path", "geodesic"),
        ("compare", "models", "nothing,at all"),
        ("compare", "seed", "[[[["),
        ("compare", "seed", "4294967296"),
        ("train", "run", "no-such-run"),
        ("train", "run", "../../etc"),
    ],
)
def test_bad_values_on_the_other_pages(open_page, page, name, text):
    at = open_page(page, {name: text})
    assert fine(at)
    assert at.toast
    assert query(at).get(name) != text


@pytest.mark.parametrize("name", PARAMS)
def test_every_default_is_allowed_and_survives_the_url(name):
    row = PARAMS[name]
    assert row.check(row.default) == row.default
    if row.default not in ((), None):
        assert row.read(row.write(row.default)) == row.default


@pytest.mark.parametrize("name", PARAMS)
def test_a_number_that_no_float_holds_is_refused_by_every_row(name):
    row = PARAMS[name]
    for value in (10**400, -(10**400), [10**400], [0, 10**400], [10**400] * 3):
        with pytest.raises(ValueError, match="expected"):
            row.check(value)


def test_images_are_picked_by_class_and_from_the_map(open_page):
    at = open_page("interpolate", {"model": CONV, "point": "12"})
    assert fine(at)
    at = open_page("interpolate", model=CONV, point=12)
    at.button(key=widgets.key("b-map")).click().run()
    assert at.session_state["b"] == 12
    labels = checkpoints.read_latents(checkpoints.open_checkpoint(_shipped(CONV))).label
    at.button_group(key=widgets.key("a-label")).select("4").run()
    first = at.session_state["a"]
    assert labels[first] == 4
    at.button_group(key=widgets.key("a-label")).select("4").run()
    assert at.session_state["a"] > first
    assert labels[at.session_state["a"]] == 4


def _shipped(name: str):
    from vae_explorer.checkpoints import catalogue

    return catalogue.HOME / "pretrained" / name


def compared(at) -> list[dict]:
    """What the columns of the comparison are told."""
    told = [json.loads(one.proto.json) for one in at.get("bidi_component")]
    return next(data["models"] for data in told if "originals" in data)


def test_compare_starts_with_the_beta_family_and_shows_measured_figures(open_page):
    at = open_page("compare")
    assert fine(at)
    assert set(at.multiselect[0].value) == FAMILY
    shown = {figure["text"] for one in compared(at) for figure in one["figures"]}
    for name in FAMILY:
        figures = json.loads((_shipped(name) / checkpoints.METRICS).read_text())
        assert {f"{figures['nll']:.2f}", f"{figures['rate']:.2f}"} <= shown


def test_compare_refuses_another_data_set_and_asks_for_two(open_page):
    at = open_page("compare", {"models": f"{CONV},digits-mlp-z2"})
    assert fine(at)
    assert at.toast
    assert at.info
    assert "digits-mlp-z2" not in at.multiselect[0].options


def test_compare_names_every_model_apart_and_says_when_there_is_no_second(open_page):
    at = open_page("compare", {"models": f"{CONV},mnist-mlp-z2"})
    assert {f"β = 1, {CONV}", "β = 1, mnist-mlp-z2"} <= set(labels(charts_on(at)[0]))
    at = open_page("compare", {"models": "digits-mlp-z2"})
    assert "no second model" in at.info[0].value


def test_a_beta_that_was_changed_on_the_way_is_the_last_one_and_told(open_page, tmp_path, monkeypatch, digits):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    save_tiny(tmp_path / "changed", digits, betas=((7, 4.0),))
    save_tiny(tmp_path / "often", digits, betas=((7, 4.0), (8, 2.0), (9, 0.5)))
    save_tiny(tmp_path / "plain", digits)
    at = open_page("compare", {"models": "changed,often,plain"})
    assert fine(at)
    assert {"β = 1 → … → 0.5", "β = 1 → 4"} <= set(labels(charts_on(at)[0]))
    assert "Digits · MLP · 3 units · β 1 → 4 · changed" in at.multiselect[0].options
    table = open_page("library").dataframe[0].value.set_index("Model")
    assert list(table.loc[["changed", "often", "plain"], "β"]) == [4, 0.5, 1]


def test_models_of_two_betas_are_no_family(open_page, tmp_path, monkeypatch, digits):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    for beta in (2.0, 3.0, 4.0):
        save_tiny(tmp_path / f"changed-to-{beta:g}", digits, betas=((7, beta),))
    at = open_page("compare")
    assert fine(at)
    assert set(at.multiselect[0].value) == FAMILY


def test_models_whose_latents_are_of_other_images_are_not_compared(open_page, tmp_path, monkeypatch, digits_train):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    save_tiny(tmp_path / "on-train", digits_train)
    at = open_page("compare", {"models": "digits-mlp-z2,on-train"})
    assert fine(at)
    assert "on-train" in at.toast[0].value.replace("\\", "")
    assert not any("on-train" in option for option in at.multiselect[0].options)


def test_a_broken_model_is_greyed_out_with_its_reason(open_page, tmp_path, monkeypatch, digits):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    save_tiny(tmp_path / "broken", digits)
    (tmp_path / "broken" / checkpoints.LATENTS).write_bytes(b"half")
    at = open_page("explore", {"model": "broken"})
    assert fine(at)
    assert "truncated" in at.toast[0].value
    assert any("broken" in caption.value and "truncated" in caption.value for caption in at.caption)
    assert not any("broken" in option for option in at.selectbox(key=widgets.key("model")).options)


def test_without_any_model_the_page_says_what_to_do(open_page, tmp_path, monkeypatch):
    monkeypatch.setattr("vae_explorer.checkpoints.catalogue.HOME", tmp_path)
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    at = open_page("explore")
    assert fine(at)
    assert "vae_explorer train" in at.info[0].value


def test_an_unexpected_error_is_logged_under_an_id_and_the_next_run_works(open_page, monkeypatch, caplog):
    monkeypatch.setattr("vae_explorer.ui.panels.show_measured", lambda scene: 1 / 0)
    at = open_page("explore")
    assert len(at.error) == 1
    name = at.error[0].value.split("id ")[1].split(")")[0]
    assert any(name in record.getMessage() for record in caplog.records)
    monkeypatch.undo()
    assert fine(at.run())


def test_absent_data_are_offered_and_a_failed_download_is_one_line(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
    monkeypatch.setattr("torchvision.datasets.MNIST.mirrors", ["http://127.0.0.1:9/"])
    at = open_page("explore", model=CONV)
    assert any("not on this machine" in caption.value for caption in at.caption)
    next(button for button in at.button if button.label == "Download").click().run()
    assert len(at.error) == 1
    assert "network" in at.error[0].value
    assert not at.exception


@pytest.mark.parametrize("page", PAGES)
def test_strange_entries_among_the_runs_are_greyed_out_and_every_page_opens(open_page, page, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    for name in (
        "x" * 252,
        "line\nbreak",
        "[link](www.example)",
        "\udcff",
        "endless",
        "piped",
        ".jobs/piped",
        ".jobs/job",
    ):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "endless" / checkpoints.CONFIG).symlink_to("/dev/zero")
    for piped in ("piped/config.json", ".jobs/piped/job.json", ".jobs/job/life.json"):
        os.mkfifo(tmp_path / piped)
    at = open_page(page)
    assert fine(at)
    told = [caption.value for caption in at.caption if "cannot be opened" in caption.value]
    assert len(told) == 6
    assert any("a link where a file belongs" in one for one in told)
    assert any("a pipe where a file belongs" in one for one in told)
