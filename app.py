"""VAE Explorer: `streamlit run app.py`. The pages are Streamlit's; the live channel's routes stand beside them."""

import streamlit as st
from starlette.middleware import Middleware

from vae_explorer.live.access import Guard
from vae_explorer.live.lost_sessions import LostSessions
from vae_explorer.live.pages import page_document, page_routes
from vae_explorer.live.redirects import UnknownPages
from vae_explorer.live.response_headers import ResponseHeaders, content_policy
from vae_explorer.live.routes import live_routes
from vae_explorer.live.startup import lifespan
from vae_explorer.live.uploads import UploadGate
from vae_explorer.ui.lost_session import returned
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.server_options import INDEX, allowed, base, require_address, require_mode
from vae_explorer.ui.upload_session import held_bytes

require_address()
require_mode()
document = page_document(INDEX)

app = st.App(
    "vae_explorer/ui/pages/main.py",
    routes=[*live_routes(allowed(), base()), *page_routes(document, PAGES, base())],
    middleware=[
        Middleware(ResponseHeaders, policy=content_policy(document)),
        Middleware(Guard, allowed=allowed(), base=base()),
        Middleware(UploadGate, held=held_bytes, base=base()),
        Middleware(UnknownPages, pages=PAGES, base=base()),
        Middleware(LostSessions, returns=returned, base=base()),
    ],
    lifespan=lifespan,
)
