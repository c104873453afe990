"""Commits, fetches and deletions of offsets."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.records import read
from desktop_broker.protocol.codec import encode
from desktop_broker.protocol.messages.consumer_protocol import ConsumerProtocolSubscription
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
from desktop_broker.protocol.messages.offset_fetch import OffsetFetchRequestGroup
from tests.coordinator.harness import GROUP, Harness, Waiting

MakeHarness = Callable[..., Harness]


def test_a_consumer_that_assigns_itself_commits(harness: Harness) -> None:
    topic_id = uuid.uuid4()
    assert harness.commit({("t", 0): 5, ("t", 3): 6}, metadata="note", topic_id=topic_id) == ErrorCode.NONE
    fetched = harness.offset("t", 0)
    assert (fetched.committed_offset, fetched.committed_leader_epoch, fetched.metadata) == (5, 7, "note")
    assert harness.offset("t", 1).committed_offset == -1
    assert harness.offset("t", 0, group="nobody").committed_offset == -1
    assert harness.offsets() == {("t", 0): 5, ("t", 3): 6}
    assert harness.state() == "Empty"
    assert len(harness.log.batches) == 1  # one append for all partitions


def test_null_metadata_is_empty(harness: Harness) -> None:
    harness.commit({("t", 0): 5}, metadata=None)
    assert harness.offset("t", 0).metadata == ""


def test_metadata_that_is_too_long_is_refused_by_partition(harness: Harness) -> None:
    partitions = [
        OffsetCommitRequestPartition(partition_index=0, committed_offset=1, committed_metadata="x" * 4_096),
        OffsetCommitRequestPartition(partition_index=1, committed_offset=2, committed_metadata="x" * 4_097),
    ]
    request = OffsetCommitRequest(group_id=GROUP, topics=[OffsetCommitRequestTopic(name="t", partitions=partitions)])
    (topic,) = harness.coordinator.offset_commit(request, 9).topics
    assert [one.error_code for one in topic.partitions] == [ErrorCode.NONE, ErrorCode.OFFSET_METADATA_TOO_LARGE]
    assert harness.offsets() == {("t", 0): 1}


def test_members_commit_in_their_generation(harness: Harness) -> None:
    (joined,) = harness.form_group(1)
    member = joined.member_id
    assert harness.commit({("t", 0): 1}, member_id=member, generation=1) == ErrorCode.NONE
    assert harness.commit({("t", 0): 2}, member_id=member, generation=0) == ErrorCode.ILLEGAL_GENERATION
    assert harness.commit({("t", 0): 2}, member_id="stranger", generation=1) == ErrorCode.UNKNOWN_MEMBER_ID
    assert harness.commit({("t", 0): 2}) == ErrorCode.UNKNOWN_MEMBER_ID
    assert harness.offsets() == {("t", 0): 1}


@pytest.mark.parametrize(("version", "code"), [(9, ErrorCode.GROUP_ID_NOT_FOUND), (8, ErrorCode.ILLEGAL_GENERATION)])
def test_a_member_of_a_group_that_is_gone(harness: Harness, version: int, code: ErrorCode) -> None:
    assert harness.commit({("t", 0): 1}, member_id="m", generation=3, version=version) == code


def test_commits_during_a_rebalance(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    # Before it rejoins, a member commits what it is about to give up.
    assert harness.commit({("t", 0): 1}, member_id=second.member_id, generation=2) == ErrorCode.NONE
    followed = harness.join(second.member_id).result()
    waiting.result()
    code = harness.commit({("t", 0): 2}, member_id=followed.member_id, generation=3)
    assert code == ErrorCode.REBALANCE_IN_PROGRESS


def test_a_commit_is_a_heartbeat(harness: Harness) -> None:
    (joined,) = harness.form_group(1)
    for offset in range(4):
        harness.advance(8)
        assert harness.commit({("t", 0): offset}, member_id=joined.member_id, generation=1) == ErrorCode.NONE
    assert harness.happened("member-timed-out") == []


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (ErrorCode.NOT_ENOUGH_REPLICAS, ErrorCode.COORDINATOR_NOT_AVAILABLE),
        (ErrorCode.REQUEST_TIMED_OUT, ErrorCode.COORDINATOR_NOT_AVAILABLE),
        (ErrorCode.NOT_LEADER_OR_FOLLOWER, ErrorCode.NOT_COORDINATOR),
        (ErrorCode.KAFKA_STORAGE_ERROR, ErrorCode.NOT_COORDINATOR),
        (ErrorCode.MESSAGE_TOO_LARGE, ErrorCode.UNKNOWN_SERVER_ERROR),
    ],
)
def test_a_commit_that_cannot_be_written(harness: Harness, failure: ErrorCode, code: ErrorCode) -> None:
    harness.log.failures.append(KafkaError(failure))
    assert harness.commit({("t", 0): 1}) == code
    assert harness.offsets() == {}


def test_a_retention_time_of_its_own(harness: Harness) -> None:
    """OffsetCommit 2 to 4 name how long to keep an offset."""
    harness.commit({("t", 0): 1}, version=3, retention_time_ms=60_000)
    harness.commit({("t", 1): 1}, version=3)
    harness.advance(59)
    harness.coordinator.expire()
    assert harness.offsets() == {("t", 0): 1, ("t", 1): 1}
    harness.advance(1)
    harness.coordinator.expire()
    assert harness.offsets() == {("t", 1): 1}


def test_a_new_owner_sees_the_commit_that_is_under_way(harness: Harness) -> None:
    release = harness.log.hold = threading.Event()
    committing = Waiting(lambda _: harness.commit({("t", 0): 5}))
    assert harness.log.started.acquire(timeout=20)
    fetching = Waiting(lambda _: harness.offsets(require_stable=True))
    assert harness.offsets(require_stable=False) == {}
    release.set()
    assert fetching.result() == {("t", 0): 5}
    assert committing.result() == ErrorCode.NONE


def test_the_order_of_commits_is_the_order_of_the_log(make_harness: MakeHarness) -> None:
    """Ten threads commit one after the other what they take from a counter under a lock; the log must end with the highest."""
    harness = make_harness()
    lock = threading.Lock()
    next_offset = iter(range(1, 10_000))

    def commit_many() -> None:
        for _ in range(20):
            with lock:
                offset = next(next_offset)
            assert harness.commit({("t", offset % 3): offset}, group=f"g{offset % 2}") == ErrorCode.NONE

    threads = [Waiting(lambda _: commit_many()) for _ in range(10)]
    for thread in threads:
        thread.result()
    last: dict[tuple[str, int], int] = {}
    for record in harness.log.partitions[0]:
        key, value = read(record)  # type: ignore[misc]  # every record is one of ours
        last[key.group, key.partition] = value.offset
    for group in ("g0", "g1"):
        expected = {("t", partition): last[group, partition] for partition in range(3)}
        assert harness.offsets(group) == expected


def test_an_empty_group_id_is_fine_for_offsets(harness: Harness) -> None:
    assert harness.commit({("t", 0): 1}, group="") == ErrorCode.NONE
    assert harness.offsets("") == {("t", 0): 1}


# OffsetDelete.


def delete(harness: Harness, *topics: str, group: str = GROUP):  # type: ignore[no-untyped-def]  # an OffsetDeleteResponse
    asked = [
        OffsetDeleteRequestTopic(name=topic, partitions=[OffsetDeleteRequestPartition(partition_index=0)])
        for topic in topics
    ]
    return harness.coordinator.offset_delete(OffsetDeleteRequest(group_id=group, topics=asked))


def test_offsets_of_an_empty_group_are_deleted(harness: Harness) -> None:
    harness.commit({("a", 0): 1, ("b", 0): 2})
    response = delete(harness, "a", "never")
    assert [one.error_code for topic in response.topics for one in topic.partitions] == [0, 0]
    assert harness.offsets() == {("b", 0): 2}
    assert harness.log.partitions[0][-1][1] is None


def test_topics_that_members_read_keep_their_offsets(harness: Harness) -> None:
    subscription = b"\x00\x01" + encode(ConsumerProtocolSubscription(topics=["a"]), 1)
    (joined,) = harness.form_group(1, protocols={"range": subscription})
    harness.commit({("a", 0): 1, ("b", 0): 2}, member_id=joined.member_id, generation=1)
    response = delete(harness, "a", "b")
    codes = {topic.name: topic.partitions[0].error_code for topic in response.topics}
    assert codes == {"a": ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC, "b": ErrorCode.NONE}
    assert harness.offsets() == {("a", 0): 1}


def test_a_subscription_that_cannot_be_read_protects_all_topics(harness: Harness) -> None:
    (joined,) = harness.form_group(1, protocols={"range": b"\x00\x01junk"})
    harness.commit({("a", 0): 1}, member_id=joined.member_id, generation=1)
    assert delete(harness, "a").topics[0].partitions[0].error_code == ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC


def test_deletions_that_are_refused(harness: Harness) -> None:
    assert delete(harness, "a").error_code == ErrorCode.GROUP_ID_NOT_FOUND
    assert delete(harness, "a", group="").error_code == ErrorCode.INVALID_GROUP_ID
    harness.form_group(1, group="workers", protocol_type="connect")
    assert delete(harness, "a", group="workers").error_code == ErrorCode.NON_EMPTY_GROUP


def test_a_deletion_that_cannot_be_written_deletes_nothing(harness: Harness) -> None:
    harness.commit({("a", 0): 1})
    harness.log.failures.append(KafkaError(ErrorCode.NOT_ENOUGH_REPLICAS))
    assert delete(harness, "a").error_code == ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert harness.offsets() == {("a", 0): 1}


def test_fetching_from_another_broker(make_harness: MakeHarness) -> None:
    harness = make_harness(load=False)
    response = harness.coordinator.offset_fetch(
        OffsetFetchRequestGroup(group_id=GROUP, topics=None), require_stable=True
    )
    assert response.error_code == ErrorCode.NOT_COORDINATOR
    assert harness.commit({("t", 0): 1}) == ErrorCode.NOT_COORDINATOR


def test_limits_follow_the_configs_while_running(make_harness: MakeHarness) -> None:
    harness = make_harness()
    harness.config = GroupConfig(offset_metadata_max_bytes=3)
    assert harness.commit({("t", 0): 1}, metadata="four") == ErrorCode.OFFSET_METADATA_TOO_LARGE
