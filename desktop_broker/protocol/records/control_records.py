"""Records of control batches: the markers that end transactions, and what the metadata quorum writes about itself.

Counterpart: `org.apache.kafka.common.record.ControlRecordType`, `EndTransactionMarker` and `ControlRecordUtils`. The key is two int16, a
version and the type. A marker's value has an int16 version before its message; the quorum's messages carry theirs as a field.
"""

from __future__ import annotations

from enum import IntEnum
from struct import Struct
from typing import Final

from desktop_broker.protocol.codec import decode, encode
from desktop_broker.protocol.errors import EncodeError, ProtocolError, TruncatedError
from desktop_broker.protocol.records.control_types import (
    EndTxnMarker,
    KRaftVersionRecord,
    LeaderChangeMessage,
    SnapshotFooterRecord,
    SnapshotHeaderRecord,
    VotersRecord,
)
from desktop_broker.protocol.schema import Buffer, Message

_KEY: Final = Struct(">hh")
_VERSION: Final = Struct(">h")
_KEY_VERSION: Final = 0


class ControlType(IntEnum):
    """The type in the key of a control record."""

    ABORT = 0
    COMMIT = 1
    LEADER_CHANGE = 2
    SNAPSHOT_HEADER = 3
    SNAPSHOT_FOOTER = 4
    KRAFT_VERSION = 5
    KRAFT_VOTERS = 6


_CLASSES: Final[dict[ControlType, type[Message]]] = {
    ControlType.ABORT: EndTxnMarker,
    ControlType.COMMIT: EndTxnMarker,
    ControlType.LEADER_CHANGE: LeaderChangeMessage,
    ControlType.SNAPSHOT_HEADER: SnapshotHeaderRecord,
    ControlType.SNAPSHOT_FOOTER: SnapshotFooterRecord,
    ControlType.KRAFT_VERSION: KRaftVersionRecord,
    ControlType.KRAFT_VOTERS: VotersRecord,
}


def encode_control_record(control_type: ControlType, message: Message) -> tuple[bytes, bytes]:
    """Key and value of a control record.

    Raises:
        EncodeError: a value does not fit, or the message is not that type's.
    """
    if type(message) is not _CLASSES[control_type]:
        raise EncodeError(f"a {control_type.name} record holds no {type(message).__name__}")
    key = _KEY.pack(_KEY_VERSION, control_type)
    if isinstance(message, EndTxnMarker):
        return key, _VERSION.pack(0) + encode(message, 0)
    return key, encode(message, int(getattr(message, "version", 0)))


def decode_control_type(key: Buffer | None) -> ControlType | None:
    """The type of a control record, or None for one that is not known (which readers skip).

    Raises:
        TruncatedError: the key is too short.
    """
    if key is None or len(key) < _KEY.size:
        raise TruncatedError("the key of a control record is shorter than 4 bytes")
    number = int(_KEY.unpack_from(key)[1])
    return ControlType(number) if 0 <= number <= ControlType.KRAFT_VOTERS else None


def decode_control_record(key: Buffer | None, value: Buffer) -> tuple[ControlType, Message]:
    """The counterpart of `encode_control_record`.

    Raises:
        ProtocolError: the type is not known, or the bytes are no such message.
    """
    control_type = decode_control_type(key)
    if control_type is None:
        raise ProtocolError("the type of a control record is not known")
    cls = _CLASSES[control_type]
    if len(value) < _VERSION.size:
        raise TruncatedError(f"the value of a control record has {len(value)} bytes")
    version = min(max(int(_VERSION.unpack_from(value)[0]), 0), cls.VERSIONS[1])  # later versions only add
    body = memoryview(value)[_VERSION.size :] if cls is EndTxnMarker else value
    return control_type, decode(cls, body, version)
