"""The record type of `__transaction_state`. `transaction_records` reads and writes it."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, int64, string


class TransactionLogKey(Message, api_key=0, versions=(0, 0)):
    """Coordinator record type 0, key, version 0, not flexible."""

    transactional_id: str = string(default="", until=0)


class PartitionsSchema(Message):
    """Nested in `TransactionLogValue` as `transaction_partitions`."""

    topic: str = string(default="")
    partition_ids: list[int] = array("int32", default=list)


class TransactionLogValue(Message, api_key=0, versions=(0, 1), flexible=1):
    """Coordinator record type 0, value, versions 0 to 1, flexible from 1."""

    producer_id: int = int64(default=0)
    previous_producer_id: int = int64(default=-1, since=1, tag=0)
    next_producer_id: int = int64(default=-1, since=1, tag=1)
    producer_epoch: int = int16(default=0)
    next_producer_epoch: int = int16(default=-1, since=1, tag=3)
    transaction_timeout_ms: int = int32(default=0)
    transaction_status: int = int8(default=0)
    transaction_partitions: list[PartitionsSchema] | None = array(PartitionsSchema, default=list, nullable=0)
    transaction_last_update_timestamp_ms: int = int64(default=0)
    transaction_start_timestamp_ms: int = int64(default=0)
    client_transaction_version: int = int16(default=0, since=1, tag=2)
