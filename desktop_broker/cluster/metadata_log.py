"""One broker's copy of the metadata log: `__cluster_metadata-0` in its folder, with snapshots and the quorum's state beside it.

Counterpart: `org.apache.kafka.raft.KafkaRaftLog`. Data batches hold framed metadata records, a LeaderChange control batch begins each
controller's epoch, and `<offset>-<epoch>.checkpoint` holds all of the state below an offset (KIP-630). Apache Kafka's
`kafka-dump-log --cluster-metadata-decoder` reads both.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from desktop_broker.cluster.image_delta import record_version
from desktop_broker.cluster.names import CLUSTER_METADATA
from desktop_broker.common.config import TopicConfig
from desktop_broker.common.types import TopicPartition
from desktop_broker.protocol.batch import Record, build_batch, check_crc, decode_records, iter_batches
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.records.control_records import ControlType, encode_control_record
from desktop_broker.protocol.records.control_types import (
    LeaderChangeMessage,
    LeaderChangeMessageVoter,
    SnapshotFooterRecord,
    SnapshotHeaderRecord,
)
from desktop_broker.protocol.records.metadata_records import decode_metadata_record, encode_metadata_record
from desktop_broker.protocol.schema import Message
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.log import Log
from desktop_broker.storage.manager import LogManager
from desktop_broker.storage.validator import AppendOrigin

METADATA_PARTITION = TopicPartition(CLUSTER_METADATA, 0)
METADATA_TOPIC_ID = UUID(int=1)
_STATE_FILE = "quorum-state"
_READ_BYTES = 1024 * 1024
_BATCH_LIMIT = 512 * 1024
_SNAPSHOT_SUFFIX = ".checkpoint"


class SnapshotId(NamedTuple):
    """Everything below `offset`, the last of it written in `epoch`."""

    offset: int
    epoch: int

    @property
    def file_name(self) -> str:
        return f"{self.offset:020d}-{self.epoch:010d}{_SNAPSHOT_SUFFIX}"


class CommittedBatch(NamedTuple):
    """The metadata records of one batch; none for a control batch."""

    last_offset: int
    epoch: int
    records: list[Message]


class MetadataLog:
    """Owned by the quorum, whose lock guards it."""

    def __init__(self, broker_id: int, logs: LogManager) -> None:
        """Open it, or make it. Raises StorageError."""
        self.broker_id = broker_id
        config = replace(TopicConfig(), retention_ms=-1, max_message_bytes=2**31 - 1, segment_ms=2**62)
        self.log: Log = logs.get_or_create(METADATA_PARTITION, METADATA_TOPIC_ID, config)
        self.directory: Path = self.log.directory

    @property
    def end_offset(self) -> int:
        return self.log.log_end_offset

    @property
    def last_epoch(self) -> int:
        """The epoch of the last batch, or of the snapshot that the log begins with."""
        latest = self.log.leader_epochs.latest()
        snapshot = self.newest_snapshot()
        return max(latest, snapshot.epoch if snapshot is not None else 0)

    # appending

    def append_records(self, records: Sequence[Message], epoch: int, timestamp_ms: int) -> bytearray:
        """Write one batch as the active controller; returns it as written. Raises StorageError."""
        values = [encode_metadata_record(record, record_version(record)) for record in records]
        rows = [Record(offset, timestamp_ms, None, value) for offset, value in enumerate(values)]
        return self._append(bytearray(build_batch(rows)), epoch)

    def append_leader_change(
        self, voters: Sequence[int], granting: Sequence[int], epoch: int, timestamp_ms: int
    ) -> bytearray:
        """Write the control batch that begins an epoch."""
        message = LeaderChangeMessage(
            leader_id=self.broker_id,
            voters=[LeaderChangeMessageVoter(voter_id=voter) for voter in voters],
            granting_voters=[LeaderChangeMessageVoter(voter_id=voter) for voter in granting],
        )
        key, value = encode_control_record(ControlType.LEADER_CHANGE, message)
        return self._append(bytearray(build_batch([Record(0, timestamp_ms, key, value)], is_control=True)), epoch)

    def _append(self, batch: bytearray, epoch: int) -> bytearray:
        self.log.append_as_leader(batch, epoch, origin=AppendOrigin.RAFT_LEADER)
        return batch

    def copy_from(self, leader: MetadataLog) -> None:
        """Become equal to the leader's log: truncate what was never committed, load its snapshot if need be, copy the rest.

        Raises:
            StorageError: this disk or the leader's.
        """
        if self is leader:
            return
        self._truncate_to_common(leader)
        if self.end_offset < leader.log.log_start_offset:
            self._take_snapshot(leader)
        while self.end_offset < leader.end_offset:
            with leader.log.read(self.end_offset, _READ_BYTES, end=leader.end_offset) as found:
                self.log.append_as_follower(found.read())

    def _truncate_to_common(self, leader: MetadataLog) -> None:
        epochs, theirs = self.log.leader_epochs, leader.log.leader_epochs
        while self.end_offset > self.log.log_start_offset:
            epoch = epochs.epoch_of(self.end_offset - 1)
            found, end = theirs.end_offset_for(epoch, leader.end_offset)
            if found == epoch and end >= self.end_offset:
                return
            if found < 0 or end < self.log.log_start_offset:
                self.log.truncate_fully_and_start_at(self.log.log_start_offset)
                return
            _, own = epochs.end_offset_for(found, self.end_offset)
            self.log.truncate_to(min(end, own if own >= 0 else end, self.end_offset - 1))

    def _take_snapshot(self, leader: MetadataLog) -> None:
        snapshot = leader.newest_snapshot()
        if snapshot is None:
            raise StorageError(f"{leader.directory} begins at offset {leader.log.log_start_offset} without a snapshot.")
        self._write_file(snapshot.file_name, (leader.directory / snapshot.file_name).read_bytes())
        self.log.truncate_fully_and_start_at(snapshot.offset)

    # reading

    def read_from(self, offset: int, end: int) -> Iterator[CommittedBatch]:
        """The batches from an offset on.

        Raises:
            StorageError: the log is damaged.
        """
        while offset < end:
            with self.log.read(offset, _READ_BYTES, end=end) as found:
                data = found.read()
            if not data:
                raise StorageError(f"{self.directory} ends at offset {offset}, before {end}.")
            for batch in _batches(data, self.directory):
                offset = batch.last_offset + 1
                yield batch

    # snapshots

    def newest_snapshot(self) -> SnapshotId | None:
        """The newest in the folder."""
        names = [name for name in os.listdir(self.directory) if name.endswith(_SNAPSHOT_SUFFIX)]
        if not names:
            return None
        offset, epoch = max(names).removesuffix(_SNAPSHOT_SUFFIX).split("-")
        return SnapshotId(int(offset), int(epoch))

    def read_snapshot(self, snapshot: SnapshotId) -> list[Message]:
        """Its records. Raises StorageError."""
        try:
            data = (self.directory / snapshot.file_name).read_bytes()
        except OSError as error:
            raise StorageError(
                f"The snapshot {snapshot.file_name} in {self.directory} cannot be read: {error}."
            ) from error
        return [record for batch in _batches(data, self.directory / snapshot.file_name) for record in batch.records]

    def write_snapshot(self, snapshot: SnapshotId, records: Sequence[Message], timestamp_ms: int) -> None:
        """Write down all of the state, drop older snapshots and the log below. Raises StorageError."""
        pieces = [
            _control(0, ControlType.SNAPSHOT_HEADER, SnapshotHeaderRecord(last_contained_log_timestamp=timestamp_ms))
        ]
        offset = 1
        rows: list[Record] = []
        size = 0
        for record in records:
            value = encode_metadata_record(record, record_version(record))
            rows.append(Record(offset + len(rows), timestamp_ms, None, value))
            size += len(value)
            if size >= _BATCH_LIMIT:
                pieces.append(build_batch(rows, base_offset=offset, partition_leader_epoch=snapshot.epoch))
                offset, rows, size = offset + len(rows), [], 0
        if rows:
            pieces.append(build_batch(rows, base_offset=offset, partition_leader_epoch=snapshot.epoch))
            offset += len(rows)
        pieces.append(_control(offset, ControlType.SNAPSHOT_FOOTER, SnapshotFooterRecord()))
        self._write_file(snapshot.file_name, b"".join(pieces))
        self.log.delete_records(min(snapshot.offset, self.end_offset))
        for name in os.listdir(self.directory):
            if name.endswith(_SNAPSHOT_SUFFIX) and name < snapshot.file_name:
                (self.directory / name).unlink(missing_ok=True)

    # the quorum's state

    def read_epoch(self) -> int:
        """The newest controller epoch that this copy has seen."""
        try:
            state = json.loads((self.directory / _STATE_FILE).read_text())
            return max(int(state["leaderEpoch"]), self.last_epoch)
        except (OSError, ValueError, KeyError, TypeError):
            return self.last_epoch  # the log itself knows every epoch in which something was written

    def write_state(self, leader_id: int, epoch: int, voters: Sequence[int]) -> None:
        """Remember who leads (Kafka's `QuorumStateData`, version 0). Raises StorageError."""
        state = {
            "clusterId": "",
            "leaderId": leader_id,
            "leaderEpoch": epoch,
            "votedId": -1,
            "appliedOffset": 0,
            "currentVoters": [{"voterId": voter} for voter in voters],
            "data_version": 0,
        }
        self._write_file(_STATE_FILE, json.dumps(state, separators=(",", ":")).encode())

    def _write_file(self, name: str, data: bytes) -> None:
        """Whole or not at all."""
        path = self.directory / name
        part = self.directory / f"{name}.part"
        try:
            part.write_bytes(data)
            os.replace(part, path)
        except OSError as error:
            raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error


def _control(offset: int, control_type: ControlType, message: Message) -> bytes:
    key, value = encode_control_record(control_type, message)
    return build_batch([Record(offset, 0, key, value)], base_offset=offset, is_control=True, partition_leader_epoch=0)


def _batches(data: bytes, where: Path) -> Iterator[CommittedBatch]:
    try:
        for header, batch in iter_batches(data):
            if not check_crc(batch, header):
                raise StorageError(
                    f"{where} is damaged: the metadata batch at offset {header.base_offset} fails its checksum."
                )
            records: list[Message] = []
            if not header.is_control:
                records = [decode_metadata_record(row.value) for row in decode_records(batch) if row.value is not None]
            yield CommittedBatch(header.last_offset, header.partition_leader_epoch, records)
    except ProtocolError as error:
        raise StorageError(f"{where} is damaged: {error}.") from error
