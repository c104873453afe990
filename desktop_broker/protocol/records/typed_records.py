"""Records of a coordinator's topic: a key of int16 record type and message, a value of int16 version and message.

Counterpart: `org.apache.kafka.coordinator.common.runtime.CoordinatorRecordSerde`. `group_records` and `transaction_records` each make one
`TypedRecords` for their topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from struct import Struct
from typing import Final

from desktop_broker.protocol.codec import decode, encode
from desktop_broker.protocol.errors import ProtocolError, TruncatedError
from desktop_broker.protocol.schema import Buffer, Message

_PREFIX: Final = Struct(">h")


class TypedRecords:
    """The record types of one topic. Immutable; any thread may use it.

    Args:
        pairs: the key class and the value class of each record type.
        value_versions: the version to write where it is not the highest one.
    """

    def __init__(
        self,
        pairs: Iterable[tuple[type[Message], type[Message]]],
        value_versions: Mapping[type[Message], int],
    ) -> None:
        self._types = {key.API_KEY: (key, value) for key, value in pairs}
        self._value_versions = value_versions

    def encode_key(self, key: Message) -> bytes:
        """The key of a record: its type, then the message."""
        return _PREFIX.pack(key.API_KEY) + encode(key, 0)

    def encode_value(self, value: Message, version: int | None = None) -> bytes:
        """The value of a record: its version, then the message."""
        if version is None:
            version = self._value_versions.get(type(value), type(value).VERSIONS[1])
        return _PREFIX.pack(version) + encode(value, version)

    def decode(self, key: Buffer, value: Buffer | None) -> tuple[Message, Message | None]:
        """Both halves of a record; the value is None for a tombstone.

        Raises:
            ProtocolError: the record type or the version is not known, or the bytes are no such message.
        """
        record_type = _prefix(key)
        pair = self._types.get(record_type)
        if pair is None:
            raise ProtocolError(f"record type {record_type} is not known")
        decoded_key = decode(pair[0], memoryview(key)[_PREFIX.size :], 0)
        if value is None:
            return decoded_key, None
        return decoded_key, decode(pair[1], memoryview(value)[_PREFIX.size :], _prefix(value))


def _prefix(data: Buffer) -> int:
    if len(data) < _PREFIX.size:
        raise TruncatedError(f"a record of {len(data)} bytes has no type or version")
    return int(_PREFIX.unpack_from(data)[0])
