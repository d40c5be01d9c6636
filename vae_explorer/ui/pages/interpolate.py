"""Interpolate: two images joined by a path through latent space."""

import streamlit as st

from vae_explorer.latents.traversals import MAX_FRAMES
from vae_explorer.ui import panels, state, widgets
from vae_explorer.ui.components.beta_dial import beta_dial
from vae_explorer.ui.components.scrubber import scrubber
from vae_explorer.ui.interpolate.endpoints import endpoint, start_at_choice
from vae_explorer.ui.interpolate.films import film_gif
from vae_explorer.ui.interpolate.path_classes import class_choice, path_classes, sentence

PATHS = {"slerp": "Arc (slerp)", "lerp": "Line (lerp)"}

scene = panels.current_scene()
start_at_choice(scene)
classed = [1.2] if scene.y is not None else []
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
class_choice(scene, bar[5:])

beta_dial(scene.checkpoint)
a, b = state.get("a"), state.get("b")
classes = path_classes(scene, a, b)
name = f"{scene.checkpoint.id}-{a}-{b}-{path}" + ("" if classes is None else f"-y{classes.start}-{classes.end}")
scrubber(scene, a, b, path, frames, classes, name)
widgets.download("GIF", "gif_box", lambda: film_gif(scene, a, b, path, frames, classes), f"{name}.gif", "image/gif")
if classes is not None:
    st.caption(sentence(scene, classes))
panels.show_measured(scene)
panels.offer_originals(scene)
