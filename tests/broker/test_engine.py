"""The engine as a whole: data survives, brokers come and go, and what cannot be done is said in a sentence."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_broker import Engine
from desktop_broker.broker.errors import EngineError, PortTakenError
from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.events import EventKind
from desktop_broker.protocol.batch import decode_records, iter_batches
from desktop_broker.protocol.messages.metadata import MetadataRequest, MetadataRequestTopic
from tests.broker.conftest import address, create_topic
from tests.broker.handlers.test_produce_and_fetch import fetch_request, get, put, values
from tests.broker.wire import Wire, batch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cluster"


@pytest.fixture
def cluster() -> Iterator[Engine]:
    with Engine(port=0, ephemeral=True) as engine:
        yield engine


def leader_of(engine: Engine, topic: str) -> int:
    (partition,) = [each for each in engine.statistics().partitions if each.topic == topic]
    return partition.leader or -1


def states(engine: Engine, topic: str) -> set[str]:
    (partition,) = [each for each in engine.statistics().partitions if each.topic == topic]
    return {replica.state for replica in partition.replicas}


def read_all(engine: Engine, topic: str) -> list[bytes | None]:
    with Wire(address(engine, leader_of(engine, topic))) as wire:
        return values(get(wire, topic, max_wait_ms=5000).records)


@pytest.mark.parametrize("clean", [True, False])
def test_a_restart_keeps_everything(folder: Path, clean: bool) -> None:
    engine = Engine(folder, port=0).start()
    before, cluster_id = engine.bootstrap_servers, engine.cluster_id
    topic = create_topic(engine, replication=3, retention_ms="-1")
    with Wire(address(engine, 1)) as wire:
        assert put(wire, topic, batch(b"kept")).error_code == 0
    if not clean:
        for broker in (1, 2, 3):
            engine.kill_broker(broker)
    engine.stop()
    with Engine(folder) as again:
        assert (again.bootstrap_servers, again.cluster_id) == (before, cluster_id)
        assert read_all(again, topic) == [b"kept"]


def test_a_stopped_brokers_partitions_get_new_leaders_and_it_comes_back(cluster: Engine) -> None:
    topic = create_topic(cluster, replication=3)
    with Wire(address(cluster, 1)) as wire:
        put(wire, topic, batch(b"before"))
    cluster.stop_broker(1)
    assert [broker.state for broker in cluster.statistics().brokers] == ["stopped", "running", "running"]
    leader = leader_of(cluster, topic)
    assert leader in (2, 3)
    assert states(cluster, topic) == {"offline", "leader", "in-sync"}
    with Wire(address(cluster, leader)) as wire:
        assert put(wire, topic, batch(b"meanwhile")).error_code == 0
    cluster.start_broker(1)
    with Wire(address(cluster, leader)) as wire:
        assert put(wire, topic, batch(b"after")).error_code == 0
    assert read_all(cluster, topic) == [b"before", b"meanwhile", b"after"]


def test_a_killed_broker_loses_no_acknowledged_write(cluster: Engine) -> None:
    topic = create_topic(cluster, replication=3)
    with Wire(address(cluster, 1)) as wire:
        put(wire, topic, batch(b"acknowledged"))
        cluster.kill_broker(1)
        assert wire.is_closed()
    assert read_all(cluster, topic) == [b"acknowledged"]
    cluster.start_broker(1)
    kinds = [event.kind for event in cluster.events.after(0) if event.broker == 1]
    assert EventKind.BROKER_KILLED in kinds
    assert kinds.count(EventKind.BROKER_STARTED) == 2


def test_a_majority_that_is_missing_is_waited_for(cluster: Engine) -> None:
    for broker in (1, 2, 3):
        cluster.stop_broker(broker)
    cluster.start_broker(2)
    assert [broker.state for broker in cluster.statistics().brokers] == ["stopped", "starting", "stopped"]
    assert "changes need 2" in (cluster.statistics().brokers[1].error or "")
    cluster.start_broker(3)
    assert [broker.state for broker in cluster.statistics().brokers] == ["stopped", "running", "running"]


def test_brokers_that_cannot_be_stopped_or_started(cluster: Engine) -> None:
    with pytest.raises(EngineError, match="no broker 7: ids are 1 to 3"):
        cluster.stop_broker(7)
    with pytest.raises(EngineError, match="Broker 1 is running already"):
        cluster.start_broker(1)
    cluster.stop_broker(1)
    with pytest.raises(EngineError, match="Broker 1 is stopped, not running"):
        cluster.kill_broker(1)


def test_a_failed_broker_says_why_and_starts_later(cluster: Engine) -> None:
    cluster.stop_broker(3)
    port = int(address(cluster, 3).rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)), pytest.raises(PortTakenError, match=f"Port {port} is in use"):
        cluster.start_broker(3)
    failed = cluster.statistics().brokers[2]
    assert failed.state == "failed"
    assert str(port) in (failed.error or "")
    cluster.start_broker(3)
    assert cluster.statistics().brokers[2].state == "running"


def test_stopping_ends_long_polls_at_once(cluster: Engine) -> None:
    topic = create_topic(cluster)
    with Wire(address(cluster, 1)) as wire:
        get(wire, topic)
        wire.send(fetch_request(topic, max_wait_ms=600_000), 12)
        while not cluster_waits(cluster):
            threading.Event().wait(0.002)
        cluster.stop()
        while wire.frame() is not None:
            pass


def cluster_waits(cluster: Engine) -> bool:
    """Whether a long poll of broker 1 is under way."""
    replicas = cluster._brokers[1].state().replicas
    return replicas is not None and bool(replicas._waiters._active)


def test_configs_change_while_it_runs(cluster: Engine) -> None:
    assert cluster.configs()["num.partitions"] == "1"
    cluster.set_config("num.partitions", "4")
    with Wire(address(cluster, 2)) as wire:
        request = MetadataRequest(topics=[MetadataRequestTopic(name="made.by.asking")], allow_auto_topic_creation=True)
        assert wire.ask(request).topics[0].error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        assert len(wire.ask(request).topics[0].partitions) == 4
        cluster.set_config("auto.create.topics.enable", "false")
        request.topics[0].name = "not.made"
        for _ in range(2):
            assert wire.ask(request).topics[0].error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    cluster.set_config("num.partitions", None)
    assert cluster.configs()["num.partitions"] == "1"
    with pytest.raises(EngineError, match="at least 1, not 0"):
        cluster.set_config("num.partitions", "0")
    with pytest.raises(EngineError, match=r"Did you mean 'num.partitions'"):
        cluster.set_config("num.partition", "1")
    with pytest.raises(EngineError, match="can only be set when the cluster starts"):
        cluster.set_config("log.dirs", "/tmp")


def test_traffic_is_counted_and_own_readers_are_not(cluster: Engine) -> None:
    topic = create_topic(cluster)
    with Wire(address(cluster, 1)) as wire, Wire(address(cluster, 1), client_id="desktop-broker.window") as own:
        put(wire, topic, batch(b"a", b"b"))
        get(own, topic)
        get(wire, topic)
        wire.ask(MetadataRequest(topics=[]))
        own.ask(MetadataRequest(topics=[]))
    traffic = cluster.statistics().traffic
    assert (traffic.messages_in, traffic.messages_out) == (2, 2)
    assert traffic.bytes_in == traffic.bytes_out > 0
    cluster.stop_broker(1)
    cluster.start_broker(1)
    assert cluster.statistics().traffic == traffic


def test_a_long_read_counts_each_message_once(cluster: Engine) -> None:
    topic = create_topic(cluster)
    with Wire(address(cluster, 1)) as wire:
        for _ in range(20):
            put(wire, topic, batch(b"x" * 1000, b"y" * 1000))
        offset = 0
        while offset < 40:
            offset += len(values(get(wire, topic, offset, partition_bytes=5000).records))
        get(wire, topic, offset)
        wire.ask(MetadataRequest(topics=[]))
    assert cluster.statistics().traffic.messages_out == 40


def test_statistics_describe_every_replica(cluster: Engine) -> None:
    topic = create_topic(cluster, partitions=2, replication=3)
    with Wire(address(cluster, 1)) as wire:
        put(wire, topic, batch(b"x"))
    first, second = [each for each in cluster.statistics().partitions if each.topic == topic]
    assert (first.leader, first.high_watermark, first.log_end_offset) == (1, 1, 1)
    assert (second.leader, second.high_watermark) == (2, 0)
    assert [(replica.broker, replica.state, replica.lag) for replica in first.replicas] == [
        (1, "leader", 0),
        (2, "in-sync", 0),
        (3, "in-sync", 0),
    ]
    assert first.replicas[0].size_bytes == first.replicas[1].size_bytes > 0


def test_a_second_engine_is_told_where_the_first_serves(folder: Path) -> None:
    with Engine(folder, brokers=1, port=0) as first, pytest.raises(EngineError) as caught:
        Engine(folder).start()
    assert first.bootstrap_servers in str(caught.value)
    assert str(os.getpid()) in str(caught.value)


def test_a_taken_port_stops_the_start_before_anything_is_made(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"Port {port} is in use"):
            Engine(folder, brokers=1, port=port).start()
    assert not (folder / "cluster.json").exists()


def test_a_free_port_that_was_taken_meanwhile_is_replaced(folder: Path) -> None:
    with Engine(folder, brokers=1, port=0) as first:
        port = int(first.bootstrap_servers.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)), Engine(folder) as again:
        assert again.bootstrap_servers != f"127.0.0.1:{port}"


def test_the_advertised_address_is_what_clients_are_told(folder: Path) -> None:
    with Engine(folder, brokers=2, port=0, advertise="dev.example.net:19092") as engine:
        assert engine.bootstrap_servers == "dev.example.net:19092,dev.example.net:19093"
        listen = engine.describe().brokers[0].listen
        with Wire(str(listen)) as wire:
            brokers = wire.ask(MetadataRequest(topics=[])).brokers
        assert [(broker.host, broker.port) for broker in brokers] == [
            ("dev.example.net", 19092),
            ("dev.example.net", 19093),
        ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(EngineError, match="cannot be written to"):
        Engine(tmp_path / "cluster").start()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("precious")
    with pytest.raises(EngineError, match="cannot be written to"):
        Engine(path).start()
    assert path.read_text() == "precious"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_said_before_any_broker_starts(folder: Path) -> None:
    folder.mkdir()
    (folder / ".probe").symlink_to("/dev/full")
    with pytest.raises(EngineError, match="No space left on device"):
        Engine(folder, brokers=1, port=0).start()
    assert not (folder / "cluster.json").exists()


def test_another_clusters_folder_is_refused(folder: Path) -> None:
    with Engine(folder, brokers=1, port=0):
        pass
    spec = (folder / "cluster.json").read_text()
    (folder / "cluster.json").write_text(spec.replace('"cluster_id": "', '"cluster_id": "X'))
    with pytest.raises(EngineError, match="belongs to cluster"):
        Engine(folder).start()
    (folder / "cluster.json").write_text(spec)
    with Engine(folder):
        pass


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"configs": {"num.partitions": "many"}}, "takes a whole number, not 'many'"),
        ({"configs": {"num.partitons": "1"}}, "Did you mean 'num.partitions'"),
        ({"advertise": "nowhere"}, "'nowhere' is not an address"),
    ],
)
def test_arguments_that_make_no_sense(folder: Path, options: dict[str, object], sentence: str) -> None:
    with pytest.raises(EngineError, match=sentence):
        Engine(folder, **options)  # type: ignore[arg-type]  # the point
    assert not folder.exists()


def test_an_ephemeral_engine_leaves_nothing_and_removes_no_cluster(folder: Path) -> None:
    with Engine(brokers=1, port=0, ephemeral=True) as engine:
        path = Path(engine.describe().data_dir)
        assert path.exists()
    assert not path.exists()
    with Engine(folder, brokers=1, port=0):
        pass
    with pytest.raises(EngineError, match="would remove"):
        Engine(folder, ephemeral=True).start()
    assert (folder / "cluster.json").exists()


def test_what_stands_on_disk_is_what_was_sent(folder: Path) -> None:
    with Engine(folder, brokers=1, port=0) as engine:
        with Wire(engine.bootstrap_servers) as wire:
            topic = create_topic(engine, name="plain")
            put(wire, topic, batch(b"a", b"b"))
        size = engine.statistics().partitions[0].replicas[0].size_bytes
    data = (folder / "broker-1" / "plain-0" / "00000000000000000000.log").read_bytes()
    assert len(data) == size
    ((_, records),) = list(iter_batches(data))
    assert [record.value for record in decode_records(records)] == [b"a", b"b"]
