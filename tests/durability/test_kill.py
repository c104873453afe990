"""The engine is killed (`kill -9`) under load, again and again: what was acknowledged is there, once, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients.serving import Serving
from tests.durability.load import Load, assert_nothing_lost, create_topic

_KILLS = 10


@pytest.mark.timeout(300)
def test_an_acknowledged_message_survives_ten_kills(tmp_path: Path) -> None:
    cluster = Serving(tmp_path / "data")
    cluster.start()
    try:
        create_topic(cluster.bootstrap, "orders", 6)
        with Load(cluster.bootstrap, "orders") as load:
            for _ in range(_KILLS):
                load.wait_for_more(500)
                cluster.kill()
                cluster.start()
            load.wait_for_more(500)
        assert_nothing_lost(load, cluster.bootstrap, "orders")
    finally:
        cluster.stop()
