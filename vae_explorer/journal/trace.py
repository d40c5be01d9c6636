"""The trace: what training measures of itself, a line for each window of a few steps."""

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from vae_explorer import folders, regular_files, strict_json
from vae_explorer.bounds import is_count, is_number
from vae_explorer.training.validation import Validation
from vae_explorer.training.windows import Window

TRACE = "trace.jsonl"
MAX_BYTES, MAX_STEP = 1 << 24, 10**12


def text(line: Window) -> str:
    """The line as it stands in the file, to six digits, and four of each unit's KL."""
    apart = "step", "kl", "validation"
    rounded = {name: _rounded(value, 6) for name, value in line._asdict().items() if name not in apart}
    kl = None if line.kl is None else [_rounded(value, 4) for value in line.kl]
    found = line.validation
    seen = {} if found is None else {"validation": _rounded_figures(found)}
    return json.dumps({**rounded, "step": line.step, "kl": kl, **seen}) + "\n"


def _rounded_figures(found: Validation) -> dict[str, Any]:
    return found._replace(nll=float(f"{found.nll:.6g}"), rate=_rounded(found.rate, 6))._asdict()


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else float(f"{value:.{digits}g}")


def write(journal: Path, lines: Iterable[Window]) -> int:
    """Write all lines anew, whole, and say how many bytes they take.

    Raises:
        StorageError: when they cannot be written; what was there stays.
    """
    data = "".join(map(text, lines)).encode()
    folders.write_file(journal / TRACE, data)
    return len(data)


def append(journal: Path, line: Window) -> int:
    """Write one line more, and say how many bytes it takes; a kill may leave half of it, which is not read.

    Raises:
        StorageError: when it cannot be written.
    """
    data = text(line).encode()
    regular_files.append(journal / TRACE, data)
    return len(data)


def thinned(lines: Sequence[Window]) -> list[Window]:
    """About half as many: two neighbours of one beta become one, which is the mean over the steps of both."""
    found: list[Window] = []
    start, paired = 0, True
    for line in lines:
        paired = not paired and found[-1].beta == line.beta
        if paired:
            found[-1] = _mean(start, found[-1], line)
        else:
            start = found[-1].step if found else 0
            found.append(line)
    return found


def _mean(start: int, first: Window, second: Window) -> Window:
    """One line for the steps of two, of which the first began after so many steps."""
    share = (second.step - first.step) / (second.step - start)

    def mean(a: float, b: float) -> float:
        return a + share * (b - a)

    rate = None if first.rate is None or second.rate is None else mean(first.rate, second.rate)
    kl = None if first.kl is None or second.kl is None else tuple(map(mean, first.kl, second.kl))
    loss, nll = mean(first.loss, second.loss), mean(first.nll, second.nll)
    return second._replace(loss=loss, nll=nll, rate=rate, kl=kl, validation=second.validation or first.validation)


def read(journal: Path, after: int = -1) -> list[Window]:
    """The whole lines of steps beyond `after`; a half-written one is not read."""
    data = regular_files.tail(journal / TRACE, MAX_BYTES)
    found = [_line(row) for row in data.splitlines(keepends=True) if row.endswith(b"\n")]
    return [line for line in found if line is not None and line.step > after]


def _line(row: bytes) -> Window | None:
    try:
        values: dict[str, Any] = strict_json.mapping(row)
        kl, seen = values.pop("kl"), values.pop("validation", None)
        known = None if seen is None else Validation.parsed(seen)
        line = Window(**values, kl=None if kl is None else tuple(map(float, kl)), validation=known)
    except (ValueError, TypeError, KeyError, OverflowError):
        return None
    numbers = [value for value in (*line[:7], *(line.kl or ())) if value is not None]
    fine = all(is_number(value, -math.inf, math.inf) for value in numbers)
    return line if fine and is_count(line.step, 0, MAX_STEP) else None
