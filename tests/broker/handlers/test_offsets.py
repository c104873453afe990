"""OffsetCommit, OffsetFetch and OffsetDelete in every version, as bytes in and bytes out."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.offset_commit import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from desktop_broker.protocol.messages.offset_delete import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
)
from desktop_broker.protocol.messages.offset_fetch import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopic,
    OffsetFetchRequestTopics,
)
from tests.broker.handlers.group_bench import TOPIC_ID, GroupBench, image_of, versions
from tests.coordinator.harness import GROUP, Harness

NOWHERE = uuid.UUID(int=99)


@pytest.fixture
def bench() -> Iterator[GroupBench]:
    harness = Harness()
    yield GroupBench(harness)
    harness.close()


@pytest.mark.parametrize("version", versions(ApiKey.OFFSET_COMMIT))
def test_commit(bench: GroupBench, version: int) -> None:
    partitions = [OffsetCommitRequestPartition(partition_index=0, committed_offset=5, committed_leader_epoch=2)]
    topics = [
        OffsetCommitRequestTopic(name="t", topic_id=TOPIC_ID, partitions=partitions),
        OffsetCommitRequestTopic(name="nowhere", topic_id=NOWHERE, partitions=partitions),
    ]
    response = bench.call(ApiKey.OFFSET_COMMIT, version, OffsetCommitRequest(group_id=GROUP, topics=topics))
    by_id = version >= 10
    codes = {topic.topic_id if by_id else topic.name: topic.partitions[0].error_code for topic in response.topics}
    assert codes == (
        {TOPIC_ID: ErrorCode.NONE, NOWHERE: ErrorCode.UNKNOWN_TOPIC_ID}
        if by_id
        else {"t": ErrorCode.NONE, "nowhere": ErrorCode.UNKNOWN_TOPIC_OR_PARTITION}
    )
    fetched = bench.harness.offset("t", 0)
    assert (fetched.committed_offset, fetched.committed_leader_epoch) == (5, 2 if version >= 6 else -1)
    assert bench.harness.offsets() == {("t", 0): 5}


def test_a_commit_of_unknown_topics_alone_makes_no_group(bench: GroupBench) -> None:
    topics = [OffsetCommitRequestTopic(name="nowhere", partitions=[OffsetCommitRequestPartition()])]
    bench.call(ApiKey.OFFSET_COMMIT, 9, OffsetCommitRequest(group_id=GROUP, topics=topics))
    assert bench.harness.state() == "Dead"


@pytest.mark.parametrize("version", range(2, 5))
def test_retention_times_of_old_versions_count(bench: GroupBench, version: int) -> None:
    topics = [OffsetCommitRequestTopic(name="t", partitions=[OffsetCommitRequestPartition(committed_offset=5)])]
    request = OffsetCommitRequest(group_id=GROUP, retention_time_ms=1_000, topics=topics)
    bench.call(ApiKey.OFFSET_COMMIT, version, request)
    bench.harness.advance(1)
    bench.harness.coordinator.expire()
    assert bench.harness.offsets() == {}


@pytest.mark.parametrize("version", range(1, 8))
def test_fetch_of_one_group(bench: GroupBench, version: int) -> None:
    bench.harness.commit({("t", 0): 5}, metadata="note")
    request = OffsetFetchRequest(
        group_id=GROUP,
        topics=[OffsetFetchRequestTopic(name="t", partition_indexes=[0, 1])],
        require_stable=version >= 7,
    )
    response = bench.call(ApiKey.OFFSET_FETCH, version, request)
    (topic,) = response.topics
    assert response.error_code == ErrorCode.NONE
    assert [(one.partition_index, one.committed_offset, one.metadata) for one in topic.partitions] == [
        (0, 5, "note"),
        (1, -1, ""),
    ]
    assert topic.partitions[0].committed_leader_epoch == (7 if version >= 5 else -1)


@pytest.mark.parametrize("version", range(2, 8))
def test_fetch_of_all_topics_of_one_group(bench: GroupBench, version: int) -> None:
    bench.harness.commit({("t", 0): 5})
    (topic,) = bench.call(ApiKey.OFFSET_FETCH, version, OffsetFetchRequest(group_id=GROUP, topics=None)).topics
    assert (topic.name, topic.partitions[0].committed_offset) == ("t", 5)


@pytest.mark.parametrize("version", range(1, 8))
def test_where_a_refused_fetch_says_so(bench: GroupBench, version: int) -> None:
    bench.harness.coordinator.unload(0)
    topics = [OffsetFetchRequestTopic(name="t", partition_indexes=[0])]
    response = bench.call(ApiKey.OFFSET_FETCH, version, OffsetFetchRequest(group_id=GROUP, topics=topics))
    if version == 1:
        assert response.topics[0].partitions[0].error_code == ErrorCode.NOT_COORDINATOR
    else:
        assert (response.error_code, response.topics) == (ErrorCode.NOT_COORDINATOR, [])


@pytest.mark.parametrize("version", [8, 9])
def test_fetch_of_many_groups(bench: GroupBench, version: int) -> None:
    bench.harness.commit({("t", 0): 5})
    bench.harness.commit({("t", 0): 6}, group="others")
    asked = [OffsetFetchRequestTopics(name="t", partition_indexes=[0])]
    groups = [
        OffsetFetchRequestGroup(group_id=GROUP, topics=asked),
        OffsetFetchRequestGroup(group_id="others", topics=None),
        OffsetFetchRequestGroup(group_id="nobody", topics=None),
    ]
    response = bench.call(ApiKey.OFFSET_FETCH, version, OffsetFetchRequest(groups=groups, require_stable=True))
    assert [group.error_code for group in response.groups] == [0, 0, 0]
    assert [group.topics[0].partitions[0].committed_offset for group in response.groups[:2]] == [5, 6]
    assert response.groups[2].topics == []


def test_fetch_by_topic_id(bench: GroupBench) -> None:
    bench.harness.commit({("t", 0): 5})  # committed by name: the id is not known to the group
    asked = [OffsetFetchRequestTopics(topic_id=one, partition_indexes=[0]) for one in (TOPIC_ID, NOWHERE)]
    groups = [
        OffsetFetchRequestGroup(group_id=GROUP, topics=asked),
        OffsetFetchRequestGroup(group_id=GROUP, topics=None),
    ]
    some, everything = bench.call(ApiKey.OFFSET_FETCH, 10, OffsetFetchRequest(groups=groups)).groups
    found = {topic.topic_id: topic.partitions[0] for topic in some.topics}
    assert found[TOPIC_ID].committed_offset == 5
    assert (found[NOWHERE].committed_offset, found[NOWHERE].error_code) == (-1, ErrorCode.UNKNOWN_TOPIC_ID)
    assert [topic.topic_id for topic in everything.topics] == [TOPIC_ID]


def test_fetch_by_topic_id_leaves_out_what_has_none(bench: GroupBench) -> None:
    bench.harness.commit({("t", 0): 5})
    bench.image = image_of()
    groups = [OffsetFetchRequestGroup(group_id=GROUP, topics=None)]
    (group,) = bench.call(ApiKey.OFFSET_FETCH, 10, OffsetFetchRequest(groups=groups)).groups
    assert group.topics == []
    assert ZERO_UUID not in [topic.topic_id for topic in group.topics]


def test_delete(bench: GroupBench) -> None:
    bench.harness.commit({("t", 0): 5})
    asked = [
        OffsetDeleteRequestTopic(name=name, partitions=[OffsetDeleteRequestPartition(partition_index=0)])
        for name in ("t", "nowhere")
    ]
    response = bench.call(ApiKey.OFFSET_DELETE, 0, OffsetDeleteRequest(group_id=GROUP, topics=asked))
    codes = {topic.name: topic.partitions[0].error_code for topic in response.topics}
    assert codes == {"t": ErrorCode.NONE, "nowhere": ErrorCode.UNKNOWN_TOPIC_OR_PARTITION}
    assert bench.harness.offsets() == {}
    unknown = bench.call(ApiKey.OFFSET_DELETE, 0, OffsetDeleteRequest(group_id="nobody", topics=asked))
    assert (unknown.error_code, unknown.topics) == (ErrorCode.GROUP_ID_NOT_FOUND, [])
