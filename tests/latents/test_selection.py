"""Selections against the browser's own modules, run by node, and against brute force."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import missing
from tests.kinds import KINDS, Kind, made_up_latents
from vae_explorer.latents import selection
from vae_explorer.latents.selection import Chosen, counts, mean_code, npz, places, spread, strip, table, within
from vae_explorer.latents.traits import Trait, numbered
from vae_explorer.levels import levels

PLOT = Path(__file__).parents[2] / "vae_explorer" / "web" / "plot"
CLASSES = tuple("0123456789")
SCRIPT = """
import { cloud, SHOWN, HIDDEN } from "%(plot)s/cloud.js";
import { pointsWithin } from "%(plot)s/lasso.js";
import { columnValues } from "%(plot)s/../pieces/columns.js";
const { x, y, hidden, polygons } = JSON.parse(await new Response(process.stdin).text());
const values = ({ low, high, levels }) => {
  const bytes = new Uint8Array(Uint16Array.from(levels).buffer);
  return columnValues({ header: { n: levels.length, dtype: "uint16", low, high }, bytes });
};
const points = cloud(x.levels.length, { x: values(x), y: y ? values(y) : undefined });
const groups = Uint8Array.from(points.order, (index) => (hidden.includes(index) ? HIDDEN : SHOWN));
const inside = polygons.map((polygon) => {
  const { flags } = pointsWithin(points, groups, polygon);
  return [...points.order].filter((_, k) => flags[k]).sort((a, b) => a - b);
});
const places = [];
points.order.forEach((index, k) => (places[index] = [points.xs[k], points.ys[k]]));
console.log(JSON.stringify({ inside, places }));
"""


def browser(x, y, hidden, polygons) -> dict:
    """What the map's own modules make of the columns that they are sent."""
    node = shutil.which("node") or missing("node is not on this machine; selections are not held against the map's")
    sent = [None if one is None else levels(one)._asdict() for one in (x, y)]
    columns = [one and one | {"levels": one["levels"].tolist()} for one in sent]
    text = json.dumps({"x": columns[0], "y": columns[1], "hidden": hidden, "polygons": polygons})
    command = [node, "--input-type=module", "-e", SCRIPT % {"plot": PLOT.as_uri()}]
    return json.loads(subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout)


@pytest.mark.process
@pytest.mark.parametrize("flat", [False, True])
def test_the_browser_has_the_same_places_and_the_same_points_inside(rng, flat):
    x = rng.normal(size=2000).astype(np.float32)
    y = None if flat else rng.normal(size=2000) * 3
    stars = [rng.normal(size=(corners, 2)).round(4) for corners in (3, 5, 12, 64)]
    grid = places(x, y)[[1, 7, 9, 30]].astype(float)
    hidden = list(range(0, 2000, 3))
    shown = ~np.isin(np.arange(2000), hidden)
    told = browser(x, y, hidden, [polygon.tolist() for polygon in [*stars, grid]])
    assert np.array_equal(np.array(told["places"], np.float32), places(x, y))
    for polygon, expected in zip([*stars, grid], told["inside"], strict=True):
        assert within(polygon, places(x, y), shown).tolist() == expected
    assert max(map(len, told["inside"])) > 10


def test_the_even_odd_rule_leaves_the_middle_of_a_star_out():
    star = np.array([(np.cos(a), np.sin(a)) for a in np.arange(5) * 4 * np.pi / 5])
    xy = np.array([[0, 0], [0.8, 0], [2, 2], [-0.65, -0.5]])
    assert within(star, xy, np.ones(4, bool)).tolist() == [1, 3]
    assert within(star, xy, np.array([True, False, True, True])).tolist() == [3]
    assert within(star, xy[:0], np.ones(0, bool)).tolist() == []


def test_a_strip_keeps_near_its_line():
    assert np.abs(strip(np.array([0.0, -4, 2]))).max() <= 0.6
    assert np.abs(strip(np.zeros(100))).max() <= 0.15


def test_a_few_are_spread_evenly():
    indices = np.arange(100, 200)
    assert spread(indices, 4).tolist() == [100, 133, 166, 199]
    assert spread(indices[:3], 24).tolist() == [100, 101, 102]
    assert spread(indices[:0], 24).tolist() == []
    assert len(set(spread(np.arange(25), 24).tolist())) == 24


@pytest.fixture
def chosen() -> Chosen:
    latents = made_up_latents(Kind(), 3)
    indices = np.array([3, 13, 14, 39])
    of_class = Trait("label", "class", latents.label, CLASSES)
    scale = numbered("factor-1", "scale", latents.label % 3, 3)
    return Chosen(latents, (of_class, scale), indices, latents.mu[indices][:, [1, 2]])


def test_what_is_made_of_a_selection(chosen):
    assert [counts(chosen, trait).tolist() for trait in chosen.traits] == [[0, 0, 0, 2, 1, 0, 0, 0, 0, 1], [3, 1, 0]]
    expected = sum(chosen.latents.mu[i].astype(float) for i in (3, 13, 14, 39)) / 4
    np.testing.assert_allclose(mean_code(chosen), expected)


def test_the_table_has_every_value(chosen):
    rows = list(csv.DictReader(io.StringIO(table(chosen, at_once=3).decode())))
    latents, logvar = chosen.latents, chosen.latents.logvar
    assert list(rows[0]) == ["index", "label", "class", "factor-scale", "nll", "rate", "mu-0", "mu-1", "mu-2",
                             "sigma-0", "sigma-1", "sigma-2", "x", "y"]  # fmt: skip
    assert [int(row["index"]) for row in rows] == [3, 13, 14, 39]
    assert [row["class"] for row in rows] == ["3", "3", "4", "9"]
    assert [row["factor-scale"] for row in rows] == ["0", "0", "1", "0"]
    assert logvar is not None
    for row in rows:
        i = int(row["index"])
        assert np.float32(row["mu-2"]) == np.float32(row["y"]) == latents.mu[i, 2]
        assert float(row["sigma-1"]) == pytest.approx(np.exp(logvar[i, 1] / 2), rel=1e-6)
        assert np.float32(row["nll"]) == latents.nll[i]


def test_a_class_name_with_commas_and_quotes_is_one_cell(chosen):
    odd = chosen._replace(traits=[chosen.traits[0]._replace(names=('a, "b"',) * 10)])
    rows = list(csv.reader(io.StringIO(table(odd).decode())))
    assert {row[2] for row in rows[1:]} == {'a, "b"'}
    assert {len(row) for row in rows} == {13}


def test_the_archive_has_the_same_arrays_and_no_pickle(chosen):
    with np.load(io.BytesIO(npz(chosen)), allow_pickle=False) as archive:
        assert set(archive.files) == {"index", "label", "class", "factor-scale", "nll", "rate", "mu", "sigma", "x", "y"}
        assert np.array_equal(archive["mu"], chosen.latents.mu[chosen.indices])
        assert archive["class"].tolist() == ["3", "3", "4", "9"]


def test_an_autoencoder_exports_what_it_has(chosen):
    plain = chosen._replace(latents=made_up_latents(KINDS["ae"], 3), traits=chosen.traits[:1])
    assert set(selection.arrays(plain)) == {"index", "label", "class", "nll", "mu", "x", "y"}
    assert table(plain).decode().startswith("index,label,class,nll,mu-0,")
