"""ApiVersions (API key 18): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int16, int32, int64, string


class ApiVersionsRequest(Message, api_key=18, versions=(0, 4), flexible=3):
    """API key 18, request, versions 0 to 4, flexible from 3."""

    client_software_name: str = string(default="", since=3, ignorable=True)
    client_software_version: str = string(default="", since=3, ignorable=True)


class ApiVersion(Message):
    """Nested in `ApiVersionsResponse` as `api_keys`."""

    api_key: int = int16(default=0)
    min_version: int = int16(default=0)
    max_version: int = int16(default=0)


class SupportedFeatureKey(Message):
    """Nested in `ApiVersionsResponse` as `supported_features`."""

    name: str = string(default="", since=3)
    min_version: int = int16(default=0, since=3)
    max_version: int = int16(default=0, since=3)


class FinalizedFeatureKey(Message):
    """Nested in `ApiVersionsResponse` as `finalized_features`."""

    name: str = string(default="", since=3)
    max_version_level: int = int16(default=0, since=3)
    min_version_level: int = int16(default=0, since=3)


class ApiVersionsResponse(Message, api_key=18, versions=(0, 4), flexible=3):
    """API key 18, response, versions 0 to 4, flexible from 3."""

    error_code: int = int16(default=0)
    api_keys: list[ApiVersion] = array(ApiVersion, default=list)
    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    supported_features: list[SupportedFeatureKey] = array(
        SupportedFeatureKey, default=list, since=3, tag=0, ignorable=True
    )
    finalized_features_epoch: int = int64(default=-1, since=3, tag=1, ignorable=True)
    finalized_features: list[FinalizedFeatureKey] = array(
        FinalizedFeatureKey, default=list, since=3, tag=2, ignorable=True
    )
    zk_migration_ready: bool = boolean(default=False, since=3, tag=3, ignorable=True)
