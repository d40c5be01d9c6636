"""What cannot be compared is refused pair by pair in one line; what is unusual is compared with what it has."""

import shutil

import numpy as np
import pytest

from tests.conftest import save_tiny
from tests.kinds import Kind, made_up_latents, save_kind
from tests.ui.test_pages import compared, fine

DIGITS = "digits-mlp-z2"


@pytest.fixture
def runs(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    return tmp_path


def toasts(at) -> list[str]:
    return [toast.value.replace("\\", "") for toast in at.toast]


def chosen(at) -> list[str]:
    return list(at.session_state["models"])


def test_each_misfit_is_refused_with_its_own_reason(open_page, runs, digits_train):
    save_tiny(runs / "on-train", digits_train)
    for name, kind in {"one": Kind(), "two": Kind(), "small": Kind(image_shape=(1, 8, 8))}.items():
        save_kind(runs / name, kind)
    at = open_page("compare", {"models": "one,mnist-mlp-z2,on-train,small,nowhere,two"})
    assert fine(at)
    assert chosen(at) == ["one", "two"]
    ours = "that has 40 test images of Digits, 1 × 28 × 28."
    data, split, size, unknown = toasts(at)
    mnist = "it has encoded 10,000 test images of MNIST, 1 × 28 × 28"
    assert data == f"mnist-mlp-z2 cannot stand beside one: {mnist}; {ours}"
    assert split.startswith("on-train cannot stand beside one: it has encoded ")
    assert "train images of Digits" in split
    assert size == f"small cannot stand beside one: it has encoded 40 test images of Digits, 1 × 8 × 8; {ours}"
    assert unknown == "nowhere cannot be compared: there is no model of this name that can be opened."


def test_one_model_is_no_comparison(open_page):
    at = open_page("compare", {"models": DIGITS})
    assert fine(at)
    assert len(at.info) == 1


def test_a_model_that_is_deleted_meanwhile_is_dropped_with_a_line(open_page, runs):
    for name in ("one", "two", "three"):
        save_kind(runs / name, Kind())
    at = open_page("compare", {"models": "one,two,three"})
    assert len(compared(at)) == 3
    shutil.rmtree(runs / "two")
    at.run()
    assert fine(at)
    assert chosen(at) == ["one", "three"]
    assert toasts(at) == ["two cannot be compared: there is no model of this name that can be opened."]


def test_models_of_different_d_list_what_is_matched_to_none(open_page, runs):
    save_kind(runs / "three", Kind(), 3)
    save_kind(runs / "five", Kind(), 5)
    at = open_page("compare", {"models": "three,five"})
    assert fine(at)
    first, second = compared(at)
    assert (len(first["units"]), len(second["units"])) == (3, 3)
    matched = {unit["unit"] for unit in second["units"]} - {None}
    left = {unit["unit"] for unit in second["rest"]}
    assert len(left) >= 2
    assert (matched | left, matched & left) == (set(range(5)), set())
    assert [len(carried["origin"]) for carried in first["carried"]] == [3, 5]


def test_models_whose_units_are_all_collapsed_are_compared_without_a_match(open_page, runs):
    latents = made_up_latents(Kind(), 3)
    silent = latents._replace(mu=0 * latents.mu, logvar=np.zeros_like(latents.mu), rate=0 * latents.nll)
    silent = silent._replace(kl_per_dim=np.zeros(3, np.float32))
    save_kind(runs / "silent", Kind(), latents=silent)
    save_kind(runs / "plain", Kind())
    at = open_page("compare", {"models": "silent,plain"})
    assert fine(at)
    found = {len(one["rest"]): one for one in compared(at)}
    assert all(unit["idle"] for one in compared(at) for unit in one["units"])
    assert found[3]["units"][0]["unit"] is None


def test_a_conditional_model_says_that_it_decodes_a_class(open_page, runs):
    save_kind(runs / "cvae", Kind(classes=10))
    save_kind(runs / "plain", Kind())
    at = open_page("compare", {"models": "cvae,plain"})
    assert {one["map"]["model"]: one["conditional"] for one in compared(at)} == {"cvae": True, "plain": False}


def test_a_multi_rate_network_is_compared_at_any_of_its_betas(open_page, runs):
    save_kind(runs / "net", Kind(multi_rate="0.25,16"))
    save_kind(runs / "plain", Kind())
    at = open_page("compare", {"models": "net,net@4,plain", "beta": "2"})
    assert fine(at)
    assert not at.toast
    assert chosen(at) == ["net", "net@4", "plain"]
    assert {one["map"]["model"] for one in compared(at)} == {"net@2", "net@4", "plain"}
    assert len({one["mark"] for one in compared(at)}) == 3


def test_a_quick_hand_on_the_dial_loses_no_model(open_page, runs):
    """A browser answers in the words of the options that it has: they must not be others after each turn."""
    save_kind(runs / "net", Kind(multi_rate="0.25,16"))
    save_kind(runs / "plain", Kind())
    at = open_page("compare", {"models": "net,plain", "beta": "2"})
    before = at.multiselect[0].options
    at.session_state["beta"] = 4.0
    at.run()
    assert {one["map"]["model"] for one in compared(at)} == {"net@4", "plain"}
    assert at.multiselect[0].options == before


def test_words_that_are_no_option_any_more_change_nothing(open_page, runs):
    for name in ("one", "other"):
        save_kind(runs / name, Kind())
    at = open_page("compare", {"models": "one,other"})
    at.multiselect[0].set_value(["one", "Digits · MLP · 3 units · β 7 · gone"]).run()
    assert fine(at)
    assert chosen(at) == ["one", "other"]


def test_a_beta_beyond_the_trained_range_is_clamped_and_said(open_page, runs):
    save_kind(runs / "net", Kind(multi_rate="0.25,16"))
    save_kind(runs / "plain", Kind())
    assert chosen(open_page("compare", {"models": "plain,net,net@nan"})) == ["plain", "net"]
    at = open_page("compare", {"models": "net@99,plain"})
    assert fine(at)
    assert chosen(at) == ["net@16", "plain"]
    assert toasts(at) == ["β 99: net was trained for β from 0.25 to 16; the nearest is shown."]
