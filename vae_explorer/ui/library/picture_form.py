"""Pictures that were dropped, as they would be kept; and kept, as a data set."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from vae_explorer import datasets, images
from vae_explorer.datasets import own
from vae_explorer.errors import ExplorerError, require
from vae_explorer.pictures import gathered
from vae_explorer.pictures.picture import HOW
from vae_explorer.pictures.pile import plain
from vae_explorer.pictures.trees import Upload
from vae_explorer.ui import actions, state
from vae_explorer.ui.train_link import start_first_run
from vae_explorer.ui.words import counted

SIDES = (28, 32, 64)
"""Pixels; every kind of preset takes one of them."""
WAYS = {"fit": "Whole, with bars", "fill": "Filled, edges cut", "crop": "The middle, unscaled"}
COLOURS = {"": "As they are", "colour": "Colour", "grey": "Grey"}
KEPT: dict[str, bool | None] = {"": None, "colour": True, "grey": False}
START = {"side": 32, "how": next(iter(HOW)), "colour": ""}
SHOWN, SCALE = 24, 2


def show_picture_form(files: Sequence[UploadedFile], suggested: str) -> None:
    """Its name and form, a few pictures as they would be kept, and the buttons that keep them; or why not."""
    source, form = [Upload(file.name, file) for file in files], _form()
    try:
        found = _preview(source, **form)
    except ExplorerError as error:
        actions.show_refusal(str(error))
        return
    choice, sight = st.columns([1, 2.2], gap="large")
    with choice:
        name = st.text_input("Name of the data set", suggested, max_chars=24, key="pictures-name").strip()
        named = actions.attempt(partial(datasets.require_title, name), actions.show_refusal)
        _ask_form()
    with sight:
        _show_preview(found)
        _offer(partial(_keep, partial(gathered.gather, source, **form), name), named)


def _form() -> dict[str, Any]:
    """What the fields say, or what they start with."""
    said = {name: st.session_state.get(f"pictures-{name}", first) for name, first in START.items()}
    return said | {"colour": KEPT[said["colour"]]}


def _ask_form() -> None:
    """Its fields."""
    st.segmented_control("Side (pixels)", SIDES, default=START["side"], required=True, key="pictures-side")
    st.radio("Made square", [*HOW], format_func=WAYS.__getitem__, key="pictures-how")
    shown = {"format_func": COLOURS.__getitem__, "required": True, "key": "pictures-colour"}
    st.segmented_control("Kept in", [*COLOURS], default=START["colour"], **shown)


def _offer(keep: Callable[[], str], able: bool) -> None:
    """The two buttons; what is done or refused is told below them."""
    with st.container(horizontal=True):
        trained = st.button("Keep and train", icon=":material/play_arrow:", type="primary", disabled=not able)
        kept = st.button("Keep", icon=":material/save:", disabled=not able)
    name = keep() if trained or kept else ""
    if name and trained:
        start_first_run(name)


def _preview(source: Sequence[Upload], **form: Any) -> gathered.Preview:
    """Some of them.

    Raises:
        ExplorerError: where there is nothing to keep.
    """
    found = gathered.preview(source, n=SHOWN, **form)
    what = plain(source[0].name) if len(source) == 1 else f"these {len(source):,} files"
    taken = "JPEG, PNG, WebP, GIF, BMP, TIFF and PPM are taken"
    require(len(found.images) > 0, f"There are no pictures in {what}, or none that can be read; {taken}.")
    return found


def _show_preview(found: gathered.Preview) -> None:
    """How many there are, and some as they would be kept."""
    classes = "1 class" if found.classes == 1 else f"{found.classes:,} classes"
    others = f", beside {counted(found.others, 'other file')}" if found.others else ""
    tested = f"A tenth of them, at least {own.LEAST_TEST}, are kept as test images, which are what Explore shows."
    st.markdown(f"**{counted(found.pictures, 'picture')} in {classes}**{others}. {tested}")
    sheet = images.mosaic(found.images, min(12, len(found.images)), gap=1)
    st.image(images.png(sheet), width=sheet.shape[1] * SCALE)
    st.caption(f"{counted(len(found.images), 'picture')} as they would be kept, drawn {SCALE} times as large.")


def _keep(gather: Callable[..., gathered.Gathered], title: str) -> str:
    """Read them all, keep them, and say what was left out; gives the data set's name, none where that is refused."""
    progress = st.progress(0.0, "Reading the pictures …")
    try:
        found = gather(tell=lambda done, total: progress.progress(done / max(1, total)))
        kept = gathered.keep(found, title)
    except ExplorerError as error:
        actions.show_refusal(str(error))
        return ""
    finally:
        progress.empty()
    for sentence in _notes(found, title):
        state.note(sentence)
    return kept


def _notes(found: gathered.Gathered, title: str) -> list[str]:
    skipped = [f"{counted(n, 'file')} ({reason})" for reason, n in found.skipped.items()]
    left = [f"Left out: {', '.join(skipped)}."] if skipped else []
    return [
        f"{counted(len(found.images), 'picture')} kept as the data set {title}.",
        *left,
        *filter(None, [found.note]),
    ]
