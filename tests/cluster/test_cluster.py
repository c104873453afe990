"""A whole cluster without sockets: replication, brokers that stop, die and return, the controller's seat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_broker.cluster.requests import NewTopic
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind
from desktop_broker.protocol.batch import Record, build_batch
from tests.cluster.harness import TestCluster, tp


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[TestCluster]:
    with TestCluster(tmp_path) as running:
        yield running


def test_acks_all_reaches_every_replica_before_it_is_acknowledged(cluster: TestCluster) -> None:
    cluster.create()
    assert cluster.produce("a", "b") == (0, ErrorCode.NONE)
    assert cluster.produce("c") == (2, ErrorCode.NONE)
    for broker in (1, 2, 3):
        assert cluster.values(broker, committed=False) == ["a", "b", "c"]
        assert cluster.replica(broker).high_watermark == 3


def test_acks_one_is_brought_forward_by_the_fetchers(cluster: TestCluster) -> None:
    cluster.create()
    for number in range(20):
        cluster.produce(str(number), acks=1)
    cluster.until(lambda: all(cluster.replica(broker).high_watermark == 20 for broker in (1, 2, 3)))
    assert cluster.values(1) == cluster.values(2) == cluster.values(3)


def test_a_stopped_broker_hands_over_and_catches_up_on_return(cluster: TestCluster) -> None:
    cluster.create()
    cluster.produce("a")
    gone = cluster.state().leader
    cluster.stop(gone)
    assert cluster.state().leader not in (gone, -1)
    assert gone not in cluster.state().isr
    assert cluster.produce("b") == (1, ErrorCode.NONE)
    cluster.start(gone)
    cluster.until(cluster.in_sync)
    cluster.until(lambda: cluster.values(gone) == ["a", "b"])
    kinds = [event.kind for event in cluster.events.after(0)]
    assert EventKind.LEADER_ELECTED in kinds
    assert EventKind.ISR_EXPANDED in kinds


def test_a_killed_broker_writes_nothing_more_and_returns(cluster: TestCluster) -> None:
    cluster.create()
    cluster.produce("a")
    leader = cluster.leader()
    manager = cluster.brokers[leader.broker_id].replicas
    cluster.kill(leader.broker_id)
    with pytest.raises(KafkaError) as refused:
        manager.append(leader, build_batch([Record(0, 0, None, b"ghost")]), acks=1)
    assert refused.value.code in (ErrorCode.NOT_LEADER_OR_FOLLOWER, ErrorCode.KAFKA_STORAGE_ERROR)
    assert cluster.produce("b") == (1, ErrorCode.NONE)
    cluster.start(leader.broker_id)
    cluster.until(cluster.in_sync)
    assert cluster.values(leader.broker_id, committed=False) == ["a", "b"]


def test_a_diverged_follower_truncates_to_the_leaders_epoch(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.produce("a")
    for other in (2, 3):
        cluster.cluster.links.link(1, other).cut = True
    cluster.produce("lost", "lost too", acks=1)
    assert cluster.values(1, committed=False) == ["a", "lost", "lost too"]
    assert cluster.replica(1).high_watermark == 1
    cluster.kill(1)
    assert cluster.state().leader == 2
    assert cluster.produce("b") == (1, ErrorCode.NONE)
    for other in (2, 3):
        cluster.cluster.links.link(1, other).cut = False
    cluster.start(1)
    cluster.until(cluster.in_sync)
    assert cluster.values(1, committed=False) == ["a", "b"]


def test_min_insync_replicas_before_the_append(cluster: TestCluster) -> None:
    cluster.create(min_insync_replicas="2")
    leader = cluster.state().leader
    others = [broker for broker in (1, 2, 3) if broker != leader]
    cluster.kill(others[0])
    assert cluster.produce("a") == (0, ErrorCode.NONE)
    cluster.stop(others[1])
    with pytest.raises(KafkaError) as refused:
        cluster.produce("b")
    assert refused.value.code is ErrorCode.NOT_ENOUGH_REPLICAS
    assert cluster.values(leader, committed=False) == ["a"]


def test_without_a_majority_nothing_changes_and_then_it_resumes(cluster: TestCluster) -> None:
    cluster.create()
    cluster.kill(1)
    cluster.kill(2)
    assert cluster.cluster.image.controller_id == -1
    with pytest.raises(KafkaError, match="1 of 3 brokers is up, and changes need 2") as refused:
        cluster.controller.create_topics([NewTopic(name="later")])
    assert refused.value.code is ErrorCode.NOT_CONTROLLER
    cluster.start(1)
    cluster.create("later", replication=2)
    assert cluster.cluster.image.controller_id in (1, 3)
    cluster.start(2)
    cluster.until(cluster.in_sync)


def test_the_seat_moves_when_its_broker_goes(cluster: TestCluster) -> None:
    first = cluster.cluster.image.controller_id
    epoch = cluster.cluster.image.epoch
    cluster.kill(first)
    assert cluster.cluster.image.controller_id not in (first, -1)
    assert cluster.cluster.image.epoch > epoch
    cluster.create("made-by-the-new-one", replication=2)
    cluster.start(first)
    cluster.until(lambda: cluster.brokers[first].replicas.image is cluster.cluster.image)


@pytest.mark.parametrize("clean", [True, False])
def test_everything_survives_a_restart(cluster: TestCluster, clean: bool) -> None:
    cluster.create("t", partitions=3)
    cluster.create("other", replication=1, retention_ms="1000")
    cluster.produce("a", index=1)
    ids = cluster.controller.allocate_producer_ids(1)
    before = cluster.cluster.image
    cluster.restart(clean=clean)
    after = cluster.cluster.image
    assert set(after.topics) == {"t", "other"}
    assert after.topics["t"].id == before.topics["t"].id
    assert after.topic_overrides("other") == {"retention.ms": "1000"}
    assert cluster.in_sync("t", 1)
    assert {cluster.state("t", index).leader for index in range(3)} == {1, 2, 3}
    assert cluster.values(cluster.state("t", 1).leader, index=1, committed=False) == ["a"]
    assert cluster.produce("b", index=1) == (1, ErrorCode.NONE)
    assert cluster.controller.allocate_producer_ids(2).start == ids.stop


def test_a_deleted_topic_goes_from_every_folder_also_of_a_broker_that_was_down(cluster: TestCluster) -> None:
    cluster.create()
    cluster.produce("a")
    cluster.kill(3)
    cluster.controller.delete_topics(["t"])
    cluster.create("t", replication=2)
    cluster.start(3)
    assert cluster.brokers[3].logs.get(tp()) is None or cluster.values(3, committed=False) == []
    assert cluster.produce("new") == (0, ErrorCode.NONE)


def test_preferred_leaders_are_restored(cluster: TestCluster) -> None:
    cluster.create_on("t", [2, 1, 3])
    cluster.stop(2)
    assert cluster.state().leader == 1
    cluster.start(2)
    cluster.until(cluster.in_sync)
    cluster.controller.restore_preferred_leaders()
    assert cluster.state().leader == 2
    with pytest.raises(KafkaError) as unneeded:
        raise cluster.controller.elect_leaders([tp()], unclean=False)[tp()] or AssertionError
    assert unneeded.value.code is ErrorCode.ELECTION_NOT_NEEDED


def test_an_unclean_election_only_where_it_is_allowed(cluster: TestCluster) -> None:
    cluster.create_on("safe", [1, 2])
    cluster.create_on("risky", [1, 2], unclean_leader_election_enable="true")
    for name in ("safe", "risky"):
        cluster.produce("a", name=name)
    cluster.kill(2)
    for name in ("safe", "risky"):
        cluster.produce("only on 1", name=name)
    cluster.cluster.links.link(1, 2).cut = True
    cluster.start(2)
    cluster.kill(1)
    assert cluster.state("safe").leader == -1
    assert cluster.state("risky").leader == 2
    assert cluster.values(2, "risky", committed=False) == ["a"]
    cluster.cluster.links.link(1, 2).cut = False
    cluster.start(1)
    cluster.until(lambda: cluster.in_sync("safe") and cluster.in_sync("risky"))
    assert cluster.values(2, "safe", committed=False) == ["a", "only on 1"]
    assert cluster.values(1, "risky", committed=False) == ["a"]
