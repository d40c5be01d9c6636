"""The Train page with real runs on the digits: asked for, followed, stopped, taken up again, deleted."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.jobs.conftest import over
from tests.ui.charts_on import charts_on
from tests.ui.test_pages import fine, query
from vae_explorer import checkpoints, config, datasets, models
from vae_explorer.checkpoints import catalogue
from vae_explorer.jobs import desk, housekeeping, lives, records, reports
from vae_explorer.jobs.reports import RunState
from vae_explorer.losses import LOSSES, loss_settings
from vae_explorer.run_settings import RunSettings
from vae_explorer.schedules import OPENINGS
from vae_explorer.ui import run_menu, state, widgets
from vae_explorer.ui.train import form_values, run_list
from vae_explorer.ui.words import lasting, literal

pytestmark = pytest.mark.thorough

NAME = "digits-mlp-small-z2-b1-s0"
SHIPPED = sorted(
    (folder.name for folder in (catalogue.HOME / "pretrained").iterdir()),
    key=lambda name: (name != catalogue.DEFAULT_ID, name),
)
ENDLESS = 100_000


@pytest.fixture(autouse=True)
def runs_here(tmp_path, monkeypatch) -> Iterator[Path]:
    """A runs folder of the test's own, in which nothing is left at work."""
    root = tmp_path / "runs"
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(root))
    yield root
    for name in records.names():
        desk.stop(name)
        desk.stop(name)
    until(lambda: all(lives.free(records.job_folder(name)) for name in records.names()))


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < end, "it does not come to pass"
        time.sleep(0.05)


@pytest.fixture
def form(open_page) -> Callable[..., object]:
    """The page with a run on the digits asked for, with these settings, Start not pressed yet."""

    def filled(**changes):
        asked = {"dataset": "digits", "preset": "mlp-small-z2", "epochs": 1, "batch_size": 64}
        return open_page("train", form=asked | changes)

    return filled


def press(at, label: str):
    return next(button for button in at.button if button.label == label).click().run()


def looked_at(at) -> dict[str, str]:
    """What the address shows beside the form."""
    return {name: value for name, value in query(at).items() if name != "form"}


def labels(at) -> list[str]:
    return [button.label for button in at.button]


def told(at) -> str:
    return " ".join(block.value for block in [*at.markdown, *at.caption])


def epochs_of(name: str) -> int:
    return desk.status(name).epoch


def test_the_page_opens_without_runs(open_page):
    at = open_page("train")
    assert fine(at)
    assert "No run yet" in at.info[0].value


@pytest.mark.process
def test_a_run_is_started_followed_and_opened_in_explore(form):
    at = press(form(), "Start")
    assert fine(at)
    assert looked_at(at) == {"run": NAME}
    assert any(word in told(at) for word in ("Waiting", "Training", "Finished"))
    until(lambda: desk.status(NAME).state == RunState.FINISHED)
    at.run()
    assert fine(at)
    assert "Finished" in told(at)
    assert "epoch 1 of 1" in told(at)
    assert len(charts_on(at)) == 4
    assert "Stop" not in labels(at)
    at = press(at, "Open in Explore")
    assert fine(at)
    assert query(at) == {"model": NAME}
    assert at.selectbox(key=widgets.key("model")).value == NAME


@pytest.mark.process
def test_a_run_is_stopped_and_goes_on_where_it_was(form):
    at = press(form(epochs=ENDLESS), "Start")
    until(lambda: epochs_of(NAME) >= 2)
    at.run()
    assert "about" in told(at)
    assert len(charts_on(at)) == 4
    at = press(at, "Stop")
    assert fine(at)
    until(lambda: desk.status(NAME).state == RunState.STOPPED)
    before = epochs_of(NAME)
    at.run()
    assert "Stopped" in told(at)
    assert not any(literal(NAME) in caption.value for caption in at.caption), "it is no broken model"
    at = press(at, "Resume")
    assert fine(at)
    until(lambda: epochs_of(NAME) > before)
    assert "Stop" in labels(at.run())


