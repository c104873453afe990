"""AlterClientQuotas (API key 49): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, float64, int16, int32, string


class AlterClientQuotasRequestEntityData(Message):
    """Nested in `AlterClientQuotasRequestEntryData` as `entity`."""

    entity_type: str = string(default="")
    entity_name: str | None = string(default="", nullable=0)


class OpData(Message):
    """Nested in `AlterClientQuotasRequestEntryData` as `ops`."""

    key: str = string(default="")
    value: float = float64(default=0.0)
    remove: bool = boolean(default=False)


class AlterClientQuotasRequestEntryData(Message):
    """Nested in `AlterClientQuotasRequest` as `entries`."""

    entity: list[AlterClientQuotasRequestEntityData] = array(AlterClientQuotasRequestEntityData, default=list)
    ops: list[OpData] = array(OpData, default=list)


class AlterClientQuotasRequest(Message, api_key=49, versions=(0, 1), flexible=1):
    """API key 49, request, versions 0 to 1, flexible from 1."""

    entries: list[AlterClientQuotasRequestEntryData] = array(AlterClientQuotasRequestEntryData, default=list)
    validate_only: bool = boolean(default=False)


class AlterClientQuotasResponseEntityData(Message):
    """Nested in `AlterClientQuotasResponseEntryData` as `entity`."""

    entity_type: str = string(default="")
    entity_name: str | None = string(default="", nullable=0)


class AlterClientQuotasResponseEntryData(Message):
    """Nested in `AlterClientQuotasResponse` as `entries`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    entity: list[AlterClientQuotasResponseEntityData] = array(AlterClientQuotasResponseEntityData, default=list)


class AlterClientQuotasResponse(Message, api_key=49, versions=(0, 1), flexible=1):
    """API key 49, response, versions 0 to 1, flexible from 1."""

    throttle_time_ms: int = int32(default=0)
    entries: list[AlterClientQuotasResponseEntryData] = array(AlterClientQuotasResponseEntryData, default=list)
