"""JSON that anybody may have written: finite numbers of a usual length, nested no deeper than any of ours."""

import json
import math
import re
from itertools import accumulate
from typing import Any, NoReturn

MAX_DIGITS, MAX_DEPTH = 24, 40
BRACKETS = re.compile(r"[\[\]{}]")


def parsed(data: bytes | str) -> Any:
    """The value.

    Raises:
        ValueError: for anything else, such as NaN, 1e999, a number of 400 digits, or brackets within brackets.
    """
    text = data.decode() if isinstance(data, bytes) else data
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _require_flat(text)
    return DECODER.decode(text)


def mapping(data: bytes | str) -> dict[str, Any]:
    """The object.

    Raises:
        ValueError: as `parsed`, and for another kind of value.
    """
    values = parsed(data)
    if not isinstance(values, dict):
        raise ValueError("This is no JSON object.")
    return values


def _require_flat(text: str) -> None:
    """Refused before it is parsed: what is nested too deeply breaks whoever compares or prints it."""
    steps = (1 if bracket in "[{" else -1 for bracket in BRACKETS.findall(text))
    if any(depth > MAX_DEPTH for depth in accumulate(steps)):
        raise ValueError("This is nested too deeply.")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("This number is too large.")
    return value


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("This number is too long.")
    return int(digits)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number.")


DECODER = json.JSONDecoder(parse_float=_finite, parse_int=_whole, parse_constant=_refuse)
