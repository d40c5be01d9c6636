"""The field that names a unit: kept with the checkpoint, refused in place, and said wherever the unit is."""

import json

import pytest

from tests.conftest import save_tiny
from tests.ui.test_pages import fine
from vae_explorer import folders
from vae_explorer.checkpoints import Checkpoint, read_unit_names, store_unit_name
from vae_explorer.ui import widgets
from vae_explorer.ui.page_table import PAGES

FIELD = "unit-name-named-1"
MARKED = "<b>x</b> [a](b) :red[c] $d$"


@pytest.fixture
def named(tmp_path, monkeypatch, digits) -> Checkpoint:
    """A run of three units, none of which has a name yet."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    return save_tiny(tmp_path / "named", digits)


@pytest.fixture
def disentangle(open_page, named):
    """The page with unit 1 beside the matrix."""
    return open_page("disentangle", {"model": "named", "cell": "1,0"})


def shown(at) -> str:
    """All that the page says, without the marks that keep text from being Markdown."""
    texts = [
        *(text.value for text in (*at.markdown, *at.caption)),
        *(one.proto.json for one in at.get("bidi_component")),
    ]
    return " ".join(texts).replace("\\", "")


def test_a_name_is_kept_and_said_at_once(disentangle, named):
    assert disentangle.text_input(key=FIELD).value == ""
    disentangle.text_input(key=FIELD).set_value("  x position ").run()
    assert fine(disentangle)
    assert read_unit_names(named) == {1: "x position"}
    assert disentangle.text_input(key=FIELD).value == "x position"
    for words in (
        "**unit 1 (x position) · ",
        "mu of unit 1 (x position)",
        "Unit 1 (x position) in the matrix",
    ):
        assert words in shown(disentangle)


def test_an_empty_field_takes_the_name_away(named, open_page):
    store_unit_name(named, 1, "x")
    at = open_page("disentangle", {"model": "named", "cell": "1,0"})
    assert at.text_input(key=FIELD).value == "x"
    at.text_input(key=FIELD).set_value("").run()
    assert read_unit_names(named) == {}
    assert "unit 1 (" not in shown(at)


@pytest.mark.parametrize("name", ["x" * 5_000, "a\u202eb"], ids=["5 KB", "turned"])
def test_a_name_that_is_refused_stays_with_its_reason_until_it_is_mended(disentangle, named, name):
    disentangle.text_input(key=FIELD).set_value(name).run()
    (error,) = disentangle.error
    assert error.value.startswith("A unit's name ")
    assert len(error.value) < 250
    assert disentangle.text_input(key=FIELD).value == name
    assert read_unit_names(named) == {}
    disentangle.text_input(key=FIELD).set_value("mended").run()
    assert fine(disentangle)
    assert read_unit_names(named) == {1: "mended"}


def test_a_refusal_is_over_when_the_field_is_left(disentangle, named, open_page):
    disentangle.text_input(key=FIELD).set_value("x" * 41).run()
    disentangle.session_state["cell"] = (2, 0)
    disentangle.run()
    assert fine(disentangle)
    disentangle.session_state["cell"] = (1, 0)
    disentangle.run().run()
    assert fine(disentangle)
    assert disentangle.text_input(key=FIELD).value == ""


def test_a_place_that_cannot_be_written_is_said_in_place(disentangle, named, monkeypatch):
    def full(*args):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(folders, "_write_file", full)
    disentangle.text_input(key=FIELD).set_value("x").run()
    (error,) = disentangle.error
    assert "names.json cannot be written: Read-only file system" in error.value.replace("\\", "")


def test_markup_is_text(disentangle, named):
    disentangle.text_input(key=FIELD).set_value(MARKED).run()
    assert fine(disentangle)
    assert read_unit_names(named) == {1: MARKED}
    said = " ".join(text.value for text in (*disentangle.markdown, *disentangle.caption))
    assert not any(mark in said for mark in ("<b>", "](", ":red[", " $"))
    assert f"unit 1 ({MARKED})" in shown(disentangle)


def test_a_name_given_on_one_page_is_on_the_others(disentangle, named):
    disentangle.text_input(key=FIELD).set_value("stroke").run()
    for page in ("traversals", "explore"):
        at = disentangle.switch_page(str(PAGES[page].script)).run()
        if page == "explore":
            at.selectbox(key=widgets.key("plane")).select("units").run()
        assert fine(at)
        for axis in range(2):
            listed = at.selectbox(key=widgets.key(f"units-{axis}")).options
            assert sum(option.startswith("unit 1 (stroke) · ") for option in listed) == 1
        told = [json.loads(one.proto.json) for one in at.get("bidi_component")]
        assert [one["unit_names"] for one in told if "unit_names" in one] == [{"1": "stroke"}]


def test_points_are_coloured_by_a_unit_that_is_called_by_its_name(named, open_page):
    store_unit_name(named, 1, MARKED)
    at = open_page("explore", {"model": "named", "colour": "mu-1"})
    assert fine(at)
    assert {f"mu of unit 1 ({MARKED})", f"σ of unit 1 ({MARKED})"} < set(
        at.selectbox(key=widgets.key("colour")).options
    )
    (told,) = [json.loads(one.proto.json) for one in at.get("bidi_component") if "unit_names" in one.proto.json]
    assert told["colour"]["label"] == f"mu of unit 1 ({MARKED})"
