"""What else a person does with a run: name it, note something, copy its settings or its files, or delete it."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import archives, housekeeping
from vae_explorer.jobs.reports import RUNNING, Status
from vae_explorer.ui import state, widgets
from vae_explorer.ui.train import form_values
from vae_explorer.ui.words import literal, sized

LONGEST = 80
"""Characters of a name."""
_REFUSED, _ASKED, _DONE, _TURN = "refused", "delete-asked", "kept", "kept-turn"


def more(status: Status, watched: bool) -> None:
    """All of it behind one button, made when that is pressed: a page that only looks on stays quick."""
    name = status.name
    with _popover(name) as popover:
        if popover.open:
            _stay(name, watched)
            _naming(name, watched)
            _noting(name)
            with st.container(horizontal=True):
                _button("Duplicate", "content_copy", name, partial(form_values.fill_form, name))
                download(name, f"zip-{name}")
            _deletion(name, at_work=status.state == RUNNING)


def _stay(name: str, watched: bool) -> None:
    """A run that is watched for being at work stays so when its time is over: somebody is writing here."""
    if watched and not state.get("run"):
        state.put("run", name)


def deletion(name: str) -> None:
    """What is left to do with a run whose settings cannot be read."""
    with _popover(name) as popover:
        if popover.open:
            _deletion(name)


def done() -> bool:
    """Whether something was done just now, which the rest of the page, and the address, do not show yet."""
    return st.session_state.pop(_DONE, False)


def download(name: str, key: str) -> None:
    """A button for a model's files as one zip; greyed out where there are none, or too many bytes."""
    told, fits = _fitting(name)
    made, file = partial(archives.zipped, name), f"{name}.zip"
    widgets.download("Download zip", "download", made, file, "application/zip", told, fits, key)


def _fitting(name: str) -> tuple[str, bool]:
    """How large the zip would be, or why there is none."""
    try:
        size = archives.size(name)
    except ExplorerError as error:
        return str(error), False
    if size > archives.MAX_BYTES:
        return f"{sized(size)} are too many to be zipped; copy its folder.", False
    return (f"All its files: {sized(size)}.", True) if size else ("There is no whole epoch yet.", False)


def _popover(name: str) -> PopoverContainer:
    popover = st.popover("More", key=face(name), on_change="rerun")
    if not popover.open and st.session_state.get(_ASKED) == name:
        del st.session_state[_ASKED]
    return popover


def face(name: str) -> str:
    """The key of what can be done with a run: another one whenever something was done.

    A look at the runs that was under way meanwhile still says that it is open, and would open the same one again.
    """
    return f"more-{name}-{st.session_state.get(_TURN, 0)}"


def _naming(name: str, watched: bool) -> None:
    with st.form(f"naming-{name}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name", name, LONGEST, key=f"name-{name}")
        _submit("Rename", name, partial(_rename, name, watched))
    _refusal("Rename", name)


def _rename(name: str, watched: bool) -> None:
    new = st.session_state[f"name-{name}"].strip()
    housekeeping.rename(name, new)
    if watched:
        state.put("run", new)


def _noting(name: str) -> None:
    with st.form(f"noting-{name}", border=False):
        st.text_area("Note", housekeeping.noted(name), max_chars=housekeeping.MOST, key=f"note-{name}")
        _submit("Save note", name, lambda: housekeeping.note(name, st.session_state[f"note-{name}"]))
    _refusal("Save note", name)


def _deletion(name: str, at_work: bool = False) -> None:
    """Asked once."""
    if st.session_state.get(_ASKED) != name:
        why = "Stop it first." if at_work else None
        st.button(
            "Delete",
            icon=":material/delete:",
            key=f"delete-{name}",
            on_click=_ask,
            args=(name,),
            disabled=at_work,
            help=why,
        )
        return
    st.markdown(f"Delete **{literal(name)}** and its weights? They cannot be had back.")
    _button("Delete for good", "delete_forever", name, partial(_delete, name))


def _ask(name: str) -> None:
    st.session_state[_ASKED] = name


def _delete(name: str) -> None:
    housekeeping.delete(name)
    if state.get("run") == name:
        state.reset("run")


def _button(label: str, icon: str, name: str, act: Callable[[], object]) -> None:
    key = f"{label.lower()}-{name}"
    st.button(label, icon=f":material/{icon}:", key=key, on_click=_do, args=(label, name, act))
    _refusal(label, name)


def _submit(label: str, name: str, act: Callable[[], object]) -> None:
    st.form_submit_button(label, on_click=_do, args=(label, name, act))


def _do(label: str, name: str, act: Callable[[], object]) -> None:
    """Act, and close what was opened for it; a refusal is kept, to be shown where it was asked for."""
    try:
        act()
    except ExplorerError as error:
        st.session_state[_REFUSED] = {"label": label, "name": name, "sentence": str(error)}
    else:
        st.session_state.pop(_REFUSED, None)
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        st.session_state[_DONE] = True


def _refusal(label: str, name: str) -> None:
    refused = st.session_state.get(_REFUSED, {})
    if (refused.get("label"), refused.get("name")) == (label, name):
        st.error(literal(refused["sentence"]), icon=":material/error:")
