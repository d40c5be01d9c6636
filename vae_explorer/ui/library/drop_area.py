"""One place to drop what one has: pictures become a data set, weights of a VAE a model."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from vae_explorer.jobs import model_zip
from vae_explorer.ui import actions, state
from vae_explorer.ui.library import picture_form, weight_form
from vae_explorer.ui.library.drop_refusal import Dropped, refusal
from vae_explorer.ui.library.recognition import Content, content

ABOUT = (
    "Pictures: a zip whose folders are classes, an npz with images and maybe labels, or single files; they become a "
    "data set. Weights of a VAE: what torch.save(model.state_dict()) or safetensors wrote; they become a "
    "model, and so do an encoder and a decoder of ONNX. A zip of a model of this app becomes that model. No code in "
    "a file is run."
)

KEY = "dropped"
LOST = "The server no longer holds what was dropped before, as it started anew; drop it again."


def show_drop_area() -> None:
    """The area, and below it what can be made of what was dropped."""
    files = st.file_uploader("Drop pictures or weights", accept_multiple_files=True, key=KEY, help=ABOUT)
    if len(st.session_state[KEY]) > len(files):
        st.info(LOST, icon=":material/upload_file:")
    if not files:
        return
    found = [content(file.name, file) for file in files]
    sentence = refusal([Dropped(file.name, file.size, kind) for file, kind in zip(files, found, strict=True)])
    if sentence:
        actions.show_refusal(sentence)
        return
    FORMS[Content.PICTURE if Content.PICTURE in found else found[0]](files, suggested_name(files))


def _offer_model(files: Sequence[UploadedFile], _: str) -> None:
    """A model of this app, as a run again."""
    st.markdown("This is a model that was downloaded here or elsewhere.")
    if st.button("Open", icon=":material/deployed_code:", type="primary"):
        found: list[str] = []
        if actions.attempt(lambda: found.append(model_zip.unzipped(files[0])), actions.show_refusal):
            actions.perform(partial(state.put, "model", found[0]), "explore")


FORMS = {
    **dict.fromkeys((Content.PICTURE, Content.PICTURES, Content.ARRAYS), picture_form.show_picture_form),
    Content.WEIGHTS: weight_form.show_weight_form,
    **dict.fromkeys((Content.GRAPH, Content.GRAPHS), weight_form.show_graph_form),
    Content.MODEL: _offer_model,
}


def suggested_name(files: Sequence[UploadedFile]) -> str:
    """What a single file is called, as far as it can name a data set."""
    stem = PurePath(files[0].name).stem if len(files) == 1 else "pictures"
    return re.sub(r"[^A-Za-z0-9_+.-]+", "-", stem).strip("-_+.")[:24] or "pictures"
