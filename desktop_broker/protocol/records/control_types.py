"""What control batches hold. `control_records` reads and writes them."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string, struct, uint16, uuid


class ControlRecordTypeSchema(Message, versions=(0, 0)):
    """Version 0, not flexible."""

    type: int = int16(default=0)


class EndTxnMarker(Message, versions=(0, 0)):
    """Version 0, not flexible."""

    coordinator_epoch: int = int32(default=0)


class LeaderChangeMessageVoter(Message):
    """Nested in `LeaderChangeMessage` as `voters`."""

    voter_id: int = int32(default=0)
    voter_directory_id: UUID = uuid(default=ZERO_UUID, since=1)


class LeaderChangeMessage(Message, versions=(0, 1), flexible=0):
    """Versions 0 to 1, flexible."""

    version: int = int16(default=0)
    leader_id: int = int32(default=0)
    voters: list[LeaderChangeMessageVoter] = array(LeaderChangeMessageVoter, default=list)
    granting_voters: list[LeaderChangeMessageVoter] = array(LeaderChangeMessageVoter, default=list)


class SnapshotHeaderRecord(Message, versions=(0, 0), flexible=0):
    """Version 0, flexible."""

    version: int = int16(default=0)
    last_contained_log_timestamp: int = int64(default=0)


class SnapshotFooterRecord(Message, versions=(0, 0), flexible=0):
    """Version 0, flexible."""

    version: int = int16(default=0)


class KRaftVersionRecord(Message, versions=(0, 0), flexible=0):
    """Version 0, flexible."""

    version: int = int16(default=0)
    k_raft_version: int = int16(default=0)


class Endpoint(Message):
    """Nested in `VotersRecordVoter` as `endpoints`."""

    name: str = string(default="")
    host: str = string(default="")
    port: int = uint16(default=0)


class KRaftVersionFeature(Message):
    """Nested in `VotersRecordVoter` as `k_raft_version_feature`."""

    min_supported_version: int = int16(default=0)
    max_supported_version: int = int16(default=0)


class VotersRecordVoter(Message):
    """Nested in `VotersRecord` as `voters`."""

    voter_id: int = int32(default=0)
    voter_directory_id: UUID = uuid(default=ZERO_UUID)
    endpoints: list[Endpoint] = array(Endpoint, default=list)
    k_raft_version_feature: KRaftVersionFeature = struct(KRaftVersionFeature, default=KRaftVersionFeature)


class VotersRecord(Message, versions=(0, 0), flexible=0):
    """Version 0, flexible."""

    version: int = int16(default=0)
    voters: list[VotersRecordVoter] = array(VotersRecordVoter, default=list)
