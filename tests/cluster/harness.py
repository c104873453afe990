"""A cluster of several brokers in this process, without sockets: what the engine does with the cluster layer, and no more."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from desktop_broker.cluster.cluster import Cluster
from desktop_broker.cluster.image import PartitionImage
from desktop_broker.cluster.incarnation import Incarnation
from desktop_broker.cluster.partition import Partition
from desktop_broker.cluster.replica_manager import ReplicaManager
from desktop_broker.cluster.requests import BrokerRegistration, NewTopic
from desktop_broker.common.clock import Clock, SystemClock
from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.events import EventKind, EventLog, crash_reporter
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.common.types import Endpoint, TopicPartition
from desktop_broker.protocol.batch import Record, build_batch, decode_records, iter_batches
from desktop_broker.storage.files import FileLayer
from desktop_broker.storage.manager import LogManager


class TestBroker:
    """One broker's life."""

    __test__ = False

    def __init__(self, owner: TestCluster, broker_id: int) -> None:
        self.id = broker_id
        self.scheduler = Scheduler(f"broker-{broker_id}/chores", owner.clock, crash_reporter(owner.events, broker_id))
        self.files = FileLayer()
        self.logs = LogManager(
            owner.directory / f"broker-{broker_id}",
            broker_id,
            cluster_id="test",
            clock=owner.clock,
            events=owner.events,
            scheduler=self.scheduler,
            defaults=TopicConfig(),
            files=self.files,
        )
        self.logs.load()
        self.incarnation = Incarnation(broker_id)
        self._owner = owner
        owner.cluster.quorum.attach(broker_id, self.logs)
        self.replicas = ReplicaManager(
            broker_id=broker_id,
            incarnation=self.incarnation,
            logs=self.logs,
            cluster=owner.cluster,
            clock=owner.clock,
            events=owner.events,
            scheduler=self.scheduler,
        )
        owner.cluster.quorum.subscribe(broker_id, self._apply)

    def _apply(self, before: object, after: object) -> None:
        self.replicas.apply(before, after)  # type: ignore[arg-type]
        with self._owner.changed:
            self._owner.changed.notify_all()

    def registration(self) -> BrokerRegistration:
        return BrokerRegistration(
            id=self.id,
            endpoint=Endpoint("127.0.0.1", 9091 + self.id),
            incarnation=self.incarnation.id,
            rack=f"RACK{self.id}",
            directory=self.logs.directory_id,
        )


