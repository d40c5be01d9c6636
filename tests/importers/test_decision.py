"""What is asked of a person: what differs between two readings or, where nothing is certain, all of a reading."""

from typing import NoReturn

import numpy as np
import pytest

from vae_explorer.importers import decision
from vae_explorer.importers.decision import Ambiguous, decide
from vae_explorer.importers.identification import Pictures
from vae_explorer.importers.subject import Subject

RELU, TANH = {"activation": "relu", "output": "none"}, {"activation": "tanh", "output": "none"}

DIFFERING = {"activation": "relu"}, {"activation": "tanh"}


def never(*_: object) -> NoReturn:
    raise AssertionError("the pictures are measured already")


@pytest.mark.parametrize(
    ("share", "margin", "told", "readings"),
    [
        (0.3, 0.2, "Two readings of these weights reconstruct alike: ", DIFFERING),
        (0.68, 0.9, "These weights leave 68% of what images differ by unexplained", (RELU, TANH)),
    ],
)
def test_what_is_asked_follows_from_what_is_certain(share, margin, told, readings, monkeypatch):
    found = Pictures(RELU, 0.02, TANH, 0.03, margin, (), share, 64)
    monkeypatch.setattr(decision, "identify_pictures", lambda subject, images: found)
    subject = Subject("made", 2, {}, {}, {}, *3 * (never,))
    with pytest.raises(
        Ambiguous, match=r"activation relu errs by 0\.0200 per pixel, activation tanh by 0\.0300"
    ) as asked:
        decide(subject, np.zeros((1, 1, 8, 8)))
    assert asked.value.told.startswith(told)
    assert asked.value.readings == readings
