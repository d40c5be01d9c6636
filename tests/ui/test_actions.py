"""What is refused is told in its sentence; what is broken is not taken for a refusal."""

import pytest

from vae_explorer.errors import NothingToShow
from vae_explorer.ui.actions import attempt


def test_what_is_done_says_nothing():
    said: list[str] = []
    assert attempt(lambda: said, said.append)
    assert not said


def test_a_refusal_is_handed_on():
    def act() -> None:
        raise NothingToShow("There is no model.")

    said: list[str] = []
    assert not attempt(act, said.append)
    assert said == ["There is no model."]


def test_a_fault_is_no_refusal():
    with pytest.raises(ZeroDivisionError):
        attempt(lambda: 1 / 0)
