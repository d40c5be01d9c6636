"""What the documents say of the tree is so."""

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+) --hash=sha256:[0-9a-f]{64}$")


def locked() -> dict[str, str]:
    """The version of every package in the lock, by its normal name."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = [LOCKED.fullmatch(line) for line in lines if not line.startswith("#")]
    return {canonicalize_name(match[1]): match[2] for match in found if match} if all(found) else {}


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_every_requirement_is_in_the_lock_by_its_version_and_digest(file):
    pinned = [line.split("==") for line in (ROOT / file).read_text(encoding="utf-8").split()]
    assert {name: locked().get(canonicalize_name(name)) for name, _ in pinned} == dict(pinned)


@pytest.mark.skipif(sys.platform != "linux", reason="the lock is of what is installed on Linux")
def test_all_that_they_bring_along_is_in_the_lock():
    wanted = [Requirement(text) for name in locked() for text in metadata.distribution(name).requires or ()]
    taken = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    assert not {canonicalize_name(one.name) for one in taken} - set(locked())
    assert all(one.specifier.contains(locked()[canonicalize_name(one.name)], prereleases=True) for one in taken)


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
