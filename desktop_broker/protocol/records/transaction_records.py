"""Records of `__transaction_state`: the state of one transactional id.

Counterpart: `org.apache.kafka.coordinator.transaction.TransactionLog`. The classes are in `transaction_types`.
"""

from __future__ import annotations

from typing import Final

from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.records.transaction_types import TransactionLogKey, TransactionLogValue
from desktop_broker.protocol.records.typed_records import TypedRecords
from desktop_broker.protocol.schema import Buffer

_RECORDS: Final = TypedRecords(((TransactionLogKey, TransactionLogValue),), {})


def encode_transaction_key(key: TransactionLogKey) -> bytes:
    """The key of a record."""
    return _RECORDS.encode_key(key)


def encode_transaction_value(value: TransactionLogValue, version: int | None = None) -> bytes:
    """The value of a record; by default in version 1, which transactions v2 (KIP-890) need.

    Raises:
        EncodeError: a value does not fit, or the version has no such field.
    """
    return _RECORDS.encode_value(value, version)


def decode_transaction_record(
    key: Buffer, value: Buffer | None
) -> tuple[TransactionLogKey, TransactionLogValue | None]:
    """Both halves of a record; the value is None for a tombstone.

    Raises:
        ProtocolError: the record type or the version is not known, or the bytes are no such message.
    """
    decoded_key, decoded_value = _RECORDS.decode(key, value)
    if not isinstance(decoded_key, TransactionLogKey) or not isinstance(decoded_value, TransactionLogValue | None):
        raise ProtocolError(f"{type(decoded_key).__name__} is no key of a transaction's state")
    return decoded_key, decoded_value
