"""The browser modules: who imports whom, types that say something, pure functions under node's own runner."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import missing

ROOT = Path(__file__).parents[2]
WEB = ROOT / "vae_explorer" / "web"
SHARED = {"wire", "pieces", "plot", "legend"}
BELOW = {"wire": set[str](), "pieces": {"wire"}, "plot": {"pieces", "wire"}}
"""The folders that a folder may import from; a component's only the shared ones, and the chips of the legend."""
IMPORT = re.compile(r'(?:from|import\() ?"(\.[^"]+)"')
REPLACES = re.compile("globalThis|fakeChannel")
"""What a file does that puts something in the browser's place: it has a node for itself."""
EACH_A_SUITE = """
import { describe } from "node:test";
for (const file of process.argv.slice(1)) describe(file, async () => { await import(file); });
"""
EMPTY_TYPE = re.compile(r'\{[^}\n]*\b(?<!")(?:any|object|Object|Function)\b[^\n]*|@ts-.*|[:<|] ?(?:any|object)\b.*')


def imported(path: Path) -> set[str]:
    """The folders that a module, or one of its types, comes from."""
    return {(path.parent / name).resolve().parent.name for name in IMPORT.findall(path.read_text(encoding="utf-8"))}


def test_a_component_imports_what_is_shared_and_no_other_component():
    modules = {path: path.parent.name for path in WEB.rglob("*.js")}
    strange = {str(path): imported(path) - {here} - BELOW.get(here, SHARED) for path, here in modules.items()}
    assert not {path: folders for path, folders in strange.items() if folders}


def test_every_type_says_something():
    """`make check` reads the types strictly; nothing may be kept from it."""
    assert json.loads((ROOT / "tsconfig.json").read_text(encoding="utf-8"))["include"] == ["vae_explorer/web"]
    empty = {str(path): EMPTY_TYPE.findall(path.read_text(encoding="utf-8")) for path in WEB.rglob("*.?s")}
    assert any(path.endswith(".d.ts") for path in empty)
    assert not {path: types for path, types in empty.items() if types}


def test_a_colour_is_mixed_in_one_place():
    mixed = re.compile(r"(--[\w-]+): color-mix")
    names = [name for path in WEB.rglob("*.css") for name in mixed.findall(path.read_text(encoding="utf-8"))]
    assert "--muted" in names
    assert len(names) == len(set(names))


@pytest.mark.process
def test_the_browser_modules():
    node = shutil.which("node") or missing("node is not on this machine; the browser modules are not tested alone")
    files = sorted((ROOT / "tests" / "web").rglob("*.test.js"))
    alone = [str(path) for path in files if REPLACES.search(path.read_text(encoding="utf-8"))]
    together = [str(path) for path in files if str(path) not in alone]
    for words in (["--test", *alone], ["--input-type=module", "--eval", EACH_A_SUITE, *together]):
        answer = subprocess.run([node, *words], cwd=ROOT, capture_output=True, text=True, timeout=300)
        assert answer.returncode == 0, answer.stdout[-4000:] + answer.stderr[-2000:]
        assert len(re.findall("# tests [1-9]", answer.stdout)) == 1
