"""Fetch responses, written by hand as pieces: small bytes of our own, and between them the records, which are never copied.

Counterpart: `fetch_fast` reads the request; `messages.fetch` declares both (tests compare byte for byte). Records are buffers, or anything
with a `length` that the connection knows how to send, such as a slice of a segment file for `sendfile`.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Final, NamedTuple, Protocol, TypeAlias

from desktop_broker.protocol.frames import response_start
from desktop_broker.protocol.hot_path import (
    Leader,
    Node,
    TopicKey,
    compact_count,
    compact_text,
    node_endpoints_body,
    tagged,
)
from desktop_broker.protocol.schema import Buffer

_FETCH_KEY: Final = 1
_FIRST_WITH_LOG_START: Final = 5
_FIRST_WITH_SESSIONS: Final = 7
_FIRST_WITH_PREFERRED_REPLICA: Final = 11
_FIRST_FLEXIBLE: Final = 12
_FIRST_WITH_NODES: Final = 16

_BUFFERS = (bytes, bytearray, memoryview)
_INT16 = Struct(">h")
_INT32 = Struct(">i")
_INT64_PAIR = Struct(">qq")
_THROTTLE_ERROR_SESSION = Struct(">ihi")
_PARTITION_V4 = Struct(">ihqq")
_PARTITION_V5 = Struct(">ihqqq")
_EPOCH_END = Struct(">iqb")
_LEADER = Struct(">iib")
_SNAPSHOT = Struct(">qib")


class RecordSource(Protocol):
    """Records that stand elsewhere, such as in a file."""

    @property
    def length(self) -> int:
        """How many bytes there are."""


Records: TypeAlias = Buffer | RecordSource
Piece: TypeAlias = Records
"""What a response consists of: bytes to send, or a source to send from."""


class AbortedTransaction(NamedTuple):
    """A transaction in the range that was aborted; the client drops its records from `first_offset` on."""

    producer_id: int
    first_offset: int


class EpochEnd(NamedTuple):
    """Where the leader's log and the fetcher's part: the fetcher truncates (KIP-595)."""

    epoch: int
    end_offset: int


class FetchResult(NamedTuple):
    """What one partition answers. `records` None is an empty set: never null on the wire (KAFKA-18646)."""

    partition: int
    error_code: int = 0
    high_watermark: int = -1
    last_stable_offset: int = -1
    log_start_offset: int = -1
    aborted_transactions: Sequence[AbortedTransaction] | None = None
    preferred_read_replica: int = -1
    records: Records | None = None
    diverging_epoch: EpochEnd | None = None
    current_leader: Leader | None = None
    snapshot_id: EpochEnd | None = None


def encode_fetch_response(
    correlation_id: int,
    version: int,
    topics: Sequence[tuple[TopicKey, Sequence[FetchResult]]],
    *,
    throttle_time_ms: int = 0,
    error_code: int = 0,
    session_id: int = 0,
    nodes: Sequence[Node] = (),
) -> list[Piece]:
    """The whole response frame in pieces to send one after another; the first holds the size of all.

    Args:
        correlation_id: of the request.
        version: 4 to 18.
        topics: each topic as the request named it, with the results of its partitions.
        throttle_time_ms: how long the client is muted.
        error_code: of the whole fetch (a session that is not known); sent from version 7 on.
        session_id: of an incremental session, or 0.
        nodes: the brokers named as current leaders; sent from version 16 on.

    Returns:
        `bytes` of the protocol, and between them the very objects given as `records`.
    """
    writer = _Writer(version)
    if version >= _FIRST_WITH_SESSIONS:
        writer.pending.append(_THROTTLE_ERROR_SESSION.pack(throttle_time_ms, error_code, session_id))
    else:
        writer.pending.append(_INT32.pack(throttle_time_ms))
    if version >= _FIRST_FLEXIBLE:
        writer.flexible_topics(topics)
        known = nodes and version >= _FIRST_WITH_NODES
        writer.pending.append(tagged([(0, node_endpoints_body(tuple(nodes)))]) if known else b"\x00")
    else:
        writer.legacy_topics(topics)
    return writer.finish(correlation_id)


class _Writer:
    """Collects the pieces of one response."""

    __slots__ = ("_records_size", "_version", "pending", "pieces")

    def __init__(self, version: int) -> None:
        self._version = version
        self._records_size = 0
        self.pieces: list[Piece] = [b""]
        self.pending: list[bytes] = []

    def finish(self, correlation_id: int) -> list[Piece]:
        """Put the frame's start before everything, joined with the bytes that follow it."""
        self._close()
        own = sum(len(piece) for piece in self.pieces if isinstance(piece, bytes))
        # Records given as `bytes` count in both sums, so they were left out of `_records_size`.
        start = response_start(_FETCH_KEY, self._version, correlation_id, own + self._records_size)
        if len(self.pieces) > 1 and isinstance(self.pieces[1], bytes):
            self.pieces[:2] = [start + self.pieces[1]]
        else:
            self.pieces[0] = start
        return self.pieces

    def _close(self) -> None:
        if self.pending:
            self.pieces.append(b"".join(self.pending))
            self.pending.clear()

    def _records(self, records: Records, length: int) -> None:
        if length:
            self._close()
            self.pieces.append(records)
            if not isinstance(records, bytes):
                self._records_size += length

    def flexible_topics(self, topics: Sequence[tuple[TopicKey, Sequence[FetchResult]]]) -> None:
        pending = self.pending
        pending.append(compact_count(len(topics)))
        for topic, results in topics:
            pending.append(compact_text(topic) if isinstance(topic, str) else topic.bytes)
            pending.append(compact_count(len(results)))
            for result in results:
                pending.append(_PARTITION_V5.pack(*result[:5]))
                aborted = result.aborted_transactions
                if aborted is None:
                    pending.append(b"\x00")
                else:
                    pending.append(compact_count(len(aborted)))
                    pending.extend(_INT64_PAIR.pack(*transaction) + b"\x00" for transaction in aborted)
                length = _length(result.records)
                pending.append(_INT32.pack(result.preferred_read_replica) + compact_count(length))
                if result.records is not None:
                    self._records(result.records, length)
                pending.append(tagged(_tags(result)) if any(result[8:]) else b"\x00")
            pending.append(b"\x00")

    def legacy_topics(self, topics: Sequence[tuple[TopicKey, Sequence[FetchResult]]]) -> None:
        pending = self.pending
        pending.append(_INT32.pack(len(topics)))
        for topic, results in topics:
            name = str(topic).encode()
            pending.append(_INT16.pack(len(name)) + name + _INT32.pack(len(results)))
            for result in results:
                if self._version >= _FIRST_WITH_LOG_START:
                    pending.append(_PARTITION_V5.pack(*result[:5]))
                else:
                    pending.append(_PARTITION_V4.pack(*result[:4]))
                aborted = result.aborted_transactions
                pending.append(_INT32.pack(-1 if aborted is None else len(aborted)))
                pending.extend(_INT64_PAIR.pack(*transaction) for transaction in aborted or ())
                if self._version >= _FIRST_WITH_PREFERRED_REPLICA:
                    pending.append(_INT32.pack(result.preferred_read_replica))
                length = _length(result.records)
                pending.append(_INT32.pack(length))
                if result.records is not None:
                    self._records(result.records, length)


def _length(records: Records | None) -> int:
    if records is None:
        return 0
    if isinstance(records, _BUFFERS):
        return len(records)
    return records.length


def _tags(result: FetchResult) -> list[tuple[int, bytes]]:
    fields: list[tuple[int, bytes]] = []
    if result.diverging_epoch is not None:
        fields.append((0, _EPOCH_END.pack(*result.diverging_epoch, 0)))
    if result.current_leader is not None:
        fields.append((1, _LEADER.pack(*result.current_leader, 0)))
    if result.snapshot_id is not None:
        fields.append((2, _SNAPSHOT.pack(result.snapshot_id.end_offset, result.snapshot_id.epoch, 0)))
    return fields
