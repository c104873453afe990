"""DescribeConfigs, AlterConfigs, IncrementalAlterConfigs, ListConfigResources.

Counterpart: `ConfigHelper`, `ConfigurationControlManager`, `KafkaApis.handleListConfigResources` (KIP-226, KIP-339, KIP-1142).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop_broker.broker.context import RequestContext
from desktop_broker.broker.settings import ConfigSource, Setting
from desktop_broker.broker.topic_configs import effective_configs
from desktop_broker.cluster.image import ResourceType
from desktop_broker.cluster.names import check_name
from desktop_broker.cluster.requests import ConfigChange, ConfigOp, ConfigOperation, ConfigReplacement
from desktop_broker.common.config import BROKER_KEYS, TOPIC_KEYS, ConfigKey, ConfigType
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.alter_configs import (
    AlterConfigsRequest,
    AlterConfigsResourceResponse,
    AlterConfigsResponse,
)
from desktop_broker.protocol.messages.describe_configs import (
    DescribeConfigsRequest,
    DescribeConfigsResource,
    DescribeConfigsResourceResult,
    DescribeConfigsResponse,
    DescribeConfigsResult,
    DescribeConfigsSynonym,
)
from desktop_broker.protocol.messages.incremental_alter_configs import (
    AlterConfigsResourceResponse as IncrementalResult,
)
from desktop_broker.protocol.messages.incremental_alter_configs import (
    IncrementalAlterConfigsRequest,
    IncrementalAlterConfigsResponse,
)
from desktop_broker.protocol.messages.list_config_resources import (
    ConfigResource,
    ListConfigResourcesRequest,
    ListConfigResourcesResponse,
)

_CLIENT_METRICS: Final = 16
_GROUP: Final = 32
_Entry = tuple[ConfigKey, list[Setting], bool]  # key, settings, read only


def describe(context: RequestContext, request: DescribeConfigsRequest) -> DescribeConfigsResponse:
    """Answer the configs of topics and brokers, with where each value comes from."""
    return DescribeConfigsResponse(results=[_describe(context, request, resource) for resource in request.resources])


def _describe(
    context: RequestContext, request: DescribeConfigsRequest, resource: DescribeConfigsResource
) -> DescribeConfigsResult:
    result = DescribeConfigsResult(
        error_message=None, resource_type=resource.resource_type, resource_name=resource.resource_name
    )
    try:
        entries = _entries(context, resource)
    except KafkaError as error:
        result.error_code, result.error_message = error.code, error.message
        return result
    wanted = None if resource.configuration_keys is None else set(resource.configuration_keys)
    result.configs = [_entry(entry, request) for entry in entries if wanted is None or entry[0].name in wanted]
    return result


def _entries(context: RequestContext, resource: DescribeConfigsResource) -> Iterable[_Entry]:
    services, name = context.services, resource.resource_name
    match resource.resource_type:
        case ResourceType.TOPIC:
            check_name(name)
            if name not in services.image.topics:
                raise KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"There is no topic named '{name}'.")
            overrides = services.image.topic_overrides(name)
            shown = effective_configs(services.settings, overrides, TOPIC_KEYS)
            return [(TOPIC_KEYS[key], settings, False) for key, settings in shown]
        case ResourceType.BROKER if name == "":
            common = services.image.broker_overrides(None)
            return [
                (BROKER_KEYS[key], [Setting(key, text, ConfigSource.DYNAMIC_DEFAULT_BROKER)], False)
                for key, text in common.items()
                if key in BROKER_KEYS
            ]
        case ResourceType.BROKER if name == str(services.broker_id):
            return [(key, services.settings.explain(key.name), not key.dynamic) for key in BROKER_KEYS.values()]
        case ResourceType.BROKER:
            raise KafkaError(
                ErrorCode.INVALID_REQUEST,
                f"Unexpected broker id, expected {services.broker_id} or empty string, but received {name}",
            )
        case ResourceType.BROKER_LOGGER:
            return []  # no logger's level can be set here
        case _:
            raise KafkaError(
                ErrorCode.INVALID_REQUEST, f"Resources of type {resource.resource_type} have no configs here."
            )


def _entry(entry: _Entry, request: DescribeConfigsRequest) -> DescribeConfigsResourceResult:
    key, settings, read_only = entry
    first = settings[0]
    return DescribeConfigsResourceResult(
        name=key.name,
        value=first.text,
        read_only=read_only,
        config_source=first.source,
        is_sensitive=key.type is ConfigType.PASSWORD,
        synonyms=[
            DescribeConfigsSynonym(name=setting.name, value=setting.text, source=setting.source) for setting in settings
        ]
        if request.include_synonyms
        else [],
        config_type=key.type,
        documentation=key.help if request.include_documentation else None,
    )


def alter(context: RequestContext, request: AlterConfigsRequest) -> AlterConfigsResponse:
    """Replace all configs of resources (the older API)."""
    kinds = [_kind(resource.resource_type) for resource in request.resources]
    errors = context.services.controller.alter_configs(
        [
            ConfigReplacement(
                resource_type=kind,
                name=resource.resource_name,
                values={config.name: config.value for config in resource.configs},
            )
            for kind, resource in zip(kinds, request.resources, strict=True)
        ],
        validate_only=request.validate_only,
    )
    return AlterConfigsResponse(
        responses=[
            AlterConfigsResourceResponse(
                error_code=ErrorCode.NONE if error is None else error.code,
                error_message=None if error is None else error.message,
                resource_type=resource.resource_type,
                resource_name=resource.resource_name,
            )
            for resource, error in zip(request.resources, errors, strict=True)
        ]
    )


def alter_incrementally(
    context: RequestContext, request: IncrementalAlterConfigsRequest
) -> IncrementalAlterConfigsResponse:
    """Change single configs."""
    changes = [
        ConfigChange(
            resource_type=_kind(resource.resource_type),
            name=resource.resource_name,
            operations=[
                ConfigOperation(key=config.name, op=_operation(config.config_operation), value=config.value)
                for config in resource.configs
            ],
        )
        for resource in request.resources
    ]
    errors = context.services.controller.incremental_alter_configs(changes, validate_only=request.validate_only)
    return IncrementalAlterConfigsResponse(
        responses=[
            IncrementalResult(
                error_code=ErrorCode.NONE if error is None else error.code,
                error_message=None if error is None else error.message,
                resource_type=resource.resource_type,
                resource_name=resource.resource_name,
            )
            for resource, error in zip(request.resources, errors, strict=True)
        ]
    )


def _kind(number: int) -> ResourceType:
    try:
        return ResourceType(number)
    except ValueError:
        raise KafkaError(ErrorCode.INVALID_REQUEST, f"Resources of type {number} have no configs here.") from None


def _operation(number: int) -> ConfigOp:
    try:
        return ConfigOp(number)
    except ValueError:
        raise KafkaError(ErrorCode.INVALID_REQUEST, f"There is no config operation {number}.") from None


def list_resources(context: RequestContext, request: ListConfigResourcesRequest) -> ListConfigResourcesResponse:
    """List what has configs, by type. Version 0 asks for client metrics only, of which there are none."""
    image = context.services.image
    brokers = [str(broker) for broker in image.brokers]
    names: dict[int, list[str]] = {
        ResourceType.TOPIC: sorted(image.topics),
        ResourceType.BROKER: brokers,
        ResourceType.BROKER_LOGGER: brokers,
        _CLIENT_METRICS: [],
        _GROUP: [],
    }
    wanted = [_CLIENT_METRICS] if context.api_version == 0 else request.resource_types or list(names)
    for kind in wanted:
        if kind not in names:
            raise KafkaError(ErrorCode.UNSUPPORTED_VERSION, f"Resources of type {kind} are not known.")
    return ListConfigResourcesResponse(
        config_resources=[
            ConfigResource(resource_name=name, resource_type=kind)
            for kind in dict.fromkeys(wanted)
            for name in names[kind]
        ]
    )


HANDLERS = {
    ApiKey.DESCRIBE_CONFIGS: describe,
    ApiKey.ALTER_CONFIGS: alter,
    ApiKey.INCREMENTAL_ALTER_CONFIGS: alter_incrementally,
    ApiKey.LIST_CONFIG_RESOURCES: list_resources,
}
