"""The metadata log: what is committed survives, what is not is truncated, snapshots bound it, Apache Kafka reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_broker.cluster.image import MetadataImage
from desktop_broker.cluster.metadata_log import MetadataLog
from desktop_broker.cluster.requests import NewTopic
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.records.metadata_types import NoOpRecord
from tests.cluster.harness import TestBroker, TestCluster
from tests.support.apache_kafka import libraries, run_tool


def folder(cluster: TestCluster, broker_id: int) -> Path:
    return cluster.directory / f"broker-{broker_id}" / "__cluster_metadata-0"


def metadata_log(cluster: TestCluster, broker_id: int) -> MetadataLog:
    return MetadataLog(broker_id, cluster.brokers[broker_id].logs)


def same_logs(cluster: TestCluster) -> bool:
    ends = {metadata_log(cluster, broker).end_offset for broker in cluster.brokers}
    return ends == {cluster.cluster.image.offset + 1}


def test_every_broker_has_the_same_log(tmp_path: Path) -> None:
    with TestCluster(tmp_path) as cluster:
        cluster.create()
        assert same_logs(cluster)
        cluster.kill(2)
        cluster.create("u", replication=2)
        cluster.start(2)
        assert same_logs(cluster)
        assert cluster.cluster.image.features["metadata.version"] == 30


@pytest.mark.parametrize("clean", [True, False])
def test_snapshots_bound_the_replay(tmp_path: Path, clean: bool) -> None:
    with TestCluster(tmp_path, snapshot_every=30) as cluster:
        for number in range(12):
            cluster.create(f"t{number}", partitions=3, retention_ms=str(1000 + number))
        snapshots = [path.name for path in folder(cluster, 1).glob("*.checkpoint")]
        assert len(snapshots) == 1
        assert metadata_log(cluster, 1).log.log_start_offset == int(snapshots[0].split("-")[0])
        before = cluster.cluster.image
        cluster.restart(clean=clean)
        _assert_same(before, cluster.cluster.image)


def test_a_broker_that_was_away_for_long_takes_the_snapshot(tmp_path: Path) -> None:
    with TestCluster(tmp_path, snapshot_every=20) as cluster:
        cluster.create("t")
        cluster.kill(3)
        for number in range(12):
            cluster.create(f"t{number}", replication=2)
        cluster.start(3)
        assert same_logs(cluster)
        cluster.kill(1)
        cluster.kill(2)
        cluster.start(1)  # 1 and 3 are a majority: the image is whole whoever takes the seat
        assert len(cluster.cluster.image.topics) == 13
        before = cluster.cluster.image
        cluster.close(clean=False)
        cluster._open()
        _assert_same(before, cluster.cluster.image)


def test_what_no_majority_has_is_truncated(tmp_path: Path) -> None:
    with TestCluster(tmp_path) as cluster:
        cluster.create("t")
        seat = cluster.cluster.image.controller_id
        others = [broker for broker in (1, 2, 3) if broker != seat]
        for other in others:
            cluster.kill(other)
        metadata_log(cluster, seat).append_records([NoOpRecord()] * 3, cluster.cluster.image.epoch, 0)
        cluster.kill(seat)
        cluster.brokers = {other: TestBroker(cluster, other) for other in others}
        cluster.controller.register_brokers([cluster.brokers[other].registration() for other in others])
        cluster.start(seat)
        assert same_logs(cluster)
        cluster.create("u")
        assert same_logs(cluster)


def test_a_single_broker_is_a_majority(tmp_path: Path) -> None:
    with TestCluster(tmp_path, brokers=1) as cluster:
        cluster.create("t", replication=1)
        assert cluster.produce("a") == (0, ErrorCode.NONE)
        (result,) = cluster.controller.create_topics([NewTopic(name="default")])
        assert result.replication == 1
        with pytest.raises(KafkaError, match="only 1 broker"):
            cluster.create("u", replication=2)


def test_apache_kafka_reads_the_metadata_log_and_its_snapshots(tmp_path: Path) -> None:
    libraries()
    with TestCluster(tmp_path) as cluster:
        cluster.create("events", partitions=2, retention_ms="5000")
        cluster.controller.allocate_producer_ids(1)
        cluster.stop(2)
        cluster.start(2)
        cluster.kill(1)
        cluster.start(1)
        cluster.create("gone")
        cluster.controller.delete_topics(["gone"])
        cluster.close(clean=True)
        where = folder(cluster, 1)
        (log,) = where.glob("*.log")
        text = run_tool("dump-log", "--cluster-metadata-decoder", "--files", str(log))
        (snapshot,) = where.glob("*.checkpoint")
        text_of_snapshot = run_tool("dump-log", "--cluster-metadata-decoder", "--files", str(snapshot))
    for kind in (
        "FEATURE_LEVEL_RECORD",
        "REGISTER_BROKER_RECORD",
        "BROKER_REGISTRATION_CHANGE_RECORD",
        "TOPIC_RECORD",
        "PARTITION_RECORD",
        "PARTITION_CHANGE_RECORD",
        "CONFIG_RECORD",
        "PRODUCER_IDS_RECORD",
        "REMOVE_TOPIC_RECORD",
    ):
        assert f'"type":"{kind}"' in text, kind
    assert "LeaderChange" in text
    assert "SnapshotHeader" in text_of_snapshot
    assert "SnapshotFooter" in text_of_snapshot
    assert '"name":"events"' in text_of_snapshot
    for dump in (text, text_of_snapshot):
        assert not re.search(r"isvalid: false|Exception|Error", dump), dump


def _assert_same(before: MetadataImage, after: MetadataImage) -> None:
    assert {name: topic.id for name, topic in before.topics.items()} == {
        name: topic.id for name, topic in after.topics.items()
    }
    assert {key: dict(values) for key, values in before.configs.items()} == {
        key: dict(values) for key, values in after.configs.items()
    }
    assert set(after.brokers) == set(before.brokers)
    assert after.epoch > before.epoch
