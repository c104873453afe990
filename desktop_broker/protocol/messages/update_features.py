"""UpdateFeatures (API key 57): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int8, int16, int32, string


class FeatureUpdateKey(Message):
    """Nested in `UpdateFeaturesRequest` as `feature_updates`."""

    feature: str = string(default="")
    max_version_level: int = int16(default=0)
    allow_downgrade: bool = boolean(default=False, until=0)
    upgrade_type: int = int8(default=1, since=1)


class UpdateFeaturesRequest(Message, api_key=57, versions=(0, 2), flexible=0):
    """API key 57, request, versions 0 to 2, flexible."""

    timeout_ms: int = int32(default=60000)
    feature_updates: list[FeatureUpdateKey] = array(FeatureUpdateKey, default=list)
    validate_only: bool = boolean(default=False, since=1)


class UpdatableFeatureResult(Message):
    """Nested in `UpdateFeaturesResponse` as `results`."""

    feature: str = string(default="")
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)


class UpdateFeaturesResponse(Message, api_key=57, versions=(0, 2), flexible=0):
    """API key 57, response, versions 0 to 2, flexible."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    results: list[UpdatableFeatureResult] = array(UpdatableFeatureResult, default=list, until=1, ignorable=True)
