"""The page's runs are processes that need not load PyTorch anew."""

import pytest


@pytest.fixture(autouse=True)
def warm(request: pytest.FixtureRequest) -> None:
    """For the tests that start runs."""
    if request.node.get_closest_marker("process"):
        request.getfixturevalue("warm_children")
