"""The steps of a Dockerfile, run in a folder where no Docker is at hand.

The folder stands for the image's root: WORKDIR and VOLUME lie in it, and so does a Python that has our packages, where
pip finds every requirement or fails, as it asks no index.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

READS_ALL = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
SYSTEM = "/usr/bin:/bin"
OPTION = re.compile(r"--[a-z-]+=\S+\s+")


class Step(NamedTuple):
    """One instruction and what follows it."""

    name: str
    rest: str


def steps(text: str) -> list[Step]:
    """Those of a Dockerfile: comments go, and lines that end in a backslash go on."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found = [line.partition(" ") for line in "\n".join(lines).replace("\\\n", " ").splitlines()]
    return [Step(name, rest.strip()) for name, _, rest in found]


@dataclass
class Image:
    """What the steps make: a root folder, an environment, and how the app is started and looked after."""

    context: Path
    root: Path
    variables: dict[str, str] = field(default_factory=dict)
    folder: Path = Path()
    volumes: list[Path] = field(default_factory=list)
    ports: list[str] = field(default_factory=list)
    user: str = ""
    health: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    paths: tuple[str, ...] = ()
    """Those of the image that lie in the root folder here."""

    def place(self, text: str) -> str:
        """The text with the image's paths as they lie here."""
        names = "|".join(re.escape(path) for path in self.paths)
        return re.sub(rf"(?<![\w./-])(?:{names})(?![\w.-])", lambda match: f"{self.root}{match[0]}", text)

    def started(self, command: list[str], **variables: str) -> "subprocess.Popen[bytes]":
        """A process in the image, of its user where we may be anybody."""
        words = [*self._as_user, *command]
        return subprocess.Popen(words, cwd=self.folder, env=self._environment() | variables)

    @cached_property
    def _as_user(self) -> list[str]:
        """What makes a command that user's, who may also read where Python lies; nothing where it cannot be had."""
        user, _, group = self.user.partition(":")
        words = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", *READS_ALL]
        able = (
            os.geteuid() == 0
            and shutil.which("setpriv")
            and not subprocess.run([*words, "true"], check=False).returncode
        )
        return words if able else []

    def _environment(self) -> dict[str, str]:
        return {"PATH": f"{self.root}/python/bin:{SYSTEM}", "TMPDIR": f"{self.root}/tmp", **self.variables}


def built(context: Path, root: Path) -> Image:
    """Run the steps of a context's Dockerfile in an empty root folder."""
    todo = steps((context / "Dockerfile").read_text(encoding="utf-8"))
    paths = tuple(step.rest for step in todo if step.name in ("WORKDIR", "VOLUME"))
    image = Image(context, root, paths=paths)
    _make_python(root / "python")
    (root / "tmp").mkdir()
    (root / "tmp").chmod(0o1777)
    for step in todo:
        STEPS[step.name](image, image.place(step.rest))
    return image


def _make_python(place: Path) -> None:
    venv.create(place, symlinks=True)
    purelib = sysconfig.get_path("purelib", vars={"base": str(place)})
    (Path(purelib) / "ours.pth").write_text(sysconfig.get_path("purelib"))


def _from(image: Image, rest: str) -> None:
    wanted = f"python:{sys.version_info.major}.{sys.version_info.minor}-slim"
    assert rest == wanted, f"the steps are run by another Python than that of {rest}"


def _set(image: Image, rest: str) -> None:
    image.variables |= dict(word.split("=", 1) for word in shlex.split(rest))


def _enter(image: Image, rest: str) -> None:
    image.folder = Path(rest)
    image.folder.mkdir(parents=True, exist_ok=True)


def _run(image: Image, rest: str) -> None:
    asked = {**image._environment(), "PIP_NO_INDEX": "1", "PIP_QUIET": "1"}
    subprocess.run(["sh", "-c", rest], cwd=image.folder, env=asked, check=True)


def _copy(image: Image, rest: str) -> None:
    *sources, target = rest.split()
    ignored = _ignored(image.context)
    for source in sources:
        found = [path for path in (image.context / source, *(image.context / source).rglob("*")) if path.is_file()]
        taken = [path for path in found if not ignored(path.relative_to(image.context).as_posix())]
        assert taken, f"{source} is not there, or .dockerignore leaves it out"
        for path in taken:
            within = path.relative_to(image.context / source) if (image.context / source).is_dir() else Path(source)
            place = image.folder / target / within
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)


def _ignored(context: Path) -> Callable[[str], bool]:
    """By .dockerignore, whose last word holds."""
    lines = (context / ".dockerignore").read_text(encoding="utf-8").split()
    rules = [(_pattern(line.removeprefix("!")), not line.startswith("!")) for line in lines]
    return lambda path: [out for rule, out in [(re.compile(""), False), *rules] if rule.match(path)][-1]


def _pattern(line: str) -> re.Pattern[str]:
    """Of a path, and all that lies below it."""
    parts = {"**/": "(?:.*/)?", "*": "[^/]*"}
    words = re.split(r"(\*\*/|\*)", line)
    return re.compile("".join(parts.get(word, re.escape(word)) for word in words) + "(?:/|$)")


def _volume(image: Image, rest: str) -> None:
    image.volumes.append(Path(rest))


def _expose(image: Image, rest: str) -> None:
    image.ports += rest.split()


def _user(image: Image, rest: str) -> None:
    image.user = rest


def _health(image: Image, rest: str) -> None:
    told = OPTION.sub("", rest)
    assert told.startswith("CMD "), told
    image.health = json.loads(told.removeprefix("CMD "))


def _command(image: Image, rest: str) -> None:
    image.command = json.loads(rest)


STEPS: Mapping[str, Callable[[Image, str], None]] = {
    "FROM": _from,
    "ARG": _set,
    "ENV": _set,
    "WORKDIR": _enter,
    "RUN": _run,
    "COPY": _copy,
    "VOLUME": _volume,
    "EXPOSE": _expose,
    "USER": _user,
    "HEALTHCHECK": _health,
    "CMD": _command,
}
