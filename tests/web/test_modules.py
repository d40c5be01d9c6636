"""The pure functions of the browser modules, under node's own test runner."""

import shutil
import subprocess
from pathlib import Path

from tests.conftest import missing

ROOT = Path(__file__).parents[2]


def test_the_browser_modules():
    node = shutil.which("node") or missing("node is not on this machine; the browser modules are not tested alone")
    files = sorted(str(path) for path in (ROOT / "tests" / "web").rglob("*.test.js"))
    answer = subprocess.run([node, "--test", *files], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert answer.returncode == 0, answer.stdout[-4000:] + answer.stderr[-2000:]
