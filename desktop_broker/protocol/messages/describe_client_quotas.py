"""DescribeClientQuotas (API key 48): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, float64, int8, int16, int32, string


class ComponentData(Message):
    """Nested in `DescribeClientQuotasRequest` as `components`."""

    entity_type: str = string(default="")
    match_type: int = int8(default=0)
    match: str | None = string(default="", nullable=0)


class DescribeClientQuotasRequest(Message, api_key=48, versions=(0, 1), flexible=1):
    """API key 48, request, versions 0 to 1, flexible from 1."""

    components: list[ComponentData] = array(ComponentData, default=list)
    strict: bool = boolean(default=False)


class EntityData(Message):
    """Nested in `EntryData` as `entity`."""

    entity_type: str = string(default="")
    entity_name: str | None = string(default="", nullable=0)


class ValueData(Message):
    """Nested in `EntryData` as `values`."""

    key: str = string(default="")
    value: float = float64(default=0.0)


class EntryData(Message):
    """Nested in `DescribeClientQuotasResponse` as `entries`."""

    entity: list[EntityData] = array(EntityData, default=list)
    values: list[ValueData] = array(ValueData, default=list)


class DescribeClientQuotasResponse(Message, api_key=48, versions=(0, 1), flexible=1):
    """API key 48, response, versions 0 to 1, flexible from 1."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    entries: list[EntryData] | None = array(EntryData, default=list, nullable=0)
