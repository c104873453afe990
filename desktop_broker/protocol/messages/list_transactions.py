"""ListTransactions (API key 66): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string


class ListTransactionsRequest(Message, api_key=66, versions=(0, 2), flexible=0):
    """API key 66, request, versions 0 to 2, flexible."""

    state_filters: list[str] = array("string", default=list)
    producer_id_filters: list[int] = array("int64", default=list)
    duration_filter: int = int64(default=-1, since=1)
    transactional_id_pattern: str | None = string(default=None, since=2, nullable=2)


class TransactionState(Message):
    """Nested in `ListTransactionsResponse` as `transaction_states`."""

    transactional_id: str = string(default="")
    producer_id: int = int64(default=0)
    transaction_state: str = string(default="")


class ListTransactionsResponse(Message, api_key=66, versions=(0, 2), flexible=0):
    """API key 66, response, versions 0 to 2, flexible."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    unknown_state_filters: list[str] = array("string", default=list)
    transaction_states: list[TransactionState] = array(TransactionState, default=list)
