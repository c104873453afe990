"""DescribeCluster (API key 60): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int8, int16, int32, string


class DescribeClusterRequest(Message, api_key=60, versions=(0, 2), flexible=0):
    """API key 60, request, versions 0 to 2, flexible."""

    include_cluster_authorized_operations: bool = boolean(default=False)
    endpoint_type: int = int8(default=1, since=1)
    include_fenced_brokers: bool = boolean(default=False, since=2)


class DescribeClusterBroker(Message):
    """Nested in `DescribeClusterResponse` as `brokers`."""

    broker_id: int = int32(default=0)
    host: str = string(default="")
    port: int = int32(default=0)
    rack: str | None = string(default=None, nullable=0)
    is_fenced: bool = boolean(default=False, since=2)


class DescribeClusterResponse(Message, api_key=60, versions=(0, 2), flexible=0):
    """API key 60, response, versions 0 to 2, flexible."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default=None, nullable=0)
    endpoint_type: int = int8(default=1, since=1)
    cluster_id: str = string(default="")
    controller_id: int = int32(default=-1)
    brokers: list[DescribeClusterBroker] = array(DescribeClusterBroker, default=list)
    cluster_authorized_operations: int = int32(default=-0x80000000)
