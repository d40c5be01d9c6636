"""What the documents say of the tree is so."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REQUIREMENTS = sorted(path.name for path in ROOT.glob("requirements*.txt"))


def packages(file: str) -> list[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").split()
    return [line.partition("==")[0] for line in lines]


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_every_dependency_has_its_line_in_the_readme(file):
    table = re.findall(r"^\| ([a-z0-9, -]+) \| ", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = {name for row in table for name in row.split(", ")}
    assert packages(file)
    assert set(packages(file)) <= named


def test_the_requirement_files_are_what_an_install_takes():
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["dynamic"]
    extras = tables["optional-dependencies"].values()
    files = [file for entry in (tables["dependencies"], *extras) for file in entry["file"]]
    assert sorted(files) == REQUIREMENTS


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "README.md"])
def test_every_path_that_is_named_exists(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:vae_explorer|tests|bench|docs|\.ci|\.github)/[\w./-]*)`", text))
    assert named
    assert not {path for path in named if not (ROOT / path).exists()}
