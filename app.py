"""VAE Explorer: `streamlit run app.py`. The pages are Streamlit's; the live channel's routes stand beside them."""

import streamlit as st
from starlette.middleware import Middleware

from vae_explorer.live.redirects import UnknownPages
from vae_explorer.live.routes import live_routes
from vae_explorer.live.startup import lifespan

app = st.App(
    "vae_explorer/ui/pages/main.py",
    routes=live_routes(st.get_option("server.allowedHosts")),
    middleware=[Middleware(UnknownPages)],
    lifespan=lifespan,
)