class TestCluster:
    """All brokers of `ids` running. Use in a `with`."""

    __test__ = False

    def __init__(
        self,
        directory: Path,
        brokers: int = 3,
        *,
        clock: Clock | None = None,
        configs: Mapping[str, str] | None = None,
        snapshot_every: int = 20_000,
    ) -> None:
        self.directory = directory
        self.ids = tuple(range(1, brokers + 1))
        self.clock = clock or SystemClock()
        self._configs = dict(configs or {})
        self._snapshot_every = snapshot_every
        self.changed = threading.Condition()
        self.brokers: dict[int, TestBroker] = {}
        self._open()

    def _open(self) -> None:
        self.events = EventLog(self.clock)
        self.scheduler = Scheduler("cluster/chores", self.clock, crash_reporter(self.events))
        self.cluster = Cluster(
            cluster_id="test",
            broker_ids=self.ids,
            clock=self.clock,
            events=self.events,
            scheduler=self.scheduler,
            configs=self._configs,
            snapshot_every=self._snapshot_every,
        )
        self.controller = self.cluster.controller
        self.cluster.start()
        self.brokers = {broker_id: TestBroker(self, broker_id) for broker_id in self.ids}
        self.controller.register_brokers([broker.registration() for broker in self.brokers.values()])

    def __enter__(self) -> TestCluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        crashes = [event for event in self.events.after(0) if event.kind is EventKind.THREAD_CRASHED]
        assert not crashes, crashes[0].details["error"]

    def close(self, *, clean: bool = True) -> None:
        self.cluster.stopping()
        for broker in self.brokers.values():
            self.cluster.quorum.unsubscribe(broker.id)
            broker.replicas.shutdown(clean=clean)
        for broker in self.brokers.values():
            self.cluster.quorum.detach(broker.id, clean=clean)
            broker.scheduler.stop()
            broker.logs.shutdown(clean)
        self.brokers = {}
        self.scheduler.stop()

    def restart(self, *, clean: bool = True) -> None:
        """The whole engine stops (or dies) and starts again."""
        self.close(clean=clean)
        self._open()

    # single brokers

    def stop(self, broker_id: int) -> None:
        broker = self.brokers.pop(broker_id)
        self.controller.broker_stopping(broker_id)
        self.cluster.quorum.unsubscribe(broker_id)
        broker.replicas.shutdown(clean=True)
        self.controller.broker_stopped(broker_id)
        self.cluster.quorum.detach(broker_id, clean=True)
        broker.scheduler.stop()
        broker.logs.shutdown(True)

    def kill(self, broker_id: int) -> None:
        broker = self.brokers.pop(broker_id)
        broker.incarnation.kill()
        self.cluster.quorum.unsubscribe(broker_id)
        broker.replicas.shutdown(clean=False)
        self.cluster.quorum.detach(broker_id, clean=False)
        self.controller.broker_failed(broker_id)
        broker.scheduler.stop()
        broker.logs.shutdown(False)

    def start(self, broker_id: int) -> TestBroker:
        broker = self.brokers[broker_id] = TestBroker(self, broker_id)
        self.controller.register_brokers([broker.registration()])
        return broker

    # topics and data

    def create(self, name: str = "t", partitions: int = 1, replication: int = 3, **configs: str) -> None:
        options: dict[str, str | None] = {key.replace("_", "."): value for key, value in configs.items()}
        (result,) = self.controller.create_topics(
            [NewTopic(name=name, partitions=partitions, replication=replication, configs=options)]
        )
        if result.error is not None:
            raise result.error

    def create_on(self, name: str, replicas: list[int], **configs: str) -> None:
        options: dict[str, str | None] = {key.replace("_", "."): value for key, value in configs.items()}
        (result,) = self.controller.create_topics([NewTopic(name=name, assignments={0: replicas}, configs=options)])
        if result.error is not None:
            raise result.error

    def state(self, name: str = "t", index: int = 0) -> PartitionImage:
        found = self.cluster.image.partition(name, index)
        assert found is not None
        return found

    def leader(self, name: str = "t", index: int = 0) -> Partition:
        return self.brokers[self.state(name, index).leader].replicas.leader_partition(name, index)

    def replica(self, broker_id: int, name: str = "t", index: int = 0) -> Partition:
        found = self.brokers[broker_id].replicas.partition(name, index)
        assert found is not None
        return found

    def produce(
        self, *values: str, name: str = "t", index: int = 0, acks: int = -1, timeout_s: float = 20.0
    ) -> tuple[int, ErrorCode]:
        """One batch to the leader: its first offset and the outcome."""
        partition = self.leader(name, index)
        replicas = self.brokers[partition.broker_id].replicas
        now = self.clock.now_ms()
        batch = bytearray(build_batch([Record(n, now, b"k", value.encode()) for n, value in enumerate(values)]))
        appended = replicas.append(partition, batch, acks=acks)
        code = ErrorCode.NONE
        if acks == -1:
            (code,) = replicas.replicate_and_wait([appended], self.clock.monotonic() + timeout_s)
        return appended.first_offset, code

    def values(self, broker_id: int, name: str = "t", index: int = 0, *, committed: bool = True) -> list[str]:
        """What one broker's replica holds (up to its high watermark)."""
        replica = self.replica(broker_id, name, index)
        end = replica.high_watermark if committed else replica.log.log_end_offset
        return read_values(replica, end)

    def until(self, condition: object, seconds: float = 20.0) -> None:
        """Wait until a condition holds: looked at after each metadata change, and now and then, as data moves without one."""
        assert callable(condition)
        with self.changed:
            for _ in range(int(seconds / 0.01)):
                if condition():
                    return
                self.changed.wait(0.01)
        raise AssertionError("what was waited for did not happen")

    def in_sync(self, name: str = "t", index: int = 0) -> bool:
        return set(self.state(name, index).isr) == set(self.state(name, index).replicas)


def read_values(replica: Partition, end: int) -> list[str]:
    found: list[str] = []
    offset = replica.log.log_start_offset
    while offset < end:
        with replica.log.read(offset, 1 << 20, end=end) as piece:
            data = piece.read()
        for header, batch in iter_batches(data):
            found += [(row.value or b"").decode() for row in decode_records(batch)]
            offset = header.last_offset + 1
    return found


def tp(name: str = "t", index: int = 0) -> TopicPartition:
    return TopicPartition(name, index)
