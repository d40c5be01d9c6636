"""Autoencoders, conditional models and learned priors on every page."""

import json
import shutil

import numpy as np
import pytest

from tests.kinds import FOREIGN, KINDS, Kind, made_up_latents, save_kind
from tests.ui.charts_on import charts_on, dots
from tests.ui.test_pages import fine, query
from vae_explorer import coding, images
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents import sampling, traversals
from vae_explorer.latents.traversals import PathClasses
from vae_explorer.metrics.anomaly import anomaly_scores
from vae_explorer.metrics.apart import apart
from vae_explorer.ui import scene, widgets
from vae_explorer.ui.compare import samples
from vae_explorer.ui.interpolate import films
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.words import literal

pytestmark = pytest.mark.thorough

SHAPES = {"colour": Kind(image_shape=(3, 64, 64)), "small": Kind(image_shape=(1, 8, 8))}
UNUSUAL = {"imported": FOREIGN, "density": Kind(likelihood="gaussian-learned"), "without-3": Kind(held_out=3)}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    for name, kind in (KINDS | SHAPES | UNUSUAL | {"plain": Kind()}).items():
        save_kind(folder / name, kind)
    return folder


@pytest.fixture
def kinds(saved, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    shutil.copytree(saved, tmp_path, dirs_exist_ok=True)


def components(at) -> list[dict]:
    """What every component is told."""
    return [json.loads(one.proto.json) for one in at.get("bidi_component")]


def told(at, key: str) -> dict:
    return next(data for data in components(at) if key in data)


def captions(at) -> str:
    return " ".join(caption.value for caption in at.caption)


@pytest.mark.parametrize("model", [*KINDS, *SHAPES, *UNUSUAL])
@pytest.mark.parametrize("page", PAGES)
def test_every_kind_opens_on_every_page(open_page, kinds, page, model):
    at = open_page(page, models=("plain", model)) if page == "compare" else open_page(page, model=model)
    assert fine(at)
    if page == "compare" and model in SHAPES:
        assert len(at.toast) == 1
        return
    assert not at.toast
    shown = query(at)
    assert (page == "unit") == ("unit" in shown)  # a card's address says whose it is
    shown.pop("unit", None)
    assert shown == {"compare": {"models": f"plain,{model}"}, "train": {}, "library": {}, "glossary": {}}.get(
        page, {"model": model}
    )


def test_titles_tell_the_kinds_apart(open_page, kinds):
    options = open_page("explore").selectbox(key=widgets.key("model")).options
    titles = {option.rsplit(" · ", 1)[1]: option for option in options}
    assert titles["ae"] == "Digits · MLP autoencoder · 3 units · ae"
    assert titles["cvae"] == "Digits · conditional MLP · 3 units · β 1 · cvae"
    assert titles["conditional-ae"] == "Digits · conditional MLP autoencoder · 3 units · conditional-ae"
    assert titles["plain"] == "Digits · MLP · 3 units · β 1 · plain"
    assert titles["density"] == "Digits · MLP · 3 units · β 1 · Gaussian pixels of learned variance · density"
    assert titles["without-3"] == "Digits · MLP · 3 units · β 1 · trained without 3 · without-3"


def test_an_autoencoder_has_no_rate_anywhere(open_page, kinds):
    at = open_page("explore", {"model": "ae", "plane": "units"})
    options = at.selectbox(key=widgets.key("colour")).options
    assert options[:2] == ["Class", "nll (nats)"]
    assert options[-3:] == ["mu of unit 1", "mu of unit 2", "mu of unit 0"]
    assert not any("rate" in option or "σ" in option for option in options)
    nll = made_up_latents(KINDS["ae"], 3).nll.mean()
    assert f"nll {nll:.2f} nats per image · no posterior, and so no rate" in captions(at)
    assert at.selectbox(key=widgets.key("units-0")).options[0].startswith("unit 1 · Var(mu) ")
    assert "units" in told(at, "axes")["plane"]
    assert "Var(mu)" in told(at, "axes")["axes"][0]["label"]


def test_a_link_that_colours_an_autoencoder_by_rate_is_one_note(open_page, kinds):
    at = open_page("explore", {"model": "ae", "colour": "rate"})
    assert fine(at)
    note = "Colour: back to the default, a plain autoencoder has no rate."
    assert [toast.value for toast in at.toast] == [literal(note)]
    assert query(at) == {"model": "ae"}


def test_an_autoencoder_is_traversed_where_its_codes_are(open_page, kinds):
    mu = made_up_latents(KINDS["ae"], 3).mu
    board = told(open_page("traversals", {"model": "ae", "span": "2.0"}), "grid")
    assert [row["unit"] for row in board["units"]] == [1, 2, 0]
    first, constant = board["units"][0], board["units"][2]
    assert first["kl"] is None
    assert first["variance"] == pytest.approx(mu[:, 1].var(), rel=1e-4)
    ends = [mu[:, 1].mean() - 2 * mu[:, 1].std(), mu[:, 1].mean() + 2 * mu[:, 1].std()]
    assert [first["strip"][0], first["strip"][-1]] == pytest.approx(ends, rel=1e-4)
    assert [first["low"], first["high"]] == pytest.approx(ends, rel=1e-4)
    assert [constant["strip"][0], constant["strip"][-1]] == pytest.approx([0.3, 0.7])
    assert board["pin"] == board["home"] == pytest.approx(mu.mean(0).tolist(), rel=1e-4)


def test_a_normal_prior_is_traversed_as_before(open_page, kinds):
    board = told(open_page("traversals", {"model": "plain", "span": "2.0", "steps": "5"}), "grid")
    assert board["grid"]["x"] == [-2, -1, 0, 1, 2]
    assert board["grid"]["y"] == [2, 1, 0, -1, -2]
    assert board["pin"] == [0, 0, 0]
    assert board["units"][0]["strip"] == traversals.axis(9, 2.0).tolist()


def test_decode_as_is_in_the_link_and_reaches_every_component(open_page, kinds):
    for page, key in (("explore", "axes"), ("traversals", "grid")):
        at = open_page(page, model="cvae")
        assert told(at, key)["y"] == 0
        at.selectbox(key=widgets.key("y")).select(7).run()
        assert told(at, key)["y"] == 7
        assert query(at) == {"model": "cvae", "y": "7"}
        assert told(open_page(page, query(at)), key)["y"] == 7


def test_a_path_leads_from_the_class_of_a_to_that_of_b_or_is_decoded_as_one(open_page, kinds):
    label = made_up_latents(KINDS["cvae"], 3).label
    a, b = 0, int((label != label[0]).argmax())
    at = open_page("interpolate", {"model": "cvae", "a": str(a), "b": str(b)})
    data = told(at, "path")
    assert data["classes"] == {"start": label[a], "end": label[b], "classes": 10}
    assert data["decoded"] == "Reconstruction"
    assert f"A is decoded as class {label[a]}, B as class {label[b]}" in captions(at)
    other = int(set(range(10)).difference(label[[a, b]]).pop())
    at.selectbox(key=widgets.key("path_class")).select(other).run()
    data = told(at, "path")
    assert data["classes"] == {"start": other, "end": other, "classes": 10}
    assert data["decoded"] == f"Decoded as {other}"
    assert f"decoded as class {other}" in captions(at)
    assert query(at)["path_class"] == str(other)
    assert told(open_page("interpolate", query(at)), "path") == data


def test_a_model_that_takes_no_class_offers_none(open_page, kinds):
    for page, key, name in (("explore", "axes", "y"), ("traversals", "grid", "y"), ("interpolate", "path", "classes")):
        at = open_page(page, model="plain")
        assert told(at, key)[name] is None
        assert not any(box.label == "Decode as" for box in at.selectbox)
    assert told(at, "path")["decoded"] == "Reconstruction"


@pytest.mark.parametrize(("model", "because"), [("cvae", "takes 10 classes"), ("plain", "takes no classes")])
def test_a_class_that_the_model_does_not_take_is_one_note(open_page, kinds, model, because):
    at = open_page("explore", {"model": model, "y": "12"})
    assert fine(at)
    assert len(at.toast) == 1
    assert because in at.toast[0].value
    assert query(at) == {"model": model}


def test_another_model_forgets_the_class_without_a_note(open_page, kinds):
    at = open_page("explore", {"model": "cvae", "y": "3"})
    at.selectbox(key=widgets.key("model")).select("plain").run()
    assert not at.toast
    assert query(at) == {"model": "plain"}


def test_compare_decodes_images_as_their_own_classes_and_samples_as_all(open_page, kinds):
    at = open_page("compare", models=("cvae", "plain"))
    rows = [row for model in told(at, "originals")["models"] for row in model["pictures"]]
    sources = {(row["source"]["model"], row["caption"]): row["source"] for row in rows}
    rec, drawn = (
        sources["cvae", "Reconstructions (z = mu)"],
        sources["cvae", "Samples from the prior, same eps; decoded as each class in turn"],
    )
    assert rec["y"] == drawn["y"] == list(range(10))
    other = sources["plain", "Samples from the prior, same eps"]
    assert other["y"] is None
    assert other["z"] == drawn["z"]


def test_compare_draws_from_the_aggregate_posterior_and_says_so(open_page, kinds):
    at = open_page("compare", {"models": "ae,plain", "drawn": "aggregate"}, seed=5)
    rows = [row for model in told(at, "originals")["models"] for row in model["pictures"]]
    caption = "Samples from the aggregate posterior (10 Gaussians fitted to codes of 40 images)"
    said = {caption, "Samples from 10 Gaussians fitted to codes of 40 images"}
    drawn = {row["source"]["model"]: row["source"]["z"] for row in rows if row["caption"] in said}
    for name, kind in (("ae", KINDS["ae"]), ("plain", Kind())):
        latents = made_up_latents(kind, 3)
        expected = sampling.draw(sampling.fit_mixture(latents.mu, latents.logvar), 10, 5)
        assert drawn[name] == expected.tolist()
    at.selectbox(key=widgets.key("drawn")).select("prior").run()
    assert "drawn" not in query(at)


def test_eps_are_the_same_as_far_as_units_go(kinds):
    plain = scene.scene_of(catalogue.find("plain"))
    other = scene.scene_of(catalogue.find("digits-mlp-z2"))
    captions_of = [samples.samples_caption(one, (plain, other), "prior") for one in (plain, other)]
    assert captions_of == ["Samples from the prior, eps the same in the first 2 units"] * 2
    assert np.array_equal(samples.samples(plain, 3).z[:, :2], samples.samples(other, 3).z)
    assert samples.samples_caption(plain, (plain,), "prior") == "Samples from the prior, same eps"


def test_compare_draws_from_the_model_s_own_prior_and_says_so(open_page, kinds):
    at = open_page("compare", models=("mixed", "ae", "plain"), seed=5)
    rows = [row for model in told(at, "originals")["models"] for row in model["pictures"]]
    sources = {row["caption"]: row["source"] for row in rows}
    own = sources["Samples from the model's own prior (mixture of 4 Gaussians), same eps"]
    prior = made_up_latents(KINDS["mixed"], 3).prior
    assert prior is not None
    eps = np.array(sources["Samples from the prior, same eps"]["z"])
    assert own["model"] == "mixed"
    near = np.abs(np.array(own["z"])[:, None] - prior.mu - np.exp(-1) * eps[:, None]).max(axis=2)
    assert (near.min(axis=1) < 1e-5).all()
    plain = sources["Taken as z, for there is no prior: same eps"]
    assert np.array_equal(plain["z"], eps)


def test_compare_leaves_an_autoencoder_out_of_the_charts_and_says_so(open_page, kinds):
    at = open_page("compare", models=("ae", "plain"))
    assert fine(at)
    models = told(at, "originals")["models"]
    assert "–" in {figure["text"] for model in models for figure in model["figures"]}
    shown = {trace["customdata"][0] for chart in charts_on(at) for trace in dots(chart)}
    assert "plain" in shown
    assert shown.isdisjoint({"ae", "conditional-ae"})
    assert "no prior to set its scale: ae" in captions(at)
    assert "Autoencoder" in {model["title"] for model in models}
    assert {model["plain"]: {unit["kl"] for unit in model["units"]} == {None} for model in models}[True]
    at = open_page("compare", models=("ae", "conditional-ae"))
    assert fine(at)
    assert not charts_on(at)


def test_a_held_out_run_says_what_each_kind_of_image_costs(open_page, kinds):
    at = open_page("explore", model="without-3")
    latents = scene.scene_of(catalogue.find("without-3")).latents
    trained, strange = apart(latents, 3)
    found = anomaly_scores(latents.nll, latents.rate, latents.label, 3)
    told_apart = f"AUROC {found.auroc_elbo:.3f} by −ELBO, AUROC {found.auroc_nll:.3f} by nll (chance is 0.5)"
    assert told_apart in captions(at)
    assert f"36 of the classes it was trained on: nll {trained.nll:.2f} + rate {trained.rate:.2f}" in captions(at)
    assert f"4 of the class that was held out: nll {strange.nll:.2f} + rate {strange.rate:.2f}" in captions(at)
    assert "held out" not in captions(open_page("explore", model="plain"))


def test_compare_draws_nlls_of_each_kind_on_axes_of_their_own_and_says_so(open_page, kinds):
    at = open_page("compare", models=("plain", "density", "without-3", "cvae"))
    assert fine(at)
    charts = [chart for chart in charts_on(at) if chart["layout"]["yaxis"]["title"]["text"] == "nll (nats per image)"]
    kinds_of = [{trace["customdata"][0] for trace in dots(chart)} for chart in charts]
    assert len(charts) == 3
    assert [kind & {"plain", "cvae", "density", "without-3"} for kind in kinds_of] == [
        {"plain", "cvae"},
        {"density"},
        {"without-3"},
    ]
    assert "each kind has its own axes" in captions(at)
    bold = [text.value.replace("\\", "") for text in at.markdown]
    titles = {model["title"] for model in told(at, "originals")["models"]}
    assert titles == {"β = 1", "β = 1, Gaussian pixels of learned variance", "β = 1, trained without 3"}
    assert {"**Gaussian pixels of learned variance**", "**trained without 3**"} <= set(bold)
    at = open_page("compare", models=("plain", "cvae"))
    assert len(charts_on(at)) == 2
    assert "its own axes" not in captions(at)


def test_the_table_sorts_no_two_kinds_of_nll_by_one_column(open_page, kinds):
    at = open_page("library")
    at.selectbox(key="models-data-set").select("Digits").run()
    table = at.dataframe[0].value.set_index("Model")
    columns = {
        "plain": "Bernoulli pixels, trained on all classes",
        "density": "Gaussian pixels of learned variance",
        "without-3": "trained without 3",
    }
    for model, kind in columns.items():
        filled = [one for one in columns.values() if not np.isnan(table.loc[model, f"nll (nats), {one}"])]
        assert filled == [kind]
    assert "nll (nats)" not in table.columns
    assert {one for one in table.columns if one.startswith("Bits")} == {
        f"Bits per pixel, {columns['plain']}",
        f"Bits per pixel, {columns['without-3']}",
    }
    assert table.loc["density", "Unusual settings"] == "Gaussian pixels of learned variance"


def test_films_go_from_one_class_to_another(kinds):
    one, way = scene.scene_of(catalogue.find("cvae")), PathClasses(4, 7, 10)
    decoded = films._frames(one, 0, 5, "lerp", 3, way)
    codes = traversals.interpolate(one.latents.mu[0], one.latents.mu[5], 3, "lerp")
    model = catalogue.MODELS.get(one.checkpoint)
    ends = images.to_uint8(coding.decode(model, codes[[0, 2]], np.array([4, 7])))
    assert np.array_equal(decoded[[0, 2]], ends)
    pure = images.to_uint8(coding.decode(model, codes[[1, 1]], np.array([4, 7])))
    assert not any(np.array_equal(decoded[1], picture) for picture in pure)
    films_of = {films.film_gif(one, 0, 5, "lerp", 3, classes) for classes in (way, PathClasses(4, 4, 10))}
    assert len(films_of) == 2


@pytest.mark.parametrize("model", SHAPES)
def test_originals_of_another_size_are_one_sentence(open_page, kinds, model):
    where = told(open_page("explore", model=model), "axes")["dataset"]
    assert not where["available"]
    assert "sizes differ" in where["note"]


def test_a_negative_nll_is_shown(open_page, kinds, tmp_path):
    latents = made_up_latents(Kind(), 3)
    save_kind(tmp_path / "sharp", Kind(), latents=latents._replace(nll=latents.nll - 2000))
    at = open_page("explore", {"model": "sharp", "colour": "nll"})
    assert fine(at)
    assert "nll -19" in captions(at)
    assert fine(open_page("compare", models=("sharp", "plain")))


def test_labels_beyond_a_model_s_classes_make_it_unusable(kinds, tmp_path):
    save_kind(tmp_path / "narrow", Kind(classes=4))
    entry = next(entry for entry in catalogue.entries() if entry.id == "narrow")
    assert entry.checkpoint is None
    assert "4 classes it takes" in entry.reason


def test_a_single_epoch_is_no_epochs(open_page, kinds):
    compared = told(open_page("compare", models=("plain", "cvae")), "originals")["models"]
    assert {model["built"].partition(", ")[2] for model in compared} == {"3 units, 1 epoch"}
