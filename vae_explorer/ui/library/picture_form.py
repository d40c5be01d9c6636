"""Pictures that were dropped, as they would be kept; and kept, as a data set."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from vae_explorer import images
from vae_explorer.errors import ExplorerError
from vae_explorer.pictures import gathered
from vae_explorer.pictures.picture import HOW
from vae_explorer.pictures.trees import Upload
from vae_explorer.ui import actions, state
from vae_explorer.ui.train_link import start_first_run, train_on
from vae_explorer.ui.words import counted

SIDES = (28, 32, 64)
"""Pixels; every kind of preset takes one of them."""
WAYS = {"fit": "Whole, with bars", "fill": "Filled, edges cut", "crop": "The middle, unscaled"}
COLOURS = {"": "As they are", "colour": "Colour", "grey": "Grey"}
KEPT: dict[str, bool | None] = {"": None, "colour": True, "grey": False}
SHOWN, SCALE = 24, 2


def show_picture_form(files: Sequence[UploadedFile], suggested: str) -> None:
    """Its name and form, a few pictures as they would be kept, and the buttons that keep them."""
    source = [Upload(file.name, file) for file in files]
    choice, sight = st.columns([1, 2.2], gap="large")
    with choice:
        name = st.text_input("Name of the data set", suggested, max_chars=24, key="pictures-name").strip()
        side = st.segmented_control("Side (pixels)", SIDES, default=32, required=True, key="pictures-side")
        how = st.radio("Made square", [*HOW], format_func=WAYS.__getitem__, key="pictures-how")
        colour = st.segmented_control(
            "Kept in", [*COLOURS], default="", required=True, format_func=COLOURS.__getitem__, key="pictures-colour"
        )
    form = {"side": side, "how": how, "colour": KEPT[colour]}
    with sight:
        if not _show_preview(partial(gathered.preview, source, n=SHOWN, **form)):
            return
        keep = partial(_keep, partial(gathered.gather, source, **form), name)
        with st.container(horizontal=True):
            if st.button("Keep and train", icon=":material/play_arrow:", type="primary"):
                keep(start_first_run)
            if st.button("Keep", icon=":material/save:"):
                keep(train_on)


def _show_preview(preview: Callable[[], np.ndarray]) -> bool:
    """Whether there is something to keep."""
    try:
        found = preview()
    except ExplorerError as error:
        actions.show_refusal(str(error))
        return False
    if not len(found):
        actions.show_refusal("There are no pictures in it; JPEG, PNG, WebP, GIF, BMP, TIFF and PPM are taken.")
        return False
    sheet = images.mosaic(found, min(12, len(found)), gap=1)
    st.image(images.png(sheet), width=sheet.shape[1] * SCALE)
    st.caption(f"{counted(len(found), 'picture')} as they would be kept, drawn {SCALE} times as large.")
    return True


def _keep(gather: Callable[..., gathered.Gathered], name: str, then: Callable[[str], None]) -> None:
    """Read them all, keep them, say what was left out, and go on with the data set."""
    progress = st.progress(0.0, "Reading the pictures …")
    try:
        found = gather(tell=lambda done, total: progress.progress(done / max(1, total)))
        kept = gathered.keep(found, name)
    except ExplorerError as error:
        progress.empty()
        actions.show_refusal(str(error))
        return
    for sentence in _notes(found):
        state.note(sentence)
    then(kept)


def _notes(found: gathered.Gathered) -> list[str]:
    skipped = [f"{counted(n, 'file')} ({reason})" for reason, n in found.skipped.items()]
    left = [f"Left out: {', '.join(skipped)}."] if skipped else []
    return [f"{counted(len(found.images), 'picture')} kept.", *left, *filter(None, [found.note])]