@pytest.mark.process
def test_deleting_is_asked_once(form, runs_here):
    at = press(form(), "Start")
    until(lambda: desk.status(NAME).state == RunState.FINISHED)
    at = press(more(at), "Delete")
    assert (runs_here / NAME).exists()
    assert "They cannot be had back" in told(at)
    at = press(at, "Delete for good")
    assert fine(at)
    assert not at.toast
    assert not (runs_here / NAME).exists()
    assert "No run yet" in at.info[0].value
    assert looked_at(at) == {}


def test_a_question_that_was_walked_away_from_is_asked_again(recorded):
    at = press(more(recorded("a"), "a"), "Delete")
    at = more(more(at, "a", False), "a")
    assert "Delete" in labels(at)
    assert "Delete for good" not in labels(at)


@pytest.fixture
def recorded(open_page, runs_here, digits) -> Callable[..., AppTest]:
    """The page with runs of these names that are over, the last one watched."""

    def opened(*names: str, **changes) -> AppTest:
        for ticket, name in enumerate(names, 1):
            over(name, digits, ticket, epochs=6, **changes)
        return open_page("train")

    return opened


def more(at: AppTest, name: str = NAME, opened: bool = True) -> AppTest:
    """The page with what else can be done with this run opened, or closed."""
    changes = getattr(at.session_state, state.CHANGES.key, 0)
    at.session_state[run_menu.menu_key(name, changes)] = opened
    return at.run()


def test_the_watched_run_comes_first_and_another_can_be_chosen(recorded):
    at = recorded(*"abcdefgh")
    titles = [block.value for block in at.markdown if "Finished" in block.value]
    assert [title.split("**")[1] for title in titles] == list("hgfedc")
    at.toggle(key=run_list.EVERY_RUN).set_value(True).run()
    titles = [block.value for block in at.markdown if "Finished" in block.value]
    assert [title.split("**")[1] for title in titles] == list("hgfedcba")
    at.button(key="watch-b").click().run()
    assert fine(at)
    assert query(at) == {"run": "b"}
    assert next(block.value for block in at.markdown if "Finished" in block.value).split("**")[1] == "b"
    assert "watch-b" not in [button.key for button in at.button]


def test_a_run_is_renamed_and_stays_watched_and_a_refusal_is_said_in_place(recorded):
    at = more(recorded("a", "b"), "b")
    for wrong, sentence in (("a", "a exists already"), ("../b", "A run's name is at most"), ("", "A run's name is")):
        at.text_input(key="name-b").set_value(wrong)
        at = press(at, "Rename")
        assert not at.exception
        assert [sentence in error.value.replace("\\", "") for error in at.error] == [True]
    at.text_input(key="name-b").set_value("z")
    at.session_state["model"] = "b"
    at = press(at, "Rename")
    assert fine(at)
    assert records.names() == ["a", "z"]
    assert at.session_state["model"] == "z", "what is looked at elsewhere is the same model"
    assert query(at) == {"run": "z"}


def test_a_run_that_is_being_written_about_stays_watched(recorded, digits):
    at = more(recorded("a", "b"), "b")
    over("c", digits, 3, epochs=6)
    at.run()
    assert next(block.value for block in at.markdown if "Finished" in block.value).split("**")[1] == "b"


def test_a_run_is_trained_further_with_what_is_given(recorded, runs_here, monkeypatch):
    asked: list[tuple] = []
    monkeypatch.setattr(desk, "train_further", lambda *given: asked.append(given))
    at = recorded("a")
    assert "Train further" not in told(at)
    opened = checkpoints.open_checkpoint(runs_here / "a")
    recipe = replace(opened.recipe, epoch=1, stages=(opened.recipe.stage()._replace(last=1),))
    epoch = {"epoch": 1, "seconds": 1.0, "images": 1437}
    checkpoints.save(opened.folder, recipe, checkpoints.read_weights(opened), [epoch])
    at.session_state["further-a-0"] = True
    at = at.run()
    given = [at.number_input(key=f"{name}-a-0").value for name in ("epochs", "lr", "beta")]
    assert given == [6, recipe.train.lr, 1.0]
    at.number_input(key="lr-a-0").set_value(1e-4)
    at = press(at, "Train further")
    assert fine(at)
    assert asked == [("a", 6, 1e-4, 1.0)]


