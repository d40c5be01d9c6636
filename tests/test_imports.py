"""Imports point downward only, and every heavy library has one room."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "vae_explorer"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

ORDER = [
    {"errors", "colours", "images", "levels", "memory"},
    {"schedules", "folders"},
    {"config"},
    {
        "presets",
        "datasets",
        "models",
        "traversals",
        "projections",
        "machine",
        "metrics",
        "optimizers",
        "sampling",
        "betas",
    },
    {"objectives", "adversary", "latents", "means"},
    {"packing", "neighbours", "clusters", "selection"},
    {"coding", "checkpoints"},
    {"training", "catalogue"},
    {"journal"},
    {"runs", "figures", "columns", "originals", "explaining", "filming"},
    {"trials"},
    {"jobs"},
    {"cli", "live"},
    {"ui", "__main__"},
]
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
SAME_RANK = {
    ("datasets", "datasets"),
    ("models", "models"),
    ("live", "live"),
    ("ui", "ui"),
    ("cli", "cli"),
    ("metrics", "metrics"),
    ("projections", "projections"),
    ("jobs", "jobs"),
    ("journal", "journal"),
}
ONE_ROOM = {
    "plotly": {"figures"},
    "streamlit": {"ui"},
    "torch": {"models", "objectives", "optimizers", "adversary", "means", "coding", "training", "machine", "live"},
    "torchvision": {"datasets"},
    "sklearn": {"datasets", "metrics", "projections", "sampling", "clusters"},
    "starlette": {"live"},
    "umap": {"projections"},
    "scipy": {"projections"},
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


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downward(path):
    here = room(path)
    if here == "__init__":
        assert not imported(path)
        return
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "vae_explorer":
            there = parts[1]
            assert RANK[there] < RANK[here] or (here, there) in SAME_RANK, f"{here} imports {there}"
        elif parts[0] in ONE_ROOM:
            assert here in ONE_ROOM[parts[0]], f"{parts[0]} is imported in {here}"


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


@pytest.mark.parametrize(
    "entry",
    [
        "vae_explorer.live.routes",
        "vae_explorer.ui.panels",
        "vae_explorer.ui.films",
        "vae_explorer.cli",
        "vae_explorer.metrics.probes",
        "vae_explorer.metrics.anomaly",
        "vae_explorer.sampling",
        "vae_explorer.columns",
        "vae_explorer.explaining",
        "vae_explorer.journal.snapshots",
        "vae_explorer.jobs.housekeeping",
        "vae_explorer.jobs.sweeps",
        "vae_explorer.jobs.estimates",
    ],
)
def test_nothing_heavy_is_imported_at_the_top(entry):
    heavy = ("torch", "torchvision", "sklearn", "umap", "scipy")
    code = f"import sys, {entry}; print([name for name in {heavy!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_the_keeper_of_a_run_is_a_small_process():
    """It lives as long as its run, and the app waits for its start."""
    code = "import sys, vae_explorer.jobs.keeper; print([name for name in ('numpy', 'torch') if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
