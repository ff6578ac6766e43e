"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest
import toy
from hypothesis import settings

from corridors.model.network import Network

# the same examples on every machine and in every run; no deadline, because two cores may be shared
settings.register_profile("corridors", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("corridors")


@pytest.fixture(scope="session")
def shipped_net() -> Network:
    """The default network, read once."""
    return toy.shipped_network()


@pytest.fixture(scope="session")
def docs() -> Path:
    """The folder of the documents."""
    return Path(__file__).parents[1] / "docs"
