"""InitProducerId (API key 22): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, boolean, int16, int32, int64, string


class InitProducerIdRequest(Message, api_key=22, versions=(0, 5), flexible=2):
    """API key 22, request, versions 0 to 5, flexible from 2."""

    transactional_id: str | None = string(default="", nullable=0)
    transaction_timeout_ms: int = int32(default=0)
    producer_id: int = int64(default=-1, since=3)
    producer_epoch: int = int16(default=-1, since=3)
    enable2_pc: bool = boolean(default=False, since=6)
    keep_prepared_txn: bool = boolean(default=False, since=6)


class InitProducerIdResponse(Message, api_key=22, versions=(0, 5), flexible=2):
    """API key 22, response, versions 0 to 5, flexible from 2."""

    throttle_time_ms: int = int32(default=0, ignorable=True)
    error_code: int = int16(default=0)
    producer_id: int = int64(default=-1)
    producer_epoch: int = int16(default=0)
    ongoing_txn_producer_id: int = int64(default=-1, since=6)
    ongoing_txn_producer_epoch: int = int16(default=-1, since=6)
