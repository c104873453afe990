"""AddOffsetsToTxn (API key 25): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, int16, int32, int64, string


class AddOffsetsToTxnRequest(Message, api_key=25, versions=(0, 4), flexible=3):
    """API key 25, request, versions 0 to 4, flexible from 3."""

    transactional_id: str = string(default="")
    producer_id: int = int64(default=0)
    producer_epoch: int = int16(default=0)
    group_id: str = string(default="")


class AddOffsetsToTxnResponse(Message, api_key=25, versions=(0, 4), flexible=3):
    """API key 25, response, versions 0 to 4, flexible from 3."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
