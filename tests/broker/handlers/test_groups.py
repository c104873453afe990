"""JoinGroup to DeleteGroups in every version, as bytes in and bytes out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.delete_groups import DeleteGroupsRequest
from desktop_broker.protocol.messages.describe_groups import DescribeGroupsRequest
from desktop_broker.protocol.messages.heartbeat import HeartbeatRequest
from desktop_broker.protocol.messages.join_group import JoinGroupRequest, JoinGroupRequestProtocol
from desktop_broker.protocol.messages.leave_group import LeaveGroupRequest, MemberIdentity
from desktop_broker.protocol.messages.list_groups import ListGroupsRequest
from desktop_broker.protocol.messages.sync_group import SyncGroupRequest, SyncGroupRequestAssignment
from tests.broker.handlers.group_bench import GroupBench, versions
from tests.coordinator.harness import GROUP, Harness


@pytest.fixture
def bench() -> Iterator[GroupBench]:
    harness = Harness()
    yield GroupBench(harness)
    harness.close()


def join_request(version: int, member_id: str = "") -> JoinGroupRequest:
    return JoinGroupRequest(
        group_id=GROUP,
        member_id=member_id,
        session_timeout_ms=10_000,
        rebalance_timeout_ms=60_000 if version else -1,
        protocol_type="consumer",
        protocols=[JoinGroupRequestProtocol(name="range", metadata=b"meta")],
    )


def join(bench: GroupBench, version: int):  # type: ignore[no-untyped-def]  # a JoinGroupResponse
    response = bench.call(ApiKey.JOIN_GROUP, version, join_request(version))
    if response.error_code == ErrorCode.MEMBER_ID_REQUIRED:
        assert version >= 4
        response = bench.call(ApiKey.JOIN_GROUP, version, join_request(version, response.member_id))
    assert response.error_code == ErrorCode.NONE
    return response


@pytest.mark.parametrize("version", versions(ApiKey.JOIN_GROUP))
def test_join(bench: GroupBench, version: int) -> None:
    joined = join(bench, version)
    assert (joined.generation_id, joined.protocol_name, joined.leader) == (1, "range", joined.member_id)
    assert joined.member_id.startswith("app-")
    assert [one.metadata for one in joined.members] == [b"meta"]
    (group,) = bench.harness.coordinator.describe_groups([GROUP])
    assert group.members[0].client_host == "/127.0.0.1"


@pytest.mark.parametrize("version", versions(ApiKey.JOIN_GROUP))
def test_a_refused_join_can_be_written_in_every_version(bench: GroupBench, version: int) -> None:
    refused = bench.call(ApiKey.JOIN_GROUP, version, join_request(version, "stranger"))
    assert (refused.error_code, refused.generation_id, refused.members) == (ErrorCode.UNKNOWN_MEMBER_ID, -1, [])
    assert refused.protocol_name == (None if version >= 7 else "")


@pytest.mark.parametrize("version", versions(ApiKey.SYNC_GROUP))
def test_sync(bench: GroupBench, version: int) -> None:
    joined = join(bench, 9)
    request = SyncGroupRequest(
        group_id=GROUP,
        generation_id=1,
        member_id=joined.member_id,
        protocol_type="consumer",
        protocol_name="range",
        assignments=[SyncGroupRequestAssignment(member_id=joined.member_id, assignment=b"all")],
    )
    synced = bench.call(ApiKey.SYNC_GROUP, version, request)
    assert (synced.error_code, synced.assignment) == (ErrorCode.NONE, b"all")
    assert synced.protocol_name == ("range" if version >= 5 else None)


def test_sync_must_name_the_protocol_since_version_5(bench: GroupBench) -> None:
    joined = join(bench, 9)
    request = SyncGroupRequest(group_id=GROUP, generation_id=1, member_id=joined.member_id)
    assert bench.call(ApiKey.SYNC_GROUP, 5, request).error_code == ErrorCode.INCONSISTENT_GROUP_PROTOCOL


@pytest.mark.parametrize("version", versions(ApiKey.HEARTBEAT))
def test_heartbeat(bench: GroupBench, version: int) -> None:
    joined = join(bench, 9)
    request = HeartbeatRequest(group_id=GROUP, generation_id=1, member_id=joined.member_id)
    assert bench.call(ApiKey.HEARTBEAT, version, request).error_code == ErrorCode.NONE
    request.generation_id = 9
    assert bench.call(ApiKey.HEARTBEAT, version, request).error_code == ErrorCode.ILLEGAL_GENERATION


@pytest.mark.parametrize("version", versions(ApiKey.LEAVE_GROUP))
def test_leave(bench: GroupBench, version: int) -> None:
    joined = join(bench, 9)

    def leave(member_id: str) -> int:
        if version >= 3:
            request = LeaveGroupRequest(group_id=GROUP, members=[MemberIdentity(member_id=member_id)])
            response = bench.call(ApiKey.LEAVE_GROUP, version, request)
            assert response.error_code == ErrorCode.NONE
            return int(response.members[0].error_code)
        response = bench.call(ApiKey.LEAVE_GROUP, version, LeaveGroupRequest(group_id=GROUP, member_id=member_id))
        return int(response.error_code)

    assert leave("stranger") == ErrorCode.UNKNOWN_MEMBER_ID
    assert leave(joined.member_id) == ErrorCode.NONE
    assert bench.harness.members() == []


@pytest.mark.parametrize("version", versions(ApiKey.DESCRIBE_GROUPS))
def test_describe(bench: GroupBench, version: int) -> None:
    joined = join(bench, 9)
    request = DescribeGroupsRequest(groups=[GROUP, "nobody"], include_authorized_operations=version >= 3)
    found, missing = bench.call(ApiKey.DESCRIBE_GROUPS, version, request).groups
    assert (found.group_state, found.members[0].member_id) == ("CompletingRebalance", joined.member_id)
    assert found.authorized_operations == (3400 if version >= 3 else -(2**31))
    expected = (ErrorCode.GROUP_ID_NOT_FOUND, "Group nobody not found.") if version >= 6 else (ErrorCode.NONE, None)
    assert (missing.error_code, missing.error_message) == expected
    assert missing.group_state == "Dead"


@pytest.mark.parametrize("version", versions(ApiKey.LIST_GROUPS))
def test_list(bench: GroupBench, version: int) -> None:
    join(bench, 9)
    (group,) = bench.call(ApiKey.LIST_GROUPS, version, ListGroupsRequest()).groups
    assert (group.group_id, group.protocol_type) == (GROUP, "consumer")
    assert group.group_state == ("CompletingRebalance" if version >= 4 else "")
    assert group.group_type == ("classic" if version >= 5 else "")
    if version >= 4:
        assert bench.call(ApiKey.LIST_GROUPS, version, ListGroupsRequest(states_filter=["Stable"])).groups == []


@pytest.mark.parametrize("version", versions(ApiKey.DELETE_GROUPS))
def test_delete(bench: GroupBench, version: int) -> None:
    join(bench, 9)
    bench.harness.commit({("t", 0): 1}, group="simple")
    request = DeleteGroupsRequest(groups_names=[GROUP, "simple", "nobody"])
    results = bench.call(ApiKey.DELETE_GROUPS, version, request).results
    assert {one.group_id: one.error_code for one in results} == {
        GROUP: ErrorCode.NON_EMPTY_GROUP,
        "simple": ErrorCode.NONE,
        "nobody": ErrorCode.GROUP_ID_NOT_FOUND,
    }
