"""Components whose JavaScript is our own served ES modules: one way to register them and to hear from them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components import v2

from vae_explorer.live.routes import web_version
from vae_explorer.ui import state
from vae_explorer.ui.params import PARAMS

WEB = Path(__file__).parents[2] / "web"


def served(name: str, styles: tuple[str, ...] = (), *, isolated: bool = True) -> Any:
    """Register the component of web/<name>/; its script is a few lines that import the served module.

    Streamlit runs a component's script from a Blob URL, where relative imports cannot work. `styles` names further
    style sheets. What is not `isolated` shares the page's styles, so every class of its sheets begins with a name of
    its own. The room that a component takes before it has come stands in web/page.css.
    """
    script = f"""
export default async function (component) {{
  const module = await import(`${{window.__streamlit.BACKEND_BASE_URL}}/web/{web_version()}/{name}/index.js`);
  return module.mount(component);
}}
"""
    sheets = [*(("base",) if isolated else ()), "pieces/muted", "pieces/terms", *styles, f"{name}/{name}"]
    css = "".join((WEB / f"{sheet}.css").read_text(encoding="utf-8") for sheet in sheets)
    return v2.component(f"vae_{name}", html='<div class="root"></div>', css=css, js=script, isolate_styles=isolated)


def event_callbacks(key: str, *names: str) -> dict[str, Callable[[], None]]:
    """Callbacks that keep what the hand did in the component of this key: each event carries {"value": …}."""
    return {f"on_{name}_change": partial(keep, key, name) for name in names}


def keep(key: str, name: str) -> None:
    """Keep what the hand did, as a row of PARAMS; nothing stands for its default."""
    event = st.session_state.get(key, {}).get(name)  # another page may have been opened meanwhile
    if not isinstance(event, dict) or "value" not in event:
        return
    value = event["value"]
    state.put(name, PARAMS[name].default if value is None else value)
