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


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """What was checked is remembered for this run only, not in the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def shipped_net() -> Network:
    """The default network, read once."""
    return toy.shipped_network()


@pytest.fixture(scope="session")
def docs() -> Path:
    """The folder of the documents."""
    return Path(__file__).parents[1] / "docs"
