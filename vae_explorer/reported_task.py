"""ReportedTask: work in a child process that tells how far it has come; the child's side is child_reports."""

import contextlib
import json
import logging
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ClassVar

from vae_explorer.child_folder import child_folder
from vae_explorer.child_queue import Start, Task, TaskState

LOG = logging.getLogger(__name__)
HOME = Path(__file__).parents[1]


@dataclass
class ReportedTask(Task[str]):
    """One piece of work on its way, and how far it has come."""

    noun: ClassVar[str] = "work"
    """What it makes, in one word of the sentences that are told of it."""

    share: float = 0.0
    doing: str = ""

    def words(self, folder: Path) -> list[str]:
        """Write into a folder what the process needs to know; the process's arguments."""
        raise NotImplementedError

    @property
    def made(self) -> bool:
        """Whether what the process was to make is there."""
        return True

    def run(self, start: Start) -> None:
        """Have the process do the work, with a temporary folder of its own."""
        with child_folder() as place, (place / "diary").open("w+") as diary:
            command, pipe = self.words(place), subprocess.PIPE
            running = start(
                lambda: subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=diary, text=True, cwd=HOME)
            )
            if running is None:
                return
            with running:
                assert running.stdout is not None
                self._watch(running.stdout)
            if self.state == TaskState.RUNNING:
                self._conclude(running.returncode, diary)

    def unstartable(self, error: Exception) -> str:
        """The system's own words."""
        return f"The {self.noun}’s process could not be started: {error}."

    def _watch(self, lines: IO[str]) -> None:
        for line in lines:
            with contextlib.suppress(ValueError, KeyError):
                told = json.loads(line)
                if "error" in told:
                    self.state, self.sentence = TaskState.FAILED, told["error"]
                    continue
                self.share, self.doing = float(told["share"]), str(told["doing"])

    def _conclude(self, code: int, diary: IO[str]) -> None:
        if code == 0 and self.made:
            self.state, self.share = TaskState.DONE, 1.0
            return
        diary.seek(0)
        LOG.error("The %s %s ended with %s: %s", self.noun, self.key, code, diary.read()[-2000:])
        self.sentence = f"The {self.noun}’s process ended before it was done (exit {code}); try again."
        self.state = TaskState.FAILED
