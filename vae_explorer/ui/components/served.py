"""Components whose JavaScript is our own served ES modules: one way to register them all."""

from pathlib import Path
from typing import Any

from streamlit.components import v2
from vae_explorer.live.routes import web_version

WEB = Path(__file__).parents[1] / "web"


def served(name: str) -> Any:
    """Register the component of web/<name>/; its script is a few lines that import the served module.

    Streamlit runs a component's script from a Blob URL, where relative imports cannot work.
    """
    script = f"""
export default async function (component) {{
  const module = await import(`${{location.origin}}/web/{web_version()}/{name}/index.js`);
  return module.mount(component);
}}
"""
    css = (WEB / name / f"{name}.css").read_text(encoding="utf-8")
    return v2.component(f"vae_{name}", html='<div class="root"></div>', css=css, js=script)
