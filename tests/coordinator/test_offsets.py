"""The store of committed offsets, and when one has expired."""

from __future__ import annotations

import pytest

from desktop_broker.common.types import TopicPartition
from desktop_broker.coordinator.offsets import CommittedOffset, OffsetStore


def test_put_get_remove() -> None:
    store = OffsetStore()
    store.put("g", "t", 0, CommittedOffset(offset=1))
    store.put("g", "t", 0, CommittedOffset(offset=2))
    store.put("g", "u", 1, CommittedOffset(offset=3))
    assert store.get("g", "t", 0) == CommittedOffset(offset=2)
    assert store.get("g", "t", 1) is None is store.get("x", "t", 0)
    assert dict(store.of_group("g")).keys() == {("t", 0), ("u", 1)}
    assert list(store.of_topics(["u", "x"])) == [("g", TopicPartition("u", 1))]
    assert store.count("g") == 2
    store.remove("g", "t", 0)
    store.remove("g", "t", 0)
    store.remove("x", "t", 0)
    store.remove("g", "u", 1)
    assert store.group_ids() == []
    assert store.topics("g") == {}


@pytest.mark.parametrize(
    ("committed", "now", "empty_since", "expired"),
    [
        (CommittedOffset(offset=1, commit_timestamp_ms=100), 199, None, False),
        (CommittedOffset(offset=1, commit_timestamp_ms=100), 200, None, True),
        (CommittedOffset(offset=1, commit_timestamp_ms=100), 200, 150, False),
        (CommittedOffset(offset=1, commit_timestamp_ms=100), 250, 150, True),
        (CommittedOffset(offset=1, commit_timestamp_ms=100, expire_timestamp_ms=120), 120, 150, True),
        (CommittedOffset(offset=1, commit_timestamp_ms=100, expire_timestamp_ms=900), 899, None, False),
    ],
)
def test_expiry(committed: CommittedOffset, now: int, empty_since: int | None, expired: bool) -> None:
    assert committed.is_expired(now, 100, empty_since) is expired
