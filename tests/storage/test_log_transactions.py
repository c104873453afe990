"""Transactions in a log: markers, the transaction index, the first unstable offset, over crashes and truncation."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.batch import Record, build_batch
from desktop_broker.storage.log import AppendOrigin, Log
from desktop_broker.storage.transaction_index import AbortedTransaction
from tests.storage.helpers import TP, Broker, batch
from tests.support.apache_kafka import run_tool


def marker(producer: int, *, commit: bool, epoch: int = 0, coordinator_epoch: int = 1) -> bytes:
    key, value = struct.pack(">hh", 0, int(commit)), struct.pack(">hi", 0, coordinator_epoch)
    record = Record(0, 1_700_000_000_000, key, value)
    return build_batch([record], producer_id=producer, producer_epoch=epoch, is_control=True, is_transactional=True)


def write(log: Log, producer: int, sequence: int) -> None:
    log.append_as_leader(batch(b"x", producer=producer, sequence=sequence, is_transactional=True), 0)


def end(log: Log, producer: int, *, commit: bool, coordinator_epoch: int = 1) -> None:
    data = marker(producer, commit=commit, coordinator_epoch=coordinator_epoch)
    log.append_as_leader(data, 0, origin=AppendOrigin.COORDINATOR)


@pytest.fixture
def broker(tmp_path: Path) -> Broker:
    """Producer 1 aborts offsets 0 to 3, producer 2 commits 1 to 4, producer 3 aborts 5 to 7, producer 1 is open from 6 on."""
    broker = Broker(tmp_path)
    log = broker.log()
    write(log, 1, 0)
    write(log, 2, 0)
    write(log, 1, 1)
    end(log, 1, commit=False)
    end(log, 2, commit=True)
    write(log, 3, 0)
    write(log, 1, 2)
    end(log, 3, commit=False)
    return broker


ABORTED = [AbortedTransaction(1, 0, 3, 1), AbortedTransaction(3, 5, 7, 6)]


@pytest.mark.parametrize("restart", ["none", "clean", "crash"])
def test_what_was_aborted_and_what_is_open_is_known(restart: str, broker: Broker) -> None:
    log = broker.log() if restart == "none" else broker.restart(clean=restart == "clean")
    assert log.aborted_transactions(0, 8) == ABORTED
    assert log.aborted_transactions(4, 8) == ABORTED[1:]
    assert log.aborted_transactions(0, 5) == ABORTED[:1]
    assert log.first_unstable_offset(8) == 6
    end(log, 1, commit=True)
    assert log.first_unstable_offset(8) == 6
    assert log.first_unstable_offset(9) is None


def test_truncation_takes_markers_back(broker: Broker) -> None:
    log = broker.log()
    log.truncate_to(7)
    assert log.aborted_transactions(0, 8) == ABORTED[:1]
    assert log.first_unstable_offset(7) == 5
    log.truncate_to(3)
    assert log.aborted_transactions(0, 8) == []
    assert log.first_unstable_offset(3) == 0


def test_a_stale_coordinator_cannot_end_a_transaction(broker: Broker) -> None:
    log = broker.log()
    with pytest.raises(KafkaError) as refused:
        end(log, 1, commit=True, coordinator_epoch=0)
    assert refused.value.code is ErrorCode.TRANSACTION_COORDINATOR_FENCED
    assert log.log_end_offset == 8


def test_followers_learn_the_same(broker: Broker, tmp_path: Path) -> None:
    follower = Broker(tmp_path / "follower", TopicConfig(index_interval_bytes=0)).log()
    with broker.log().read(0, 1 << 20, end=8) as piece:
        follower.append_as_follower(piece.read())
    assert follower.aborted_transactions(0, 8) == ABORTED
    assert follower.first_unstable_offset(8) == 6


def test_apache_kafka_reads_the_transaction_index(broker: Broker) -> None:
    broker.manager.shutdown(True)
    folder = broker.folder / str(TP)
    text = run_tool("dump-log", "--files", f"{folder / f'{0:020d}.txnindex'},{folder / f'{8:020d}.snapshot'}")
    assert text.count("version: 0 producerId:") == 2
    assert "producerId: 3 firstOffset: 5 lastOffset: 7 lastStableOffset: 6" in text
    assert "currentTxnFirstOffset: OptionalLong[6]" in text