def test_a_note_is_kept_and_shown_as_plain_text(recorded):
    note = "**bold** ![x](http://127.0.0.1:9/x.png) <b> $x$ :red[y]\nsecond line"
    at = more(recorded("a", "b"), "a")
    at.text_area(key="note-a").set_value(note)
    at = press(at, "Save note")
    assert fine(at)
    assert housekeeping.noted("a") == note
    assert literal(note) in told(at)
    assert "Save note" not in labels(at), "it is closed"


def test_a_run_is_duplicated_into_the_form_and_stays_as_it_is(recorded):
    changes = {"beta": 2.5, "seed": 3, "objective": "capacity", "capacity": 4.0, "precision": "bf16"}
    at = recorded("a", **changes)
    before = (records.job_folder("a") / records.JOB).read_bytes()
    at = press(more(at, "a"), "Duplicate")
    assert fine(at)
    asked = at.session_state["form"]
    assert {name: asked[name] for name in ("beta", "seed", "objective", "capacity", "epochs", "dataset", "preset")} == {
        "beta": 2.5,
        "seed": 3,
        "objective": "capacity",
        "capacity": 4.0,
        "epochs": 6,
        "dataset": "digits",
        "preset": "mlp-small-z2",
    }
    assert (asked["name"], asked["latent_dim"]) == ("", None)
    assert not {"free_nats", "importance_samples", "components", "precision"} & set(asked)
    assert at.number_input(key=form_values.widget_key("capacity")).value == 4.0
    assert "no precision" in at.toast[0].value
    assert (records.job_folder("a") / records.JOB).read_bytes() == before
    assert records.names() == ["a"]


def test_what_the_form_asks_for_after_a_duplicate_is_the_same_run(recorded):
    recorded("a")
    settings = records.read("a").settings
    asked = {**form_values.DEFAULTS, **form_values.values_of(settings)}
    names = [name for name in form_values.DEFAULTS if name in settings.training and name != "objective"]
    assert {name: asked[name] for name in names} == {name: settings.training[name] for name in names}
    assert asked["objective"] == ""
    assert form_values.without_field(settings) == []


def test_a_run_that_chose_its_epoch_is_duplicated_with_all_that_says_how():
    training = {"keep": "best", "patience": 4, "validation": 0.2, "redraw": True}
    settings = RunSettings("mlp-small-z2", "mnist-binarised", training).written_out()
    assert form_values.without_field(settings) == []
    state.put("form", form_values.values_of(settings))
    assert form_values.run_settings().written_out() == settings


def test_a_run_of_one_network_for_every_beta_is_duplicated_as_one():
    settings = RunSettings("mlp-small-z2", "digits", {"annealing": "cool-down"}, {"multi_rate": "0.5,8"})
    assert form_values.without_field(settings) == []
    asked = form_values.values_of(settings.written_out())
    assert (asked["what"], asked["multi_rate"], asked["annealing"]) == (MULTI_RATE["what"], "0.5,8", "cool-down")
    other = form_values.values_of(RunSettings("mlp-small-z2", "digits").written_out())
    assert other["what"] == "One run"
    assert "multi_rate" not in other


MULTI_RATE = {"what": "One network for every β"}
REFUSED = {
    "beta -1": ({"beta": -1.0}, "beta must be a number from 0"),
    "no epochs": ({"epochs": 0}, "epochs must be a whole number from 1"),
    "rate of 0": ({"lr": 0.0}, "lr must be above 0"),
    "too many units": ({"latent_dim": 9999}, "latent_dim must be"),
    "a path for a name": ({"name": "../up"}, "A run's name is"),
    "an image side": ({"preset": "burgess-z10", "latent_dim": 0}, "latent_dim must be"),
    "mixture of one": ({"prior": "mixture", "components": 1}, "components must be from 2"),
    "β 1 is not in the range": ({**MULTI_RATE, "multi_rate": "2, 4"}, "with 1 in it, such as 0.25,16, not “2,4”"),
    "no range of an autoencoder": ({**MULTI_RATE, "preset": "ae-mlp-small-z2"}, "A multi-rate network has a rate"),
    "objective's setting": ({"objective": "capacity", "capacity": 0.0}, "needs capacity above 0"),
}


