"""Brokers stop, die, return, links are cut and heal, in any order: what acks=all acknowledged is never lost, and all replicas end equal."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from desktop_broker.common.errors import ErrorCode, KafkaError
from tests.cluster.harness import TestCluster

BROKERS = st.sampled_from([1, 2, 3])
PAIRS = st.sampled_from([(1, 2), (1, 3), (2, 3)])
PARTITIONS = st.sampled_from([0, 1])


class ClusterMachine(RuleBasedStateMachine):
    """Two partitions with three replicas; every value is written once.

    What a rule finds depends on elections, which are not hypothesis' to repeat: so no rule has a precondition, each looks for itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp(prefix="cluster-model-"))
        # One batch per pull, so that a follower that returns is behind for a while.
        self.cluster = TestCluster(self.directory, configs={"replica.fetch.max.bytes": "1"})
        self.cluster.create(partitions=2)
        self.written = 0
        self.acknowledged: dict[int, list[str]] = {0: [], 1: []}

    @rule(partition=PARTITIONS, count=st.integers(1, 3))
    def produce_acks_all(self, partition: int, count: int) -> None:
        values = self._values(count)
        if self._produce(values, partition, -1) is ErrorCode.NONE:
            self.acknowledged[partition] += values

    @rule(partition=PARTITIONS)
    def produce_acks_one(self, partition: int) -> None:
        self._produce(self._values(1), partition, 1)

    @rule(broker=BROKERS, controlled=st.booleans())
    def take_down(self, broker: int, controlled: bool) -> None:
        if len(self.cluster.brokers) <= 1:
            return
        if broker not in self.cluster.brokers:
            return
        if controlled and len(self.cluster.brokers) == 3:
            self.cluster.stop(broker)
        else:
            self.cluster.kill(broker)

    @rule(partition=PARTITIONS, reached=st.integers(0, 3))
    def leader_is_cut_off_writes_and_dies(self, partition: int, reached: int) -> None:
        """`reached`: the one follower, if any, that it still reaches."""
        if len(self.cluster.brokers) < 3:
            return
        leader = self.cluster.state(index=partition).leader
        for other in {1, 2, 3} - {leader}:
            self.cluster.cluster.links.link(leader, other).cut = other != reached
        self.produce_acks_all(partition, 1)
        if leader in self.cluster.brokers:
            self.cluster.kill(leader)
        for other in {1, 2, 3} - {leader}:
            self.cluster.cluster.links.link(leader, other).cut = False

    @rule(partition=PARTITIONS)
    def follower_misses_much_and_leader_dies_on_its_return(self, partition: int) -> None:
        if len(self.cluster.brokers) < 3:
            return
        leader = self.cluster.state(index=partition).leader
        follower = min({1, 2, 3} - {leader})
        self.cluster.kill(follower)
        for _ in range(8):
            self.produce_acks_all(partition, 1)
        self.cluster.start(follower)
        leader = self.cluster.state(index=partition).leader
        if leader in self.cluster.brokers:
            self.cluster.kill(leader)

    @rule(broker=BROKERS)
    def bring_up(self, broker: int) -> None:
        if broker not in self.cluster.brokers:
            self.cluster.start(broker)

    @rule(pair=PAIRS, cut=st.booleans())
    def cut_or_heal(self, pair: tuple[int, int], cut: bool) -> None:
        self.cluster.cluster.links.link(*pair).cut = cut

    @rule(pair=PAIRS, slow=st.booleans())
    def slow_or_fast(self, pair: tuple[int, int], slow: bool) -> None:
        self.cluster.cluster.links.link(*pair).delay_ms = 2 if slow else 0

    @rule(clean=st.booleans())
    def restart_everything(self, clean: bool) -> None:
        if len(self.cluster.brokers) < 3:
            return
        self.cluster.restart(clean=clean)

    @rule()
    def restore_preferred(self) -> None:
        if len(self.cluster.brokers) < 3:
            return
        self.cluster.controller.restore_preferred_leaders()

    def teardown(self) -> None:
        try:
            self._heal()
            for partition in (0, 1):
                self._check(partition)
            self.cluster.__exit__()
        finally:
            if self.cluster.brokers:
                self.cluster.close(clean=False)
            shutil.rmtree(self.directory, ignore_errors=True)

    def _heal(self) -> None:
        for pair in ((1, 2), (1, 3), (2, 3)):
            link = self.cluster.cluster.links.link(*pair)
            link.cut, link.delay_ms = False, 0
        for broker in (1, 2, 3):
            if broker not in self.cluster.brokers:
                self.cluster.start(broker)

    def _check(self, partition: int) -> None:
        cluster = self.cluster
        cluster.until(lambda: cluster.in_sync(index=partition))
        cluster.until(
            lambda: (
                len({cluster.replica(broker, index=partition).high_watermark for broker in (1, 2, 3)}) == 1
                and cluster.leader(index=partition).high_watermark == cluster.leader(index=partition).log.log_end_offset
            )
        )
        found = [cluster.values(broker, index=partition) for broker in (1, 2, 3)]
        assert found[0] == found[1] == found[2]
        acknowledged = set(self.acknowledged[partition])
        assert [value for value in found[0] if value in acknowledged] == self.acknowledged[partition]

    def _produce(self, values: list[str], partition: int, acks: int) -> ErrorCode:
        if self.cluster.state(index=partition).leader not in self.cluster.brokers:
            return ErrorCode.LEADER_NOT_AVAILABLE
        try:
            return self.cluster.produce(*values, index=partition, acks=acks, timeout_s=0.03)[1]
        except KafkaError as error:
            return error.code

    def _values(self, count: int) -> list[str]:
        self.written += count
        return [str(self.written - number) for number in range(count)]


TestClusterModel = ClusterMachine.TestCase
TestClusterModel.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
