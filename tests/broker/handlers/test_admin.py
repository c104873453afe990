"""What admin tools and GUIs ask on connecting and afterwards: metadata, topics, configs, log dirs, the cluster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_broker.broker.engine import Engine
from desktop_broker.common.config import BROKER_KEYS, TOPIC_KEYS
from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.types import ZERO_UUID, new_uuid
from desktop_broker.protocol.messages.alter_configs import AlterableConfig as LegacyConfig
from desktop_broker.protocol.messages.alter_configs import AlterConfigsRequest
from desktop_broker.protocol.messages.alter_configs import AlterConfigsResource as LegacyResource
from desktop_broker.protocol.messages.alter_replica_log_dirs import (
    AlterReplicaLogDir,
    AlterReplicaLogDirsRequest,
    AlterReplicaLogDirTopic,
)
from desktop_broker.protocol.messages.create_partitions import CreatePartitionsRequest, CreatePartitionsTopic
from desktop_broker.protocol.messages.create_topics import CreatableTopic, CreatableTopicConfig, CreateTopicsRequest
from desktop_broker.protocol.messages.delete_records import (
    DeleteRecordsPartition,
    DeleteRecordsRequest,
    DeleteRecordsTopic,
)
from desktop_broker.protocol.messages.delete_topics import DeleteTopicsRequest, DeleteTopicState
from desktop_broker.protocol.messages.describe_cluster import DescribeClusterRequest
from desktop_broker.protocol.messages.describe_configs import DescribeConfigsRequest, DescribeConfigsResource
from desktop_broker.protocol.messages.describe_log_dirs import DescribableLogDirTopic, DescribeLogDirsRequest
from desktop_broker.protocol.messages.describe_topic_partitions import (
    DescribeTopicPartitionsRequest,
    DescribeTopicPartitionsRequestCursor,
    TopicRequest,
)
from desktop_broker.protocol.messages.incremental_alter_configs import (
    AlterableConfig,
    AlterConfigsResource,
    IncrementalAlterConfigsRequest,
)
from desktop_broker.protocol.messages.list_config_resources import ListConfigResourcesRequest
from desktop_broker.protocol.messages.metadata import MetadataRequest, MetadataRequestTopic
from tests.broker.handlers.test_produce_and_fetch import get, put
from tests.broker.wire import Wire, batch

pytestmark = pytest.mark.keeps_threads("the module's engine owns its brokers' threads")


def metadata(wire: Wire, names: list[str] | None, version: int = 13, *, create: bool = False) -> Any:
    topics = None if names is None else [MetadataRequestTopic(name=name) for name in names]
    options = {"allow_auto_topic_creation": create} if version >= 4 else {}
    return wire.ask(MetadataRequest(topics=topics, **options), version)


@pytest.mark.parametrize("version", range(14))
def test_rule_7_all_and_none(wire: Wire, make_topic: Callable[..., str], version: int) -> None:
    topic = make_topic(replication=3)
    everything = metadata(wire, [] if version == 0 else None, version)
    assert topic in {each.name for each in everything.topics}
    assert [broker.node_id for broker in everything.brokers] == [1, 2, 3]
    if version > 0:
        assert metadata(wire, [], version).topics == []
    (found,) = metadata(wire, [topic], version).topics
    partition = found.partitions[0]
    assert (partition.leader_id, partition.replica_nodes, partition.isr_nodes) == (1, [1, 2, 3], [1, 2, 3])


def test_rule_8_a_topic_made_by_asking_is_first_unknown(wire: Wire) -> None:
    assert metadata(wire, ["by.asking"]).topics[0].error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    assert metadata(wire, ["by.asking"], create=True).topics[0].error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    assert metadata(wire, ["by.asking"]).topics[0].error_code == 0
    assert metadata(wire, ["no good"], create=True).topics[0].error_code == ErrorCode.INVALID_TOPIC_EXCEPTION


def test_rule_10_ids(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    known = metadata(wire, [topic]).topics[0].topic_id
    asked = [MetadataRequestTopic(topic_id=known, name=None), MetadataRequestTopic(topic_id=new_uuid(), name=None)]
    found = wire.ask(MetadataRequest(topics=asked, allow_auto_topic_creation=False)).topics
    assert [(each.name, each.error_code) for each in found] == [(topic, 0), (None, ErrorCode.UNKNOWN_TOPIC_ID)]
    by_id = MetadataRequest(topics=[MetadataRequestTopic(topic_id=known, name=topic)])
    assert wire.ask(by_id, 10).topics[0].error_code == ErrorCode.INVALID_REQUEST


def create(wire: Wire, version: int = 7, *, validate_only: bool = False, **fields: Any) -> Any:
    topic = CreatableTopic(**{"num_partitions": 1, "replication_factor": 1} | fields)
    return wire.ask(CreateTopicsRequest(topics=[topic], timeout_ms=1000, validate_only=validate_only), version).topics[
        0
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "bad name"}, ErrorCode.INVALID_TOPIC_EXCEPTION),
        ({"name": "many", "replication_factor": 4}, ErrorCode.INVALID_REPLICATION_FACTOR),
        ({"name": "none", "num_partitions": 0}, ErrorCode.INVALID_PARTITIONS),
        (
            {"name": "odd", "configs": [CreatableTopicConfig(name="retention.ms", value="soon")]},
            ErrorCode.INVALID_CONFIG,
        ),
    ],
)
def test_topics_that_cannot_be_made(wire: Wire, fields: dict[str, Any], code: ErrorCode) -> None:
    result = create(wire, **fields)
    assert result.error_code == code
    assert result.error_message


def test_a_topic_is_made_grown_and_deleted(wire: Wire) -> None:
    assert create(wire, name="grows", validate_only=True).error_code == 0
    assert metadata(wire, ["grows"]).topics[0].error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    made = create(wire, name="grows", configs=[CreatableTopicConfig(name="retention.ms", value="1000")])
    assert (made.error_code, made.num_partitions, made.replication_factor) == (0, 1, 1)
    assert {config.name: config.value for config in made.configs}["retention.ms"] == "1000"
    assert create(wire, name="grows").error_code == ErrorCode.TOPIC_ALREADY_EXISTS

    def grow(count: int) -> Any:
        topic = CreatePartitionsTopic(name="grows", count=count, assignments=None)
        return wire.ask(CreatePartitionsRequest(topics=[topic], timeout_ms=1000)).results[0]

    assert grow(3).error_code == 0
    assert grow(2).error_code == ErrorCode.INVALID_PARTITIONS
    assert "never taken away" in grow(2).error_message
    topic = metadata(wire, ["grows"]).topics[0]
    assert len(topic.partitions) == 3
    by_id = DeleteTopicsRequest(topics=[DeleteTopicState(name=None, topic_id=topic.topic_id)], timeout_ms=1000)
    assert wire.ask(by_id).responses[0].error_code == 0
    assert wire.ask(by_id).responses[0].error_code == ErrorCode.UNKNOWN_TOPIC_ID
    by_name = DeleteTopicsRequest(topic_names=["grows"], timeout_ms=1000)
    assert wire.ask(by_name, 5).responses[0].error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION


@pytest.mark.parametrize("version", range(2, 8))
def test_every_version_makes_topics(wire: Wire, version: int) -> None:
    assert create(wire, version, name=f"by-version-{version}").error_code == 0


def test_rule_36_records_are_deleted_up_to_the_high_watermark(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic(replication=3)
    for value in (b"a", b"b", b"c"):
        put(wire, topic, batch(value))

    def delete(offset: int) -> tuple[int, int]:
        asked = [DeleteRecordsPartition(partition_index=0, offset=offset)]
        request = DeleteRecordsRequest(topics=[DeleteRecordsTopic(name=topic, partitions=asked)], timeout_ms=1000)
        found = wire.ask(request).topics[0].partitions[0]
        return found.error_code, found.low_watermark

    assert delete(2) == (0, 2)
    assert get(wire, topic, 1).error_code == ErrorCode.OFFSET_OUT_OF_RANGE
    assert delete(9) == (ErrorCode.OFFSET_OUT_OF_RANGE, -1)
    assert delete(-1) == (0, 3)
    assert get(wire, topic, 3).log_start_offset == 3


def configs_of(wire: Wire, kind: int, name: str, keys: list[str] | None = None, **options: bool) -> Any:
    resource = DescribeConfigsResource(resource_type=kind, resource_name=name, configuration_keys=keys)
    return wire.ask(DescribeConfigsRequest(resources=[resource], **options)).results[0]


def change(wire: Wire, kind: int, name: str, *operations: tuple[str, int, str | None]) -> Any:
    configs = [AlterableConfig(name=key, config_operation=op, value=value) for key, op, value in operations]
    resource = AlterConfigsResource(resource_type=kind, resource_name=name, configs=configs)
    return wire.ask(IncrementalAlterConfigsRequest(resources=[resource])).responses[0]


def test_configs_tell_where_each_value_comes_from(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic(retention_ms="5000")
    assert change(wire, 4, "", ("log.retention.ms", 0, "7000")).error_code == 0
    found = configs_of(wire, 2, topic, include_synonyms=True, include_documentation=True)
    by_name = {config.name: config for config in found.configs}
    assert set(by_name) == set(TOPIC_KEYS)
    retention = by_name["retention.ms"]
    assert (retention.value, retention.config_source, retention.read_only, retention.config_type) == (
        "5000",
        1,
        False,
        5,
    )
    assert [(each.name, each.value, each.source) for each in retention.synonyms] == [
        ("retention.ms", "5000", 1),
        ("log.retention.ms", "7000", 3),
        ("log.retention.ms", "604800000", 5),
    ]
    assert retention.documentation
    assert change(wire, 2, topic, ("retention.ms", 1, None)).error_code == 0
    (retention,) = configs_of(wire, 2, topic, ["retention.ms"]).configs
    assert (retention.value, retention.config_source) == ("7000", 3)
    assert change(wire, 4, "", ("log.retention.ms", 1, None)).error_code == 0


def test_a_brokers_configs(wire: Wire, engine: Engine) -> None:
    found = {config.name: config for config in configs_of(wire, 4, "1").configs}
    assert set(found) == set(BROKER_KEYS)
    assert (found["broker.rack"].value, found["broker.rack"].config_source) == ("RACK1", 4)
    assert found["node.id"].value == "1"
    assert found["node.id"].read_only
    assert found["log.dirs"].value == engine.describe().brokers[0].folder
    assert configs_of(wire, 4, "2").error_code == ErrorCode.INVALID_REQUEST
    assert configs_of(wire, 4, "").configs == []
    assert configs_of(wire, 2, "not-there").error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION


def test_configs_that_cannot_be_set(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    assert change(wire, 2, topic, ("retention.ms", 0, "soon")).error_code == ErrorCode.INVALID_CONFIG
    assert change(wire, 2, topic, ("retention.ms", 9, "1")).error_code == ErrorCode.INVALID_REQUEST
    assert change(wire, 8, "1", ("root", 0, "DEBUG")).error_code == ErrorCode.INVALID_REQUEST
    assert change(wire, 99, "1", ("root", 0, "DEBUG")).error_code == ErrorCode.INVALID_REQUEST


def test_the_older_api_replaces_all_configs(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic(retention_ms="5000")
    resource = LegacyResource(
        resource_type=2, resource_name=topic, configs=[LegacyConfig(name="segment.ms", value="60000")]
    )
    assert wire.ask(AlterConfigsRequest(resources=[resource])).responses[0].error_code == 0
    values = {config.name: config.config_source for config in configs_of(wire, 2, topic).configs}
    assert (values["segment.ms"], values["retention.ms"]) == (1, 5)


def test_what_has_configs_is_listed(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    found = wire.ask(ListConfigResourcesRequest(resource_types=[])).config_resources
    assert (topic, 2) in {(each.resource_name, each.resource_type) for each in found}
    assert {each.resource_name for each in found if each.resource_type == 4} == {"1", "2", "3"}
    assert wire.ask(ListConfigResourcesRequest(), 0).config_resources == []
    assert wire.ask(ListConfigResourcesRequest(resource_types=[77])).error_code == ErrorCode.UNSUPPORTED_VERSION


def test_log_dirs_are_true_to_the_byte(wire: Wire, engine: Engine, make_topic: Callable[..., str]) -> None:
    topic = make_topic(replication=3)
    put(wire, topic, batch(b"some bytes"))
    folder = Path(engine.describe().brokers[0].folder)
    on_disk = sum(path.stat().st_size for path in (folder / f"{topic}-0").glob("*.log"))
    for request in (
        DescribeLogDirsRequest(topics=None),
        DescribeLogDirsRequest(topics=[DescribableLogDirTopic(topic=topic, partitions=[0])]),
    ):
        (result,) = wire.ask(request).results
        sizes = {
            (each.name, one.partition_index): one.partition_size for each in result.topics for one in each.partitions
        }
        assert result.log_dir == str(folder)
        assert sizes[(topic, 0)] == on_disk > 0
        assert result.total_bytes > result.usable_bytes > 0
    assert wire.ask(DescribeLogDirsRequest(topics=[])).results[0].topics == []


def test_replicas_stay_in_their_brokers_one_folder(wire: Wire, engine: Engine, make_topic: Callable[..., str]) -> None:
    topic = make_topic()

    def move(path: str) -> int:
        dirs = [AlterReplicaLogDir(path=path, topics=[AlterReplicaLogDirTopic(name=topic, partitions=[0])])]
        return int(wire.ask(AlterReplicaLogDirsRequest(dirs=dirs)).results[0].partitions[0].error_code)

    assert move("/elsewhere") == ErrorCode.LOG_DIR_NOT_FOUND
    assert move(engine.describe().brokers[0].folder) == 0


def test_the_cluster_describes_itself(wire: Wire, engine: Engine) -> None:
    found = wire.ask(DescribeClusterRequest())
    assert (found.cluster_id, found.controller_id) == (engine.cluster_id, 1)
    assert [(broker.broker_id, broker.rack) for broker in found.brokers] == [(1, "RACK1"), (2, "RACK2"), (3, "RACK3")]
    assert wire.ask(DescribeClusterRequest(endpoint_type=2)).error_code == ErrorCode.MISMATCHED_ENDPOINT_TYPE
    assert wire.ask(DescribeClusterRequest(endpoint_type=9)).error_code == ErrorCode.UNSUPPORTED_ENDPOINT_TYPE


def test_topics_are_described_page_by_page(wire: Wire, make_topic: Callable[..., str]) -> None:
    names = sorted([make_topic(partitions=3), make_topic(partitions=2)])
    asked = [TopicRequest(name=name) for name in [*names, "not-there"]]
    pages, cursor = [], None
    while True:
        request = DescribeTopicPartitionsRequest(topics=asked, response_partition_limit=2, cursor=cursor)
        response = wire.ask(request)
        pages.append([(topic.name, [one.partition_index for one in topic.partitions]) for topic in response.topics])
        if response.next_cursor is None:
            break
        following = response.next_cursor
        cursor = DescribeTopicPartitionsRequestCursor(
            topic_name=following.topic_name, partition_index=following.partition_index
        )
    told = [(name, index) for page in pages for name, indexes in page for index in indexes]
    whole = {topic.name: len(topic.partitions) for topic in metadata(wire, names).topics}
    assert sorted(told) == sorted((name, index) for name in names for index in range(whole[name]))
    assert all(sum(len(indexes) for _, indexes in page) <= 2 for page in pages)
    assert ("not-there", []) in [entry for page in pages for entry in page]
    assert ZERO_UUID not in [topic.topic_id for topic in metadata(wire, names).topics]
