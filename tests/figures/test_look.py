import json
import math

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.figures.test_models import MODELS, SCORED
from vae_explorer import figures

NAN = float("nan")
CHANGES = [figures.Change(0.7, 4.0)]
FIGURES = {
    "rate-distortion": lambda: figures.rate_distortion(MODELS),
    "score-by-beta": lambda: figures.score_by_beta("MIG", SCORED),
    "curve": lambda: figures.curve([0.5, 1.0], [5.0, NAN], "nll", "nats per image", CHANGES),
    "kl-curves": lambda: figures.kl_curves([1, 2], np.array([[1.0], [math.inf]]), ["unit 0"], CHANGES),
    "unit-profile": lambda: figures.unit_profile(["a", "b"], np.array([[0.0, 1], [1, 2], [3, NAN]]), "scale", "unit 3"),
    "unit-histogram": lambda: figures.unit_histogram([0.0, 1.0], [0.2, 0.3], [0.1, 0.2]),
    "heat-map": lambda: figures.heat_map([[0.0, 1.0], [2.0, NAN]], "slope"),
    "shares": lambda: figures.shares(["a", "b"], [("moved", [0.5, None]), ("lost", [0.1, 0.2])], "share"),
    "histogram": lambda: figures.histogram("class", ("a", "b"), [1200, 0], ["#111111", "#222222"]),
}


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_knows_every_attribute_and_its_value(name):
    figure = FIGURES[name]()
    assert go.Figure(figure.data, figure.layout).to_plotly_json()["data"][0]["type"] == figure.data[0]["type"]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_plain_json_whatever_was_measured(name):
    figure = FIGURES[name]()
    assert json.loads(json.dumps(figure, allow_nan=False)) == list(figure)


def test_the_table_above_holds_every_figure():
    assert {name.replace("-", "_") for name in FIGURES} == {name for name in figures.__all__ if name.islower()}
