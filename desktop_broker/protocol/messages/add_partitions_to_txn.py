"""AddPartitionsToTxn (API key 24): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int16, int32, int64, string


class AddPartitionsToTxnTopic(Message):
    """Nested in `AddPartitionsToTxnTransaction` as `topics`."""

    name: str = string(default="")
    partitions: list[int] = array("int32", default=list)


class AddPartitionsToTxnTransaction(Message):
    """Nested in `AddPartitionsToTxnRequest` as `transactions`."""

    transactional_id: str = string(default="", since=4)
    producer_id: int = int64(default=0, since=4)
    producer_epoch: int = int16(default=0, since=4)
    verify_only: bool = boolean(default=False, since=4)
    topics: list[AddPartitionsToTxnTopic] = array(AddPartitionsToTxnTopic, default=list, since=4)


class AddPartitionsToTxnRequest(Message, api_key=24, versions=(0, 5), flexible=3):
    """API key 24, request, versions 0 to 5, flexible from 3."""

    transactions: list[AddPartitionsToTxnTransaction] = array(AddPartitionsToTxnTransaction, default=list, since=4)
    v3_and_below_transactional_id: str = string(default="", until=3)
    v3_and_below_producer_id: int = int64(default=0, until=3)
    v3_and_below_producer_epoch: int = int16(default=0, until=3)
    v3_and_below_topics: list[AddPartitionsToTxnTopic] = array(AddPartitionsToTxnTopic, default=list, until=3)


class AddPartitionsToTxnPartitionResult(Message):
    """Nested in `AddPartitionsToTxnTopicResult` as `results_by_partition`."""

    partition_index: int = int32(default=0)
    partition_error_code: int = int16(default=0)


class AddPartitionsToTxnTopicResult(Message):
    """Nested in `AddPartitionsToTxnResult` as `topic_results`."""

    name: str = string(default="")
    results_by_partition: list[AddPartitionsToTxnPartitionResult] = array(
        AddPartitionsToTxnPartitionResult, default=list
    )


class AddPartitionsToTxnResult(Message):
    """Nested in `AddPartitionsToTxnResponse` as `results_by_transaction`."""

    transactional_id: str = string(default="", since=4)
    topic_results: list[AddPartitionsToTxnTopicResult] = array(AddPartitionsToTxnTopicResult, default=list, since=4)


class AddPartitionsToTxnResponse(Message, api_key=24, versions=(0, 5), flexible=3):
    """API key 24, response, versions 0 to 5, flexible from 3."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0, since=4, ignorable=True)
    results_by_transaction: list[AddPartitionsToTxnResult] = array(AddPartitionsToTxnResult, default=list, since=4)
    results_by_topic_v3_and_below: list[AddPartitionsToTxnTopicResult] = array(
        AddPartitionsToTxnTopicResult, default=list, until=3
    )
