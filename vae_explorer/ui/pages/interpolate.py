"""Interpolate: two images joined by a path through latent space."""

import streamlit as st

from vae_explorer.latents.traversals import MAX_FRAMES
from vae_explorer.ui import panels, state, widgets
from vae_explorer.ui.components.beta_dial import beta_dial
from vae_explorer.ui.components.scrubber import scrubber
from vae_explorer.ui.interpolate.endpoints import endpoint, start_at_choice
from vae_explorer.ui.interpolate.films import film_gif
from vae_explorer.ui.words import literal

PATHS = {"slerp": "Arc (slerp)", "lerp": "Line (lerp)"}

scene = panels.current_scene()
start_at_choice(scene)
classed = [0.9] if scene.y is not None else []
bar = st.columns([2, 1.5, 1.5, 1.1, 0.9, *classed], vertical_alignment="bottom")
with bar[0]:
    panels.model_choice()
for end, column in (("a", bar[1]), ("b", bar[2])):
    with column:
        endpoint(end, scene)
with bar[3]:
    path = widgets.choice("path", "Path", list(PATHS), PATHS.__getitem__)
with bar[4]:
    frames = widgets.slider("frames", "Frames", 2, MAX_FRAMES, 1, "%d")
panels.class_choice(scene, bar[5:])

beta_dial(scene.checkpoint)
a, b = state.get("a"), state.get("b")
name = f"{scene.checkpoint.id}-{a}-{b}-{path}" + ("" if scene.y is None else f"-y{scene.y}")
scrubber(scene, a, b, path, frames, name)
widgets.download("GIF", "gif_box", lambda: film_gif(scene, a, b, path, frames), f"{name}.gif", "image/gif")
if scene.y is not None:
    shown = literal(scene.class_name(scene.y))
    st.caption(f"The whole path, both ends included, is decoded as class {shown}, whatever the classes of A and B.")
panels.show_measured(scene)
panels.offer_originals(scene)
