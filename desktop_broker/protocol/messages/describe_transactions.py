"""DescribeTransactions (API key 65): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string


class DescribeTransactionsRequest(Message, api_key=65, versions=(0, 0), flexible=0):
    """API key 65, request, version 0, flexible."""

    transactional_ids: list[str] = array("string", default=list)


class TopicData(Message):
    """Nested in `TransactionState` as `topics`."""

    topic: str = string(default="")
    partitions: list[int] = array("int32", default=list)


class TransactionState(Message):
    """Nested in `DescribeTransactionsResponse` as `transaction_states`."""

    error_code: int = int16(default=0)
    transactional_id: str = string(default="")
    transaction_state: str = string(default="")
    transaction_timeout_ms: int = int32(default=0)
    transaction_start_time_ms: int = int64(default=0)
    producer_id: int = int64(default=0)
    producer_epoch: int = int16(default=0)
    topics: list[TopicData] = array(TopicData, default=list)


class DescribeTransactionsResponse(Message, api_key=65, versions=(0, 0), flexible=0):
    """API key 65, response, version 0, flexible."""

    throttle_time_ms: int = int32(default=0)
    transaction_states: list[TransactionState] = array(TransactionState, default=list)