@pytest.mark.parametrize(("changes", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_one_line_and_nothing_can_be_started(form, runs_here, changes, sentence):
    at = form(**changes)
    assert not at.exception
    assert len(at.error) == 1
    assert sentence in at.error[0].value.replace("\\", "")
    start = next(button for button in at.button if button.label == "Start")
    assert start.disabled
    assert not runs_here.exists()


def test_a_name_that_is_taken_is_refused_when_start_is_pressed(form):
    at = press(form(name="digits-mlp-z2"), "Start")
    assert len(at.error) == 1
    assert "exists already" in at.error[0].value
    assert records.names() == []


@pytest.mark.process
def test_a_run_that_nobody_named_gets_a_number_and_the_page_says_so(form, digits):
    over(NAME, digits, epochs=6)
    at = press(form(epochs=ENDLESS), "Start")
    assert fine(at)
    assert looked_at(at) == {"run": f"{NAME}-2"}
    assert [toast.value.replace("\\", "") for toast in at.toast] == [
        f"{NAME} is the name of another run; this one is called {NAME}-2."
    ]


def test_settings_stay_while_other_pages_are_visited(form):
    at = form(epochs=7)
    at.number_input(key=form_values.widget_key("beta")).set_value(2.5).run()
    at.switch_page("traversals.py").run()
    at.switch_page("train.py").run()
    assert at.number_input(key=form_values.widget_key("beta")).value == 2.5
    assert at.number_input(key=form_values.widget_key("epochs")).value == 7


def test_an_absent_data_set_is_offered_and_cannot_be_started(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
    at = open_page("train")
    assert at.selectbox(key=form_values.widget_key("dataset")).value == "digits"
    at.selectbox(key=form_values.widget_key("dataset")).select("mnist").run()
    assert "11 MB" in told(at)
    assert "Download" in labels(at)
    assert next(button for button in at.button if button.label == "Start").disabled


def test_the_form_starts_with_the_settings_own_defaults():
    assert {name: form_values.value(name) for name in loss_settings()} == {
        name: setting.offered for name, setting in loss_settings().items()
    }
    usual = config.TrainConfig()
    names = [name for name in form_values.TRAINING if name != "epochs"]
    assert all(form_values.DEFAULTS[name] == getattr(usual, name) for name in names)


def test_the_form_starts_with_the_first_run_of_the_data_set_and_keeps_what_was_chosen(open_page):
    at = open_page("train")
    for name in ("mnist", "digits"):
        at.selectbox(key=form_values.widget_key("dataset")).select(name).run()
        first = datasets.DATASETS[name].first_run
        assert at.selectbox(key=form_values.widget_key("preset")).value == first.preset
        assert at.number_input(key=form_values.widget_key("epochs")).value == first.epochs
    at.number_input(key=form_values.widget_key("epochs")).set_value(7).run()
    at.selectbox(key=form_values.widget_key("dataset")).select("mnist").run()
    assert at.number_input(key=form_values.widget_key("epochs")).value == 7


def fields(at) -> set[str]:
    return {one.label for one in [*at.number_input, *at.selectbox, *at.text_input]}


WITHOUT_BETA = {"beta": 4.0, "annealing": "warm-up", "prior": "mixture"}


def test_the_form_of_an_autoencoder_asks_for_nothing_that_it_lacks_and_says_what(form):
    at = form(preset="ae-mlp-small-z2", objective="iwae", **WITHOUT_BETA)
    assert fine(at)
    assert not {"β", "β over training", "Prior", "Gaussians in the prior"} & fields(at)
    assert at.selectbox(key=form_values.widget_key("objective")).options == ["ae (the preset's)", "ae"]
    assert "A plain autoencoder has no prior and no rate" in told(at)
    assert not next(button for button in at.button if button.label == "Start").disabled
    at.selectbox(key=form_values.widget_key("preset")).select("mlp-small-z2").run()
    assert {"Prior", "K draws per image"} <= fields(at), "what was chosen for another preset is still there"
    assert "plain autoencoder" not in told(at)


def test_the_form_of_pca_offers_nothing_that_would_train_it(form):
    at = form(preset="pca-z2", objective="ae", **WITHOUT_BETA)
    assert fine(at)
    assert at.selectbox(key=form_values.widget_key("objective")).options == ["pca (the preset's)", "pca"]
    assert "PCA is solved for at once and not trained" in told(at)
    assert not next(button for button in at.button if button.label == "Start").disabled


def test_an_objective_without_beta_hides_it_and_is_not_refused(form):
    at = form(objective="iwae", beta=4.0, annealing="warm-up")
    assert fine(at)
    assert not {"β", "β over training"} & fields(at)
    at.selectbox(key=form_values.widget_key("objective")).select("beta-vae").run()
    assert at.number_input(key=form_values.widget_key("beta")).value == 4.0


@pytest.mark.process
def test_one_network_for_every_beta_is_asked_for_by_its_range_and_trained(form, runs_here):
    at = form(**MULTI_RATE, multi_rate="0.5, 8.0", annealing="warm-up", objective="capacity", beta=4.0)
    assert fine(at)
    assert not {"β", "β values", "Prior"} & fields(at)
    assert at.selectbox(key=form_values.widget_key("annealing")).options == list(OPENINGS)
    objectives = at.selectbox(key=form_values.widget_key("objective")).options
    assert objectives == ["beta-vae (the preset's)", *(name for name, row in LOSSES.items() if row.multi_rate)]
    at = press(at, "Start")
    assert fine(at)
    name = "digits-mlp-small-z2-b0.5-8-s0"
    assert looked_at(at) == {"run": name}
    until(lambda: reports.state(records.read(name)) == RunState.FINISHED)
    assert checkpoints.open_checkpoint(runs_here / name).recipe.model.multi_rate == "0.5,8"


@pytest.mark.process
def test_an_autoencoder_is_asked_for_without_a_beta(form):
    at = press(form(preset="ae-mlp-small-z2", epochs=ENDLESS, **WITHOUT_BETA), "Start")
    assert fine(at)
    assert looked_at(at) == {"run": "digits-ae-mlp-small-z2-s0"}
    at = press(form(preset="ae-mlp-small-z2", epochs=ENDLESS, what="β sweep", seeds="0 1"), "Start")
    assert fine(at)
    assert records.names() == ["digits-ae-mlp-small-z2-s0", "digits-ae-mlp-small-z2-s1"]
    assert "**seed 1**" in told(at)
    assert "β 1" not in told(at)


@pytest.mark.parametrize("name", SHIPPED)
def test_parameters_are_those_of_the_stored_weights(name):
    checkpoint = catalogue.find(name)
    stored = sum(value.size for value in checkpoints.read_weights(checkpoint).values())
    assert models.parameters(checkpoint.recipe.model) == stored


def test_spans_of_time_in_words():
    assert [lasting(seconds) for seconds in (0.4, 59.4, 59.6, 3599.6, 7384)] == [
        "0 s",
        "59 s",
        "1 min 00 s",
        "1 h 00 min",
        "2 h 03 min",
    ]


def test_half_written_lines_are_no_epochs(runs_here):
    folder = records.run_folder("half")
    folder.mkdir(parents=True)
    whole = '{"epoch": 1, "loss": 2.0, "seconds": 1.0, "images": 9}\n'
    (folder / checkpoints.HISTORY).write_text("nonsense\n" + whole + whole.replace("1,", "2,", 1) + whole[:20])
    assert [line["epoch"] for line in reports.history("half")] == [1, 2]
    assert reports.history("none-of-this-name") == []


def test_only_data_sets_on_this_machine_go_without_a_word(open_page):
    at = open_page("train")
    options = at.selectbox(key=form_values.widget_key("dataset")).options
    for row, option in zip(datasets.table().values(), options, strict=True):
        assert row.available(datasets.data_root()) == ("not on this machine" not in option)
