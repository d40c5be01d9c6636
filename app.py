"""VAE Explorer: `streamlit run app.py`. The pages are Streamlit's; the live channel's routes stand beside them."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from vae_explorer.live.pages import page_routes
from vae_explorer.live.redirects import UnknownPages
from vae_explorer.live.routes import live_routes
from vae_explorer.live.startup import lifespan
from vae_explorer.ui.page_table import PAGES

INDEX = Path(st.__file__).parent / "static" / "index.html"

app = st.App(
    "vae_explorer/ui/pages/main.py",
    routes=[*live_routes(st.get_option("server.allowedHosts")), *page_routes(INDEX, PAGES)],
    middleware=[Middleware(UnknownPages, pages=PAGES)],
    lifespan=lifespan,
)
