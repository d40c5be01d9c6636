"""Imports point downward only, and every heavy library has one room."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "vae_explorer"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

ORDER = [
    {"cache", "errors", "standard"},
    {"read_only"},
    {
        "alignment",
        "bounds",
        "child_folder",
        "child_queue",
        "colours",
        "images",
        "leash",
        "levels",
        "memory",
        "spread",
        "texts",
    },
    {"beta_range", "child_reports", "glossary", "npz", "plain_json", "regular_files", "reported_task", "schedules"},
    {"folders", "strict_json", "torchrun"},
    {"losses"},
    {"config"},
    {"presets", "datasets", "models", "betas"},
    {"objectives", "pictures", "projections", "run_settings"},
    {"latents"},
    {"coding", "metrics"},
    {"training", "checkpoints"},
    {"journal"},
    {"advice", "factor_codes", "runs", "figures", "unit_cards"},
    {"exports", "importers", "measurement"},
    {"scorer", "trials"},
    {"jobs"},
    {"engines"},
    {"cli", "live", "notebook"},
    {"ui", "__main__"},
]
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
ONE_ROOM = {
    "plotly": set(),
    "streamlit": {"ui"},
    "torch": {"losses", "models", "objectives", "coding", "training", "live", "exports", "importers"},
    "torchvision": {"datasets"},
    "sklearn": {"datasets", "latents", "metrics", "projections"},
    "starlette": {"live"},
    "umap": {"projections"},
    "ray": {"engines"},
    "submitit": {"engines"},
    "scipy": {"alignment", "metrics", "projections"},
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the room"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {dotted(path): path for path in MODULES}


def files_imported(path: Path) -> set[str]:
    """The project's own files that a file imports, by their dotted names."""
    names = {name if name in FILES else name.rpartition(".")[0] for name in imported(path)}
    return names & set(FILES)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downward(path):
    here = room(path)
    if here == "__init__":
        assert imported(path) == {"vae_explorer.notebook.bring"}
        return
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "vae_explorer":
            there = parts[1]
            assert RANK[there] < RANK[here] or here == there, f"{here} imports {there}"
        elif parts[0] in ONE_ROOM:
            assert here in ONE_ROOM[parts[0]], f"{parts[0]} is imported in {here}"


def test_no_files_import_each_other_in_a_circle():
    left = {name: files_imported(path) - {name} for name, path in FILES.items()}
    while free := {name for name, wanted in left.items() if not wanted & set(left)}:
        left = {name: wanted for name, wanted in left.items() if name not in free}
    assert not left, f"in a circle, or above one: {sorted(left)}"


PACKAGES = sorted(path.parent for path in MODULES if path.name == "__init__.py")


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_maps_its_modules_in_one_line_each(package):
    told = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    inside = {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}
    inside |= {path.name for path in package.iterdir() if (path / "__init__.py").exists()}
    lines = [line.strip().partition("  ")[0] for line in told.splitlines()[1:]]
    named = [name.strip().rstrip("/") for line in lines for name in line.split(",")]
    assert {name: named.count(name) for name in inside} == dict.fromkeys(inside, 1)


def test_a_file_is_a_noun():
    """What is done is a function; some words of the field end so all the same."""
    nouns = {"training", "coding", "sampling", "housekeeping", "finding"}
    files = [*MODULES, *PACKAGE.rglob("*.js")]
    assert not [str(path) for path in files if path.stem.endswith("ing") and path.stem not in nouns]


def test_one_page_never_imports_another():
    for path in (PACKAGE / "ui" / "pages").glob("*.py"):
        assert not any("ui.pages" in name for name in imported(path))


def test_pages_are_short_and_hold_no_functions():
    for path in (PACKAGE / "ui" / "pages").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 90
        assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.walk(ast.parse(source)))


ABOUT_250 = 255


def test_modules_stay_readable():
    modules = [*MODULES, *PACKAGE.rglob("*.js")]
    long = {str(path): n for path in modules if (n := path.read_text(encoding="utf-8").count("\n")) > ABOUT_250}
    assert not long


HEAVY = {"torch", "torchvision", "sklearn", "umap", "scipy"}
LIGHT = (
    "vae_explorer.advice",
    "vae_explorer.live.routes",
    "vae_explorer.ui.panels",
    "vae_explorer.ui.interpolate.films",
    "vae_explorer.cli",
    "vae_explorer.metrics.probes",
    "vae_explorer.metrics.anomaly",
    "vae_explorer.latents.sampling",
    "vae_explorer.checkpoints.columns",
    "vae_explorer.journal.remarks",
    "vae_explorer.journal.snapshots",
    "vae_explorer.jobs.housekeeping",
    "vae_explorer.jobs.sweeps",
    "vae_explorer.jobs.estimates",
)


def brought_along(modules: Iterable[str], libraries: Iterable[str]) -> dict[str, list[str]]:
    """Which of these libraries each module is the first to bring into a fresh Python, where it brings any."""
    code = "\n".join(f"import {name}; told({name!r})" for name in modules)
    told = f"""
import json, sys
found = {{}}
def told(name, libraries={sorted(libraries)}):
    new = [one for one in libraries if one in sys.modules and not any(one in old for old in found.values())]
    found.update({{name: new}} if new else {{}})
"""
    command = [sys.executable, "-c", f"{told}{code}\nprint(json.dumps(found))"]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


@pytest.mark.process
def test_nothing_heavy_is_imported_at_the_top():
    assert brought_along(LIGHT, HEAVY) == {}


@pytest.mark.process
def test_the_keeper_of_a_run_is_a_small_process():
    """It lives as long as its run, and the app waits for its start."""
    assert brought_along(["vae_explorer.jobs.keeper"], ["numpy", "torch"]) == {}
