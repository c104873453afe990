"""What is read back is what was written."""

from __future__ import annotations

from desktop_broker.coordinator.classic_group import ClassicGroup, GroupState
from desktop_broker.coordinator.loader import Loader
from desktop_broker.coordinator.offsets import CommittedOffset
from desktop_broker.coordinator.records import group_record, group_tombstone, offset_record
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.records.group_records import encode_group_key, encode_group_value
from desktop_broker.protocol.records.group_types import (
    GroupMetadataKey,
    GroupMetadataValue,
    LegacyOffsetCommitKey,
    LegacyOffsetCommitValue,
    MemberMetadata,
    OffsetCommitKey,
    OffsetCommitValue,
)
from tests.coordinator.test_records import make_group


def load(*records: tuple[bytes, bytes | None]) -> Loader:
    def fail(error: ProtocolError) -> None:
        raise error

    loader = Loader(now_ms=77, damaged=fail)
    loader.replay(records)
    return loader


def test_a_group_with_members() -> None:
    group = load(group_record(make_group(), {"a-1": b"mine"})).groups["g"]
    assert (group.state, group.generation, group.protocol_type, group.protocol) == (
        GroupState.STABLE, 3, "consumer", "range",
    )  # fmt: skip
    assert (group.leader, group.state_timestamp_ms, group.static_members) == ("a-1", 1_700_000_000_000, {"i": "i-2"})
    assert [member.assignment for member in group.members.values()] == [b"mine", b""]
    assert group.subscribed == {"t"}
    assert group.members["a-1"].client == ("app", "/127.0.0.1")
    assert (group.members["a-1"].session_timeout_ms, group.members["a-1"].rebalance_timeout_ms) == (10_000, 60_000)
    assert group_record(group, {"a-1": b"mine"}) == group_record(make_group(), {"a-1": b"mine"})


def test_an_empty_group_and_its_tombstone() -> None:
    empty = ClassicGroup("g", 5)
    empty.protocol_type, empty.generation = "consumer", 4
    group = load(group_record(empty, {})).groups["g"]
    assert (group.state, group.generation, group.protocol, group.subscribed) == (GroupState.EMPTY, 4, None, frozenset())
    assert load(group_record(empty, {}), group_tombstone("g")).groups == {}


def test_an_offset_makes_a_simple_group() -> None:
    loader = load(offset_record("s", "t", 0, CommittedOffset(offset=5, commit_timestamp_ms=6)))
    assert loader.offsets.get("s", "t", 0) == CommittedOffset(offset=5, commit_timestamp_ms=6)
    assert (loader.groups["s"].state, loader.groups["s"].protocol_type) == (GroupState.EMPTY, None)


def test_records_of_old_brokers() -> None:
    legacy = LegacyOffsetCommitKey(group="g", topic="t", partition=0)
    value = OffsetCommitValue(offset=8, metadata="m", commit_timestamp=9)
    loader = load(
        (encode_group_key(legacy), encode_group_value(LegacyOffsetCommitValue(offset=7, metadata="m"), 0)),
        *(
            (
                encode_group_key(OffsetCommitKey(group="g", topic="t", partition=1 + version)),
                encode_group_value(value, version),
            )
            for version in range(5)
        ),
    )
    assert loader.offsets.get("g", "t", 0) == CommittedOffset(offset=7, metadata="m", commit_timestamp_ms=0)
    for version in range(5):
        expected = CommittedOffset(offset=8, metadata="m", commit_timestamp_ms=9)
        assert loader.offsets.get("g", "t", 1 + version) == expected


def test_a_group_of_an_old_broker() -> None:
    value = GroupMetadataValue(
        protocol_type="consumer",
        protocol="range",
        leader="nobody",
        generation=1,
        members=[MemberMetadata(member_id="m", session_timeout=6_000, subscription=b"?")],
    )
    group = load((encode_group_key(GroupMetadataKey(group="g")), encode_group_value(value, 0))).groups["g"]
    assert (group.members["m"].rebalance_timeout_ms, group.leader, group.subscribed) == (6_000, "m", None)
    assert group.state_timestamp_ms == -1


def test_a_record_that_cannot_be_read_is_left_out_and_told() -> None:
    told: list[ProtocolError] = []
    loader = Loader(now_ms=0, damaged=told.append)
    good = offset_record("s", "t", 0, CommittedOffset(offset=5))
    loader.replay([(b"\x00\x01junk", None), good, (b"\x00\x07other", b"kind")])
    assert len(told) == 1
    assert loader.offsets.get("s", "t", 0) is not None
