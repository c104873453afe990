"""EndTxn (API key 26): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, boolean, int16, int32, int64, string


class EndTxnRequest(Message, api_key=26, versions=(0, 5), flexible=3):
    """API key 26, request, versions 0 to 5, flexible from 3."""

    transactional_id: str = string(default="")
    producer_id: int = int64(default=0)
    producer_epoch: int = int16(default=0)
    committed: bool = boolean(default=False)


class EndTxnResponse(Message, api_key=26, versions=(0, 5), flexible=3):
    """API key 26, response, versions 0 to 5, flexible from 3."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    producer_id: int = int64(default=-1, since=5, ignorable=True)
    producer_epoch: int = int16(default=-1, since=5, ignorable=True)
