"""Keys of the session have one owner."""

import ast
from pathlib import Path

from vae_explorer.ui import state
from vae_explorer.ui.params import PARAMS

UI = Path(state.__file__).parent


def test_no_two_values_share_a_key():
    keys = [entry.key for entry in vars(state).values() if isinstance(entry, state.Entry)]
    assert len(keys) > 5
    assert len({*keys, *PARAMS}) == len(keys) + len(PARAMS)


def named(node: ast.AST) -> str:
    """The text by which a node reaches into the session, if it does."""
    match node:
        case ast.Subscript(ast.Attribute(attr="session_state"), ast.Constant(str(key))):
            return key
        case ast.Call(ast.Attribute(ast.Attribute(attr="session_state")), [ast.Constant(str(key)), *_]):
            return key
    return ""


def test_no_other_module_names_a_key_of_the_session():
    assert named(ast.parse('st.session_state["a"]', mode="eval").body) == "a"
    assert named(ast.parse('st.session_state.get("a", 1)', mode="eval").body) == "a"
    others = [path for path in UI.rglob("*.py") if path != UI / "state.py"]
    found = {path.name: named(node) for path in others for node in ast.walk(ast.parse(path.read_text())) if named(node)}
    assert not found
