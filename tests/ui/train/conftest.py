"""The page's runs are processes that need not load PyTorch anew."""

import pytest


@pytest.fixture(autouse=True)
def warm(request: pytest.FixtureRequest) -> None:
    """For the tests that start runs; not where memory is taken away, of which a fork has some of its parent's left."""
    if request.node.get_closest_marker("process") and "memory" not in request.node.name:
        request.getfixturevalue("warm_children")
