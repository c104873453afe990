"""Records of the metadata log: a frame (frame version, record type, version) around one message.

Counterpart: `org.apache.kafka.metadata.MetadataRecordSerde` and `AbstractApiMessageSerde`. The values in batches of `__cluster_metadata-0`
are these; their keys are null.
"""

from __future__ import annotations

from typing import Final

from desktop_broker.protocol.codec import decode_from, encode
from desktop_broker.protocol.errors import BadLengthError, ProtocolError, TruncatedError, UnsupportedVersionError
from desktop_broker.protocol.primitives import read_uvarint, uvarint
from desktop_broker.protocol.records import metadata_types as types
from desktop_broker.protocol.schema import Buffer, Message

_FRAME_VERSION: Final = 1

RECORD_TYPES: Final[dict[int, type[Message]]] = {
    record_type.API_KEY: record_type
    for record_type in (
        types.RegisterBrokerRecord,
        types.UnregisterBrokerRecord,
        types.TopicRecord,
        types.PartitionRecord,
        types.ConfigRecord,
        types.PartitionChangeRecord,
        types.FenceBrokerRecord,
        types.UnfenceBrokerRecord,
        types.RemoveTopicRecord,
        types.DelegationTokenRecord,
        types.UserScramCredentialRecord,
        types.FeatureLevelRecord,
        types.ClientQuotaRecord,
        types.ProducerIdsRecord,
        types.BrokerRegistrationChangeRecord,
        types.AccessControlEntryRecord,
        types.RemoveAccessControlEntryRecord,
        types.NoOpRecord,
        types.ZkMigrationStateRecord,
        types.RemoveUserScramCredentialRecord,
        types.BeginTransactionRecord,
        types.EndTransactionRecord,
        types.AbortTransactionRecord,
        types.RemoveDelegationTokenRecord,
        types.RegisterControllerRecord,
        types.ClearElrRecord,
    )
}
"""The class of each record type by its number."""


def encode_metadata_record(record: Message, version: int | None = None) -> bytes:
    """The value of one record of the metadata log.

    Args:
        record: one of the classes in `metadata_types`.
        version: the record's version; the highest when not given.

    Raises:
        EncodeError: a value does not fit, or the version has no such field.
    """
    record_type = type(record)
    if version is None:
        version = record_type.VERSIONS[1]
    return uvarint(_FRAME_VERSION) + uvarint(record_type.API_KEY) + uvarint(version) + encode(record, version)


def decode_metadata_record(value: Buffer) -> Message:
    """The counterpart of `encode_metadata_record`.

    Raises:
        ProtocolError: it is no such record, of an unknown type or version, or bytes are left over.
    """
    view = memoryview(value)
    try:
        frame_version, position = read_uvarint(view, 0)
        key, position = read_uvarint(view, position)
        version, position = read_uvarint(view, position)
    except IndexError:
        raise TruncatedError("a metadata record ends in its frame") from None
    if frame_version != _FRAME_VERSION:
        raise UnsupportedVersionError(f"a metadata record has frame version {frame_version}, not {_FRAME_VERSION}")
    record_type = RECORD_TYPES.get(key)
    if record_type is None:
        raise ProtocolError(f"metadata record type {key} is not known")
    record, end = decode_from(record_type, view, version, position)
    if end != len(view):
        raise BadLengthError(f"{len(view) - end} bytes follow a {record_type.__name__}")
    return record
