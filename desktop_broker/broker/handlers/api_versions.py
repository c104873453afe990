"""ApiVersions: what this broker serves, and the features of the cluster. Counterpart: `ApiVersionManager`, KIP-35, KIP-511, KIP-584."""

from __future__ import annotations

import re
from functools import cache

from desktop_broker.broker.context import RequestContext
from desktop_broker.cluster.image_delta import FEATURES
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.apis import APIS, SERVED_APIS, ApiKey
from desktop_broker.protocol.messages.api_versions import (
    ApiVersion,
    ApiVersionsRequest,
    ApiVersionsResponse,
    FinalizedFeatureKey,
    SupportedFeatureKey,
)

_SOFTWARE = re.compile(r"[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?")
_SOFTWARE_SINCE = 3


def versions(context: RequestContext, request: ApiVersionsRequest) -> ApiVersionsResponse:
    """Answer the table of APIs; from version 3 on the client says what it is."""
    if context.api_version >= _SOFTWARE_SINCE:
        names = (request.client_software_name, request.client_software_version)
        if not all(_SOFTWARE.fullmatch(name) for name in names):
            raise KafkaError(
                ErrorCode.INVALID_REQUEST, "A client's software name and version are letters, digits, '-' and '.'."
            )
        context.connection.software = " ".join(names)
    image = context.services.image
    return ApiVersionsResponse(
        api_keys=_served(),
        supported_features=[
            SupportedFeatureKey(name=name, min_version=level, max_version=level) for name, level in FEATURES.items()
        ],
        finalized_features_epoch=image.offset,
        finalized_features=[
            FinalizedFeatureKey(name=name, min_version_level=level, max_version_level=level)
            for name, level in image.features.items()
            if level > 0
        ],
    )


def unsupported_version() -> ApiVersionsResponse:
    """The version 0 answer to a version that is not served, so that the client can ask again (rule 1)."""
    api = APIS[ApiKey.API_VERSIONS]
    return ApiVersionsResponse(
        error_code=ErrorCode.UNSUPPORTED_VERSION,
        api_keys=[ApiVersion(api_key=api.key, min_version=api.advertised_min, max_version=api.max_version)],
    )


@cache
def _served() -> list[ApiVersion]:
    return [
        ApiVersion(api_key=api.key, min_version=api.advertised_min, max_version=api.max_version) for api in SERVED_APIS
    ]


HANDLERS = {ApiKey.API_VERSIONS: versions}
