"""One of three brokers goes away and comes back under load: nothing acknowledged is lost, and the ISR is three again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_broker import Engine
from desktop_broker.common.events import EventKind
from tests.durability.load import Load, assert_nothing_lost, create_topic

_PARTITIONS = 6


@pytest.mark.timeout(240)
@pytest.mark.parametrize("leave", [Engine.stop_broker, Engine.kill_broker], ids=["stopped", "killed"])
def test_no_acknowledged_message_is_lost(leave: Callable[[Engine, int], None], tmp_path: Path) -> None:
    with Engine(tmp_path / "data", brokers=3, port=0) as engine:
        create_topic(engine.bootstrap_servers, "orders", _PARTITIONS, **{"min.insync.replicas": "2"})
        with Load(engine.bootstrap_servers, "orders") as load:
            for broker in (1, 2, 3):
                load.wait_for_more(1_000)
                leave(engine, broker)
                load.wait_for_more(1_000)
                engine.start_broker(broker)
                _wait_until_all_in_sync(engine)
            load.wait_for_more(1_000)
        assert_nothing_lost(load, engine.bootstrap_servers, "orders")


def _wait_until_all_in_sync(engine: Engine) -> None:
    """Look again at every event until each partition has three replicas in sync."""
    seen = 0
    while not _all_in_sync(engine):
        events = engine.events.wait_after(seen, 30)
        assert events, "the ISR did not come back to three within 30 s of the last event"
        seen = events[-1].sequence
        assert not [event for event in events if event.kind is EventKind.THREAD_CRASHED], events


def _all_in_sync(engine: Engine) -> bool:
    partitions = [part for part in engine.statistics().partitions if part.topic == "orders"]
    states = [replica.state for part in partitions for replica in part.replicas]
    return len(partitions) == _PARTITIONS and all(state in ("leader", "in-sync") for state in states)
