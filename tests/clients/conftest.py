"""A real cluster in a process of its own, and the programs that use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.serving import Serving


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    """Three brokers on free ports, with data that stays over a restart."""
    cluster = Serving(tmp_path / "data", "--set", "num.partitions=4")
    cluster.start()
    yield cluster
    cluster.stop()
