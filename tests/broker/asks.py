"""For each API two requests: one that makes sense and one that does not, on a cluster that has something to answer from.

A request is made with everything its highest version has; `fit` takes out what an older version cannot carry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.alter_configs import AlterableConfig as WholeConfig
from desktop_broker.protocol.messages.alter_configs import AlterConfigsRequest
from desktop_broker.protocol.messages.alter_configs import AlterConfigsResource as WholeResource
from desktop_broker.protocol.messages.alter_replica_log_dirs import (
    AlterReplicaLogDir,
    AlterReplicaLogDirsRequest,
    AlterReplicaLogDirTopic,
)
from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest
from desktop_broker.protocol.messages.create_partitions import CreatePartitionsRequest, CreatePartitionsTopic
from desktop_broker.protocol.messages.create_topics import CreatableTopic, CreatableTopicConfig, CreateTopicsRequest
from desktop_broker.protocol.messages.delete_groups import DeleteGroupsRequest
from desktop_broker.protocol.messages.delete_records import (
    DeleteRecordsPartition,
    DeleteRecordsRequest,
    DeleteRecordsTopic,
)
from desktop_broker.protocol.messages.delete_topics import DeleteTopicsRequest, DeleteTopicState
from desktop_broker.protocol.messages.describe_acls import DescribeAclsRequest
from desktop_broker.protocol.messages.describe_cluster import DescribeClusterRequest
from desktop_broker.protocol.messages.describe_configs import DescribeConfigsRequest, DescribeConfigsResource
from desktop_broker.protocol.messages.describe_groups import DescribeGroupsRequest
from desktop_broker.protocol.messages.describe_log_dirs import DescribableLogDirTopic, DescribeLogDirsRequest
from desktop_broker.protocol.messages.describe_topic_partitions import (
    DescribeTopicPartitionsRequest,
    DescribeTopicPartitionsRequestCursor,
    TopicRequest,
)
from desktop_broker.protocol.messages.fetch import FetchPartition, FetchRequest, FetchTopic
from desktop_broker.protocol.messages.find_coordinator import FindCoordinatorRequest
from desktop_broker.protocol.messages.heartbeat import HeartbeatRequest
from desktop_broker.protocol.messages.incremental_alter_configs import (
    AlterableConfig,
    AlterConfigsResource,
    IncrementalAlterConfigsRequest,
)
from desktop_broker.protocol.messages.init_producer_id import InitProducerIdRequest
from desktop_broker.protocol.messages.leave_group import LeaveGroupRequest, MemberIdentity
from desktop_broker.protocol.messages.list_config_resources import ListConfigResourcesRequest
from desktop_broker.protocol.messages.list_groups import ListGroupsRequest
from desktop_broker.protocol.messages.list_offsets import ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic
from desktop_broker.protocol.messages.metadata import MetadataRequest, MetadataRequestTopic
from desktop_broker.protocol.messages.offset_delete import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
)
from desktop_broker.protocol.messages.offset_fetch import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopic,
    OffsetFetchRequestTopics,
)
from desktop_broker.protocol.messages.offset_for_leader_epoch import (
    OffsetForLeaderEpochRequest,
    OffsetForLeaderPartition,
    OffsetForLeaderTopic,
)
from desktop_broker.protocol.messages.produce import PartitionProduceData, ProduceRequest, TopicProduceData
from desktop_broker.protocol.schema import Message
from tests.broker.wire import batch
from tests.broker.world import TIME, World

M = TypeVar("M", bound=Message)
Pair = tuple[Message, Message]
TOPIC, BROKER = 2, 4  # resource types


def fit(message: M, version: int) -> M:
    """The same message without what this version has no place for."""
    for field in message.FIELDS:
        value = getattr(message, field.name)
        if not field.since <= version <= field.until:
            setattr(message, field.name, field.make_default())
        elif isinstance(value, Message):
            fit(value, version)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, Message):
                    fit(item, version)
    return message


def _produce(world: World, version: int) -> Pair:
    def ask(index: int, acks: int) -> ProduceRequest:
        data = PartitionProduceData(index=index, records=batch(b"more", timestamp=TIME))
        topic = TopicProduceData(name=world.topic, topic_id=world.topic_id, partition_data=[data])
        return ProduceRequest(acks=acks, timeout_ms=10_000, topic_data=[topic])

    return ask(0, -1), ask(9, 1)


def _fetch(world: World, version: int) -> Pair:
    def ask(offset: int, index: int) -> FetchRequest:
        partition = FetchPartition(partition=index, fetch_offset=offset, partition_max_bytes=1_000_000)
        topic = FetchTopic(topic=world.topic, topic_id=world.topic_id, partitions=[partition])
        return FetchRequest(max_wait_ms=0, min_bytes=1, isolation_level=1, topics=[topic])

    return ask(0, 0), ask(10**6, 0) if version % 2 else ask(0, 9)


def _list_offsets(world: World, version: int) -> Pair:
    def ask(*times: int) -> ListOffsetsRequest:
        partitions = [
            ListOffsetsPartition(partition_index=index, current_leader_epoch=-1, timestamp=time)
            for index, time in enumerate(times)
        ]
        topic = ListOffsetsTopic(name=world.topic, partitions=partitions)
        return ListOffsetsRequest(replica_id=-1, isolation_level=1, topics=[topic], timeout_ms=1000)

    return ask((TIME, -1, -2)[version % 3]), ask(-9, -1)


def _metadata(world: World, version: int) -> Pair:
    def ask(name: str) -> MetadataRequest:
        return MetadataRequest(
            topics=[MetadataRequestTopic(name=name)],
            allow_auto_topic_creation=False,
            include_cluster_authorized_operations=True,
            include_topic_authorized_operations=True,
        )

    return ask(world.topic), ask("not/a/name")


def _offset_commit(world: World, version: int) -> Pair:
    return world.commit(world.fresh("committing"), 2), world.commit(world.group, 2, generation=7, member="stranger")


def _offset_fetch(world: World, version: int) -> Pair:
    def ask(group: str, index: int) -> OffsetFetchRequest:
        topics = [OffsetFetchRequestTopics(name=world.topic, topic_id=world.topic_id, partition_indexes=[index])]
        return OffsetFetchRequest(
            group_id=group,
            topics=[OffsetFetchRequestTopic(name=world.topic, partition_indexes=[index])],
            groups=[OffsetFetchRequestGroup(group_id=group, topics=topics)],
            require_stable=True,
        )

    return ask(world.group, 0), ask("", 9)


def _find_coordinator(world: World, version: int) -> Pair:
    def ask(key: str, kind: int) -> FindCoordinatorRequest:
        return FindCoordinatorRequest(key=key, key_type=kind, coordinator_keys=[key])

    return ask(world.group, 0), ask("", 9)


def _join_group(world: World, version: int) -> Pair:
    group = world.fresh("joining")
    return world.join(group, world.member(group)), world.join(group, "stranger")


def _heartbeat(world: World, version: int) -> Pair:
    def ask(group: str, member: str) -> HeartbeatRequest:
        return HeartbeatRequest(group_id=group, generation_id=1, member_id=member)

    group = world.fresh("beating")
    return ask(group, world.synced_member(group)), ask(group, "stranger")


def _leave_group(world: World, version: int) -> Pair:
    def ask(group: str, member: str) -> LeaveGroupRequest:
        members = [MemberIdentity(member_id=member, reason="test")]
        return LeaveGroupRequest(group_id=group, member_id=member, members=members)

    group = world.fresh("leaving")
    return ask(group, world.synced_member(group)), ask(group, "stranger")


def _sync_group(world: World, version: int) -> Pair:
    group = world.fresh("syncing")
    return world.sync(group, world.member(group)), world.sync(group, "stranger")


def _describe_groups(world: World, version: int) -> Pair:
    def ask(group: str) -> DescribeGroupsRequest:
        return DescribeGroupsRequest(groups=[group], include_authorized_operations=True)

    group = world.fresh("described")
    world.synced_member(group)
    return ask(group), ask("no-such-group")


def _list_groups(world: World, version: int) -> Pair:
    return ListGroupsRequest(), ListGroupsRequest(states_filter=["NoSuchState"], types_filter=["classic"])


def _api_versions(world: World, version: int) -> Pair:
    def ask(name: str) -> ApiVersionsRequest:
        return ApiVersionsRequest(client_software_name=name, client_software_version="1.0")

    return ask("test"), ask("not a name!")


def _create_topics(world: World, version: int) -> Pair:
    def ask(name: str, key: str) -> CreateTopicsRequest:
        configs = [CreatableTopicConfig(name=key, value="60000")]
        topic = CreatableTopic(name=name, num_partitions=2, replication_factor=3, configs=configs)
        return CreateTopicsRequest(topics=[topic], timeout_ms=10_000)

    return ask(world.fresh("created"), "retention.ms"), ask(world.fresh("uncreated"), "no.such.key")


def _delete_topics(world: World, version: int) -> Pair:
    def ask(name: str) -> DeleteTopicsRequest:
        return DeleteTopicsRequest(topics=[DeleteTopicState(name=name)], topic_names=[name], timeout_ms=10_000)

    return ask(world.new_topic()), ask("no-such-topic")


def _delete_records(world: World, version: int) -> Pair:
    def ask(offset: int) -> DeleteRecordsRequest:
        partitions = [DeleteRecordsPartition(partition_index=0, offset=offset)]
        topic = DeleteRecordsTopic(name=world.topic, partitions=partitions)
        return DeleteRecordsRequest(topics=[topic], timeout_ms=10_000)

    return ask(0), ask(10**6)


def _init_producer_id(world: World, version: int) -> Pair:
    return InitProducerIdRequest(transactional_id=None, transaction_timeout_ms=60_000), InitProducerIdRequest(
        transactional_id="", transaction_timeout_ms=60_000
    )


def _offset_for_leader_epoch(world: World, version: int) -> Pair:
    def ask(index: int) -> OffsetForLeaderEpochRequest:
        partitions = [OffsetForLeaderPartition(partition=index, leader_epoch=0)]
        topics = [OffsetForLeaderTopic(topic=world.topic, partitions=partitions)]
        return OffsetForLeaderEpochRequest(replica_id=-1, topics=topics)

    return ask(0), ask(9)


def _describe_acls(world: World, version: int) -> Pair:
    request = DescribeAclsRequest(resource_type_filter=1, operation=1, permission_type=1, pattern_type_filter=1)
    return request, DescribeAclsRequest(resource_type_filter=99)


def _describe_configs(world: World, version: int) -> Pair:
    def ask(kind: int, name: str) -> DescribeConfigsRequest:
        resource = DescribeConfigsResource(resource_type=kind, resource_name=name, configuration_keys=None)
        return DescribeConfigsRequest(resources=[resource], include_synonyms=True, include_documentation=True)

    return ask(*((TOPIC, world.topic) if version % 2 else (BROKER, "1"))), ask(BROKER, "ninety")


def _alter_configs(world: World, version: int) -> Pair:
    def ask(value: str) -> AlterConfigsRequest:
        configs = [WholeConfig(name="retention.ms", value=value)]
        return AlterConfigsRequest(
            resources=[WholeResource(resource_type=TOPIC, resource_name=world.topic, configs=configs)]
        )

    return ask("-1"), ask("soon")


def _incremental_alter_configs(world: World, version: int) -> Pair:
    def ask(operation: int, value: str) -> IncrementalAlterConfigsRequest:
        configs = [AlterableConfig(name="retention.ms", config_operation=operation, value=value)]
        resource = AlterConfigsResource(resource_type=TOPIC, resource_name=world.topic, configs=configs)
        return IncrementalAlterConfigsRequest(resources=[resource])

    return ask(0, "-1"), ask(99, "-1")


def _describe_log_dirs(world: World, version: int) -> Pair:
    def ask(index: int) -> DescribeLogDirsRequest:
        return DescribeLogDirsRequest(topics=[DescribableLogDirTopic(topic=world.topic, partitions=[index])])

    return ask(0), ask(9)


def _alter_replica_log_dirs(world: World, version: int) -> Pair:
    def ask(topic: str) -> AlterReplicaLogDirsRequest:
        topics = [AlterReplicaLogDirTopic(name=topic, partitions=[0])]
        return AlterReplicaLogDirsRequest(dirs=[AlterReplicaLogDir(path="/elsewhere", topics=topics)])

    return ask(world.topic), ask("no-such-topic")


def _create_partitions(world: World, version: int) -> Pair:
    def ask(topic: str, count: int) -> CreatePartitionsRequest:
        topics = [CreatePartitionsTopic(name=topic, count=count, assignments=None)]
        return CreatePartitionsRequest(topics=topics, timeout_ms=10_000)

    return ask(world.new_topic(), 3), ask(world.topic, 1)


def _delete_groups(world: World, version: int) -> Pair:
    group = world.committed_group(world.fresh("deleted"))
    return DeleteGroupsRequest(groups_names=[group]), DeleteGroupsRequest(groups_names=["no-such-group"])


def _offset_delete(world: World, version: int) -> Pair:
    def ask(group: str) -> OffsetDeleteRequest:
        topics = [OffsetDeleteRequestTopic(name=world.topic, partitions=[OffsetDeleteRequestPartition()])]
        return OffsetDeleteRequest(group_id=group, topics=topics)

    return ask(world.committed_group(world.fresh("forgetting"))), ask("no-such-group")


def _describe_cluster(world: World, version: int) -> Pair:
    def ask(endpoint: int) -> DescribeClusterRequest:
        return DescribeClusterRequest(include_cluster_authorized_operations=True, endpoint_type=endpoint)

    return ask(1), ask(9)


def _list_config_resources(world: World, version: int) -> Pair:
    return ListConfigResourcesRequest(), ListConfigResourcesRequest(resource_types=[99])


def _describe_topic_partitions(world: World, version: int) -> Pair:
    def ask(name: str) -> DescribeTopicPartitionsRequest:
        cursor = DescribeTopicPartitionsRequestCursor(topic_name=name, partition_index=0)
        return DescribeTopicPartitionsRequest(topics=[TopicRequest(name=name)], cursor=cursor)

    return ask(world.topic), ask("no-such-topic")


ASKS: dict[ApiKey, Callable[[World, int], Pair]] = {
    ApiKey.PRODUCE: _produce,
    ApiKey.FETCH: _fetch,
    ApiKey.LIST_OFFSETS: _list_offsets,
    ApiKey.METADATA: _metadata,
    ApiKey.OFFSET_COMMIT: _offset_commit,
    ApiKey.OFFSET_FETCH: _offset_fetch,
    ApiKey.FIND_COORDINATOR: _find_coordinator,
    ApiKey.JOIN_GROUP: _join_group,
    ApiKey.HEARTBEAT: _heartbeat,
    ApiKey.LEAVE_GROUP: _leave_group,
    ApiKey.SYNC_GROUP: _sync_group,
    ApiKey.DESCRIBE_GROUPS: _describe_groups,
    ApiKey.LIST_GROUPS: _list_groups,
    ApiKey.API_VERSIONS: _api_versions,
    ApiKey.CREATE_TOPICS: _create_topics,
    ApiKey.DELETE_TOPICS: _delete_topics,
    ApiKey.DELETE_RECORDS: _delete_records,
    ApiKey.INIT_PRODUCER_ID: _init_producer_id,
    ApiKey.OFFSET_FOR_LEADER_EPOCH: _offset_for_leader_epoch,
    ApiKey.DESCRIBE_ACLS: _describe_acls,
    ApiKey.DESCRIBE_CONFIGS: _describe_configs,
    ApiKey.ALTER_CONFIGS: _alter_configs,
    ApiKey.INCREMENTAL_ALTER_CONFIGS: _incremental_alter_configs,
    ApiKey.DESCRIBE_LOG_DIRS: _describe_log_dirs,
    ApiKey.ALTER_REPLICA_LOG_DIRS: _alter_replica_log_dirs,
    ApiKey.CREATE_PARTITIONS: _create_partitions,
    ApiKey.DELETE_GROUPS: _delete_groups,
    ApiKey.OFFSET_DELETE: _offset_delete,
    ApiKey.DESCRIBE_CLUSTER: _describe_cluster,
    ApiKey.LIST_CONFIG_RESOURCES: _list_config_resources,
    ApiKey.DESCRIBE_TOPIC_PARTITIONS: _describe_topic_partitions,
}
"""By API: makes the request that has an answer and the one that has only an error."""
