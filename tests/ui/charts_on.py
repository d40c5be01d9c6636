"""The Plotly charts of a page as its component is given them."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def charts_on(at: AppTest) -> list[dict[str, Any]]:
    """Figures in the order of the page."""
    found = [one for one in at.get("bidi_component") if one.proto.component_name.endswith("vae_chart")]
    return [json.loads(one.proto.json) for one in found]


def dots(chart: dict[str, Any]) -> list[dict[str, Any]]:
    """The models of a chart, each a dot; those that stand out come last."""
    return [trace for trace in chart["data"] if "markers" in trace["mode"]]


def labels(chart: dict[str, Any]) -> list[str]:
    """What stands beside dots."""
    return [trace["text"][0] for trace in dots(chart) if trace["text"][0]]
