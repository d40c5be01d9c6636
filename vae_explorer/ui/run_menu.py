"""What else a person does with a run: name it, note something, copy its settings or its files, or delete it."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import archives, housekeeping
from vae_explorer.ui import actions, state, widgets
from vae_explorer.ui.words import literal, sized

LONGEST = 80
"""Characters of a name."""
LOW = 68
"""Pixels of a field of two lines: all of the menu is seen on a small screen without scrolling."""


def show_menu(
    name: str, at_work: bool = False, watched: bool = False, duplicate: Callable[[str], object] | None = None
) -> None:
    """All of it behind one button, made when that is pressed: a page that only looks on stays quick.

    A page without a form has nothing to duplicate a run into, and offers the zip beside this.
    """
    with _popover(name) as popover:
        if popover.open:
            _keep_watched(name, watched)
            _show_name(name, watched)
            _show_note(name)
            if duplicate is not None:
                with st.container(horizontal=True):
                    _button("Duplicate", "content_copy", name, partial(duplicate, name))
                    offer_zip(name, f"zip-{name}")
            _offer_deletion(name, at_work)


def _keep_watched(name: str, watched: bool) -> None:
    """A run that is watched for being at work stays so when its time is over: somebody is writing here."""
    if watched and not state.get("run"):
        state.put("run", name)


def show_deletion(name: str) -> None:
    """What is left to do with a run whose settings cannot be read."""
    with _popover(name) as popover:
        if popover.open:
            _offer_deletion(name)


def take_changed() -> bool:
    """Whether something was done just now, which the rest of the page, and the address, do not show yet."""
    return state.CHANGED.take()


def offer_zip(name: str, key: str) -> None:
    """A button for a model's files as one zip; greyed out where there are none, or too many bytes."""
    tooltip, fits = _size_of_zip(name)
    made, file = partial(archives.zipped, name), f"{name}.zip"
    widgets.download("Download zip", "download", made, file, "application/zip", tooltip, fits, key)


def _size_of_zip(name: str) -> tuple[str, bool]:
    """How large the zip would be, or why there is none."""
    try:
        size = archives.size(name)
    except ExplorerError as error:
        return str(error), False
    if size > archives.MAX_BYTES:
        return f"{sized(size)} are too many to be zipped; copy its folder.", False
    return (f"All its files: {sized(size)}.", True) if size else ("There is no whole epoch yet.", False)


def _popover(name: str) -> PopoverContainer:
    popover = st.popover("More", key=menu_key(name, state.CHANGES.get()), on_change="rerun")
    if not popover.open and state.DELETION.get() == name:
        state.DELETION.take()
    return popover


def menu_key(name: str, changes: int) -> str:
    """The key of what can be done with a run: another one whenever something was done.

    A look at the runs that was under way meanwhile still says that it is open, and would open the same one again.
    """
    return f"more-{name}-{changes}"


def _show_name(name: str, watched: bool) -> None:
    with st.form(f"naming-{name}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name", name, LONGEST, key=f"name-{name}")
        _submit_button("Rename", name, partial(_rename, name, watched))
    _show_refusal(_button_key("Rename", name))


def _rename(name: str, watched: bool) -> None:
    new = st.session_state[f"name-{name}"].strip()
    housekeeping.rename(name, new)
    if watched or state.get("run") == name:
        state.put("run", new)
    if state.get("model") == name:
        state.put("model", new)
    state.ROWS_CHOSEN.put(tuple(new if chosen == name else chosen for chosen in state.ROWS_CHOSEN.get()))


def _show_note(name: str) -> None:
    with st.form(f"noting-{name}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        noted = housekeeping.noted(name)
        st.text_area("Note", noted, max_chars=housekeeping.MOST, key=f"note-{name}", height=LOW)
        _submit_button("Save note", name, lambda: housekeeping.note(name, st.session_state[f"note-{name}"]))
    _show_refusal(_button_key("Save note", name))


def _offer_deletion(name: str, at_work: bool = False) -> None:
    """Asked once."""
    if state.DELETION.get() != name:
        why = "Stop it first." if at_work else None
        st.button(
            "Delete",
            icon=":material/delete:",
            key=f"delete-{name}",
            on_click=state.DELETION.put,
            args=(name,),
            disabled=at_work,
            help=why,
        )
        return
    st.markdown(f"Delete **{literal(name)}** and its weights? They cannot be had back.")
    _button("Delete for good", "delete_forever", name, partial(_delete, name))


def _delete(name: str) -> None:
    housekeeping.delete(name)
    if state.get("run") == name:
        state.reset("run")


def _button(label: str, icon: str, name: str, act: Callable[[], object]) -> None:
    key = _button_key(label, name)
    st.button(label, icon=f":material/{icon}:", key=key, on_click=_perform, args=(key, act))
    _show_refusal(key)


def _submit_button(label: str, name: str, act: Callable[[], object]) -> None:
    st.form_submit_button(label, on_click=_perform, args=(_button_key(label, name), act))


def _button_key(label: str, name: str) -> str:
    return f"{label.lower()}-{name}"


def _perform(key: str, act: Callable[[], object]) -> None:
    """Act, and close what was opened for it; a refusal is kept, to be shown where it was asked for."""
    if actions.attempt(act, lambda sentence: state.REFUSED.put((key, sentence))):
        state.REFUSED.take()
        state.CHANGES.put(state.CHANGES.get() + 1)
        state.CHANGED.put(True)


def _show_refusal(key: str) -> None:
    refused, sentence = state.REFUSED.get()
    if refused == key:
        actions.show_refusal(sentence)
