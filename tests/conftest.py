"""What holds for every test: no thread stays behind, and hypothesis works by one of three profiles."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

# How long a thread that was told to end may take for it.
GRACE_SECONDS = 5.0

# Times vary too much on a shared machine to judge by them: no deadlines. HYPOTHESIS_PROFILE=thorough before a release.
settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, database=None, print_blob=True)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


def pytest_configure(config: pytest.Config) -> None:
    """Keep hypothesis' examples with pytest's cache, so that no test writes anything else into the checkout."""
    if settings.get_current_profile_name() != "ci":
        folder = Path(config.rootpath) / ".pytest_cache" / "hypothesis"
        settings.register_profile("here", settings(), database=DirectoryBasedExampleDatabase(folder))
        settings.load_profile("here")


# These take longest: begun first, they end while the others still run beside them (two workers, a file at a time).
SLOW_FOLDERS = ("clients", "durability", "conformance", "gui")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow ones first; the order within a file stays."""
    here = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(here).parts[0]
        return SLOW_FOLDERS.index(folder) if folder in SLOW_FOLDERS else len(SLOW_FOLDERS)

    items.sort(key=place)


@pytest.fixture(autouse=True)
def no_thread_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread running which was not there before it.

    A fixture of a wider scope may start threads while a test uses it: such tests carry `keeps_threads(reason)`.
    """
    before = set(threading.enumerate())
    yield
    if request.node.get_closest_marker("keeps_threads"):
        return
    left = {thread for thread in threading.enumerate() if thread not in before and not _belongs_to_c_code(thread)}
    deadline = time.monotonic() + GRACE_SECONDS
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    names = sorted(thread.name for thread in left if thread.is_alive())
    assert not names, f"threads left behind: {', '.join(names)}"


def _belongs_to_c_code(thread: threading.Thread) -> bool:
    """A thread of librdkafka or Qt that once called into Python: Python can neither end nor join it."""
    return isinstance(thread, threading._DummyThread)
