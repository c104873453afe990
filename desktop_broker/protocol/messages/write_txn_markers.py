"""WriteTxnMarkers (API key 27): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int8, int16, int32, int64, string


class WritableTxnMarkerTopic(Message):
    """Nested in `WritableTxnMarker` as `topics`."""

    name: str = string(default="")
    partition_indexes: list[int] = array("int32", default=list)


class WritableTxnMarker(Message):
    """Nested in `WriteTxnMarkersRequest` as `markers`."""

    producer_id: int = int64(default=0)
    producer_epoch: int = int16(default=0)
    transaction_result: bool = boolean(default=False)
    topics: list[WritableTxnMarkerTopic] = array(WritableTxnMarkerTopic, default=list)
    coordinator_epoch: int = int32(default=0)
    transaction_version: int = int8(default=0, since=2, ignorable=True)


class WriteTxnMarkersRequest(Message, api_key=27, versions=(1, 2), flexible=1):
    """API key 27, request, versions 1 to 2, flexible."""

    markers: list[WritableTxnMarker] = array(WritableTxnMarker, default=list)


class WritableTxnMarkerPartitionResult(Message):
    """Nested in `WritableTxnMarkerTopicResult` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)


class WritableTxnMarkerTopicResult(Message):
    """Nested in `WritableTxnMarkerResult` as `topics`."""

    name: str = string(default="")
    partitions: list[WritableTxnMarkerPartitionResult] = array(WritableTxnMarkerPartitionResult, default=list)


class WritableTxnMarkerResult(Message):
    """Nested in `WriteTxnMarkersResponse` as `markers`."""

    producer_id: int = int64(default=0)
    topics: list[WritableTxnMarkerTopicResult] = array(WritableTxnMarkerTopicResult, default=list)


class WriteTxnMarkersResponse(Message, api_key=27, versions=(1, 2), flexible=1):
    """API key 27, response, versions 1 to 2, flexible."""

    markers: list[WritableTxnMarkerResult] = array(WritableTxnMarkerResult, default=list)
