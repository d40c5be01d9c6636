"""What is shown of a run that is watched: its remarks, its curves, its time machine, and β while it trains."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.advice.cases import silenced
from tests.jobs.conftest import ENDLESS, asked, ended, over, runs_root, until
from tests.journal.test_files import snapshot
from tests.ui.charts_on import charts_on
from tests.ui.test_pages import fine, query
from vae_explorer import folders
from vae_explorer.checkpoints import catalogue, store_unit_name
from vae_explorer.errors import InvalidSetting
from vae_explorer.jobs import desk, records
from vae_explorer.jobs.reports import RunState
from vae_explorer.journal import atlas, atlas_process, snapshots, trace
from vae_explorer.projections.desk import QUEUE, Order
from vae_explorer.run_settings import RunSettings
from vae_explorer.training.windows import Window
from vae_explorer.ui import widgets
from vae_explorer.ui.train import form_values, run_view

__all__ = ["runs_root"]
LINE = Window(1, 0.1, 0.5, 1.0, 90.0, 80.0, 10.0, (7.0, 3.0))


def lines(count: int, **changes) -> list[Window]:
    return [LINE._replace(step=i, epoch=i / 10, **changes) for i in range(count)]


def charts(at) -> dict[str, dict]:
    found = charts_on(at)
    return {figure["layout"]["yaxis"]["title"]["text"]: figure for figure in found}


def shown(at) -> dict:
    """What the time machine is given."""
    machine = next(found for found in at.get("bidi_component") if "journal" in found.proto.component_name)
    return json.loads(machine.proto.json)


def told(at) -> str:
    return " ".join(block.value for block in [*at.markdown, *at.caption])


def test_curves_have_at_most_400_points_from_the_first_to_the_last():
    curves = run_view.curves_of_trace(lines(4000))
    assert len(curves.epochs) == run_view.POINTS
    assert (curves.epochs[0], curves.epochs[-1]) == (0.0, 399.9)
    assert {name: len(values) for name, values in curves.values} == {"loss": 400, "nll": 400, "rate": 400}
    assert curves.kl == ((7.0, 3.0),) * 400
    assert run_view.curves_of_trace(lines(1)).epochs == (0.0,)


def test_curves_of_a_run_at_work_are_drawn_anew_when_that_can_be_seen():
    counts = [len(run_view.settled(lines(count))) for count in range(1, 1000)]
    assert counts[:100] == list(range(1, 101))
    assert all(count / 1.03 < drawn <= count for count, drawn in enumerate(counts, 1))
    assert len(set(counts[500:])) < 40


def test_a_change_of_beta_is_marked_where_it_was_made_however_few_points_are_shown():
    both = [*lines(1001), *(line._replace(step=line.step + 1001, epoch=200.0, beta=4.0) for line in lines(999))]
    assert run_view.curves_of_trace(both).changes == ((100.0, 4.0),)


def test_what_a_model_does_not_have_is_no_curve():
    plain = run_view.curves_of_trace(lines(5, rate=None, kl=None))
    assert ([name for name, _ in plain.values], plain.kl) == (["loss", "nll"], None)
    together = run_view.curves_of_trace(lines(5, kl=None))
    assert ([name for name, _ in together.values], together.kl) == (["loss", "nll", "rate"], None)


@pytest.mark.process
def test_a_run_has_remarks_curves_and_its_map_through_time(runs_root, open_page):
    name = asked(epochs=3).name
    assert ended(name).state == RunState.FINISHED
    at = open_page("train")
    assert fine(at)
    assert set(charts(at)) == {
        "loss (nats per image)",
        "nll (nats per image)",
        "rate (nats per image)",
        "KL (nats per image)",
    }
    data = shown(at)
    assert (data["run"], data["at_work"], data["axes"], data["umap"]) == (name, False, ["unit 0", "unit 1"], "")
    assert "β" not in [number.label for number in at.number_input if number.key != form_values.widget_key("beta")]


@pytest.mark.process
def test_a_finished_run_shows_the_names_of_its_units(runs_root, open_page):
    name = asked(epochs=3).name
    assert ended(name).state == RunState.FINISHED
    store_unit_name(catalogue.find(name), 1, "x position")
    at = open_page("train")
    assert fine(at)
    assert shown(at)["unit_names"] == {"1": "x position"}
    assert shown(at)["axes"] == ["unit 0", "unit 1 (x position)"]
    assert {trace["name"] for trace in charts(at)["KL (nats per image)"]["data"]} == {"unit 0", "unit 1 (x position)"}


@pytest.fixture
def endless_maps(monkeypatch) -> Iterator[None]:
    """Whoever asks for an atlas waits for ever, but not beyond the test."""
    words = [sys.executable, "-c", "input()"]
    monkeypatch.setattr(atlas_process, "order", lambda journal: Order(journal / atlas.FILE, lambda folder: words))
    yield
    for task in QUEUE.tasks:
        QUEUE.stop(task.key)
        task.over.wait(60)
        QUEUE.forget(task.key)


def at_rest(name: str, images) -> Path:
    """The journal of a run that is finished, with three snapshots."""
    over(name, images)
    journal = records.journal(name)
    for step in (0, 10, 25):
        mu = np.random.default_rng(step).normal(size=(60, 3)).astype(np.float32)
        snapshots.write(journal, snapshot(step, mu=mu, xy=mu[:, :2]))
    return journal


def test_a_finished_run_is_advised_on_and_a_button_opens_what_is_said(runs_root, open_page, digits):
    over("finished", digits, ticket=3)
    silenced(catalogue.find("finished"))
    at = open_page("train", run="finished")
    assert fine(at)
    assert "### What the figures say" in [text.value for text in at.markdown]
    way = next(button for button in at.button if (button.key or "").startswith("advice-train-0-"))
    way.click().run()
    assert fine(at)
    assert query(at)["model"] == "finished"


def choose(at, kind: str):
    return at.radio(key=widgets.key("over_time")).set_value(kind).run()


def watch(at, name: str):
    return at.button(key=f"watch-{name}").click().run()


@pytest.mark.process
@pytest.mark.usefixtures("endless_maps")
def test_the_umap_over_time_is_asked_for_stopped_and_left(runs_root, open_page, digits):
    name = "mapped"
    at_rest(name, digits)
    at = open_page("train")
    assert fine(at)
    assert not QUEUE.tasks
    choose(at, "umap")
    (job,) = QUEUE.tasks
    assert shown(at)["umap"] == ""
    assert fine(at)
    at.button(key="map-stop").click().run()
    assert job.over.wait(60)
    at.run()
    assert "UMAP over time: stopped" in " ".join(item.value for item in at.warning).replace("\\", "")
    at.button(key="map-again").click().run()
    (again,) = QUEUE.tasks
    assert again is not job
    choose(at, "plane")
    assert again.over.wait(60)
    assert not QUEUE.tasks


@pytest.mark.process
@pytest.mark.usefixtures("endless_maps")
def test_a_umap_that_is_computed_goes_on_while_another_run_is_watched(runs_root, open_page, digits):
    for name in ("first", "second"):
        at_rest(name, digits)
    at = watch(open_page("train"), "first")
    choose(at, "umap")
    (job,) = QUEUE.tasks
    other = asked(epochs=ENDLESS).name
    until(lambda: trace.read(records.journal(other)))
    watch(at.run(), other)
    assert shown(at)["run"] == other
    assert QUEUE.tasks == [job]
    choose(watch(at, "second"), "plane")
    assert QUEUE.tasks == [job]
    assert not job.over.is_set()
    choose(watch(at, "first"), "umap")
    assert QUEUE.tasks == [job]
    assert at.button(key="map-stop")
    choose(at, "plane")
    assert job.over.wait(60)
    assert not QUEUE.tasks


@pytest.mark.process
@pytest.mark.usefixtures("endless_maps")
def test_a_link_restores_the_place_in_time_and_the_kind_of_map(runs_root, open_page, digits):
    for name in ("first", "second"):
        at_rest(name, digits)
    link = {"run": "first", "snapshot": "10", "over_time": "umap"}
    at = open_page("train", link)
    assert (shown(at)["run"], shown(at)["snapshot"]) == ("first", 10)
    assert at.radio(key=widgets.key("over_time")).value == "umap"
    assert len(QUEUE.tasks) == 1
    assert query(at) == link
    watch(at, "second")
    assert shown(at)["snapshot"] is None
    assert query(at) == {"run": "second", "over_time": "umap"}


@pytest.mark.process
@pytest.mark.usefixtures("endless_maps")
def test_a_map_that_is_chosen_keeps_its_run_watched_and_is_in_the_address(runs_root, open_page, digits):
    at_rest("first", digits)
    at = choose(open_page("train"), "umap")
    assert query(at) == {"run": "first", "over_time": "umap"}
    assert query(choose(at, "plane")) == {"run": "first"}


@pytest.mark.parametrize(("name", "text"), [("snapshot", "-1"), ("snapshot", "late"), ("over_time", "tsne")])
def test_a_place_in_time_that_cannot_be_is_said_and_not_shown(runs_root, open_page, digits, name, text):
    at_rest("first", digits)
    at = open_page("train", {name: text})
    assert [toast.value for toast in at.toast]
    assert name not in query(at)


@pytest.mark.process
@pytest.mark.usefixtures("endless_maps")
def test_an_atlas_is_shown_for_as_long_as_it_is_of_these_snapshots(runs_root, open_page, digits):
    name = "mapped"
    journal = at_rest(name, digits)
    xy = np.zeros((3, 60, 2), np.float32)
    atlas.write(journal, atlas.wanted(journal)._replace(indices=np.arange(60), xy=xy))
    at = choose(open_page("train"), "umap")
    assert fine(at)
    assert shown(at)["umap"] == str(atlas.stamp(journal))
    assert not QUEUE.tasks
    snapshots.write(journal, snapshot(30))
    at.run()
    assert shown(at)["umap"] == ""
    assert len(QUEUE.tasks) == 1


@pytest.mark.process
def test_a_run_without_a_journal_shows_its_curves_alone(runs_root, open_page):
    name = asked(epochs=2).name
    assert ended(name).state == RunState.FINISHED
    folders.remove(records.journal(name))
    at = open_page("train")
    assert fine(at)
    assert "trained without a journal" in told(at)
    assert "KL (nats per image)" not in charts(at)
    assert charts(at)["loss (nats per image)"]["data"][0]["x"] == [1, 2]


def field(at, name: str):
    """Where β of a run at work is typed."""
    (found,) = [number for number in at.number_input if (number.key or "").startswith(f"beta-{name}-")]
    return found


@pytest.mark.process
def test_beta_is_changed_while_the_run_is_at_work(runs_root, open_page):
    name = asked(epochs=ENDLESS).name
    until(lambda: trace.read(records.journal(name)))
    at = open_page("train")
    field(at, name).set_value(4.0)
    next(button for button in at.button if button.label == "Apply").click().run()
    assert fine(at)
    until(lambda: trace.read(records.journal(name))[-1].beta == 4.0)
    at.run()
    notes = [note["text"] for figure in charts(at).values() for note in figure["layout"]["annotations"]]
    assert notes == ["β 4"] * 4


@pytest.mark.process
def test_a_beta_is_the_same_in_every_session_that_watches_the_run(runs_root, open_page):
    name = asked(epochs=ENDLESS).name
    until(lambda: trace.read(records.journal(name)))
    one, other = open_page("train"), open_page("train")
    assert field(other, name).value == 1.0
    field(one, name).set_value(4.0)
    next(button for button in one.button if button.label == "Apply").click().run()
    assert field(other.run(), name).value == 4.0
    until(lambda: trace.read(records.journal(name))[-1].beta == 4.0)
    assert field(other.run(), name).value == 4.0
    field(other, name).set_value(2.0)
    next(button for button in other.button if button.label == "Apply").click().run()
    assert [field(at.run(), name).value for at in (one, other)] == [2.0, 2.0]


@pytest.mark.process
def test_a_refused_beta_is_one_sentence(runs_root, open_page, monkeypatch):
    name = asked(epochs=ENDLESS).name
    until(lambda: desk.status(name).state == RunState.RUNNING)

    def refuse(name: str, beta: float) -> None:
        raise InvalidSetting("beta must be a number from 0.")

    monkeypatch.setattr(desk, "change_beta", refuse)
    at = open_page("train")
    next(button for button in at.button if button.label == "Apply").click().run()
    assert [toast.value for toast in at.toast] == ["beta must be a number from 0\\."]
    assert not at.exception


@pytest.mark.process
@pytest.mark.parametrize("preset", ["ae-mlp-small-z2"])
def test_a_run_without_beta_offers_none(runs_root, open_page, preset):
    name = desk.start(RunSettings(preset, "digits", {"epochs": ENDLESS, "batch_size": 64}), threads=1).name
    until(lambda: desk.status(name).state == RunState.RUNNING)
    at = open_page("train")
    assert fine(at)
    assert "Apply" not in [button.label for button in at.button]
