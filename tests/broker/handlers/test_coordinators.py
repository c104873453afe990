"""FindCoordinator in every version, as bytes in and bytes out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.find_coordinator import FindCoordinatorRequest
from tests.broker.handlers.group_bench import OFFSETS_TOPIC_ID, GroupBench, image_of, topic, versions
from tests.coordinator.harness import Harness


@pytest.fixture
def bench() -> Iterator[GroupBench]:
    harness = Harness()
    yield GroupBench(harness)
    harness.close()


def find(bench: GroupBench, version: int, key_type: int = 0):  # type: ignore[no-untyped-def]  # a response or one of its items
    if version < 4:
        return bench.call(ApiKey.FIND_COORDINATOR, version, FindCoordinatorRequest(key="g", key_type=key_type))
    request = FindCoordinatorRequest(coordinator_keys=["g", "h"], key_type=key_type)
    first, second = bench.call(ApiKey.FIND_COORDINATOR, version, request).coordinators
    assert (first.key, second.key) == ("g", "h")
    return first


@pytest.mark.parametrize("version", versions(ApiKey.FIND_COORDINATOR))
def test_the_leader_of_the_groups_partition(bench: GroupBench, version: int) -> None:
    found = find(bench, version)
    assert (found.error_code, found.node_id, found.host, found.port) == (ErrorCode.NONE, 1, "localhost", 9092)
    assert set(bench.internal_topics.asked) == {"__consumer_offsets"}


@pytest.mark.parametrize("version", versions(ApiKey.FIND_COORDINATOR))
@pytest.mark.parametrize("case", ["no topic", "no leader", "fenced leader"])
def test_nobody_yet(bench: GroupBench, version: int, case: str) -> None:
    groups = topic("__consumer_offsets", OFFSETS_TOPIC_ID, leader=-1 if case == "no leader" else 1)
    bench.image = image_of(fenced=False) if case == "no topic" else image_of(groups, fenced=case == "fenced leader")
    found = find(bench, version)
    assert (found.error_code, found.node_id, found.port) == (ErrorCode.COORDINATOR_NOT_AVAILABLE, -1, -1)


@pytest.mark.parametrize("version", range(1, 7))
@pytest.mark.parametrize("key_type", [1, 2, 77])
def test_what_is_not_coordinated_here(bench: GroupBench, version: int, key_type: int) -> None:
    found = find(bench, version, key_type)
    assert (found.error_code, found.node_id) == (ErrorCode.INVALID_REQUEST, -1)
    assert found.error_message == "This cluster coordinates consumer groups only."
