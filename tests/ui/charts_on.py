"""The Plotly charts of a page as its component is given them."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def charts_on(at: AppTest) -> list[dict[str, Any]]:
    """Figures in the order of the page."""
    found = [one for one in at.get("bidi_component") if one.proto.component_name.endswith("vae_chart")]
    return [json.loads(one.proto.json) for one in found]
