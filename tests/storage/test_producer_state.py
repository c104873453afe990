"""Sequence numbers, epochs, duplicates and transactions of producers (rules 19 to 21)."""

from __future__ import annotations

import pytest

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.batch import RecordBatchHeader, parse_header
from desktop_broker.storage.producer_snapshot import DamagedSnapshotError, decode_snapshot, encode_snapshot
from desktop_broker.storage.producer_state import EndMarker, ProducerStates
from desktop_broker.storage.transaction_index import AbortedTransaction, decode_aborted, encode_aborted
from tests.storage.helpers import batch

MOST = 2**31 - 1


def header(
    sequence: int, *, count: int = 1, epoch: int = 0, producer: int = 1, transactional: bool = False
) -> RecordBatchHeader:
    values = [b"x"] * count
    data = batch(*values, producer=producer, epoch=epoch, sequence=sequence, is_transactional=transactional)
    return parse_header(data)


def write(states: ProducerStates, batch_header: RecordBatchHeader, offset: int) -> None:
    assert states.check(batch_header, from_client=True) is None
    states.append(batch_header, offset)


def refusal(states: ProducerStates, batch_header: RecordBatchHeader) -> ErrorCode:
    with pytest.raises(KafkaError) as refused:
        states.check(batch_header, from_client=True)
    return refused.value.code


def test_an_unknown_producer_may_start_anywhere_and_then_goes_on_by_one() -> None:
    states = ProducerStates()
    write(states, header(500, count=3), 0)
    write(states, header(503), 3)
    for wrong in (0, 502, 503 + 2, 600):
        assert refusal(states, header(wrong, count=2)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_sequences_wrap_at_the_largest_int32() -> None:
    states = ProducerStates()
    write(states, header(MOST - 1, count=3), 0)
    assert states.get(1).last_sequence == 0  # type: ignore[union-attr]
    write(states, header(1), 3)
    other = ProducerStates()
    write(other, header(MOST), 0)
    write(other, header(0), 1)


def test_a_new_epoch_starts_at_zero_and_an_old_one_is_refused() -> None:
    states = ProducerStates()
    write(states, header(0, epoch=3), 0)
    assert refusal(states, header(1, epoch=4)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    write(states, header(0, epoch=4), 1)
    assert refusal(states, header(1, epoch=3)) is ErrorCode.INVALID_PRODUCER_EPOCH
    assert states.get(1).duplicate_of(header(0, epoch=3)) is None  # type: ignore[union-attr]


def test_only_the_same_batch_is_a_duplicate() -> None:
    states = ProducerStates()
    write(states, header(0, count=2), 10)
    write(states, header(2, count=2), 12)
    repeated = states.check(header(0, count=2), from_client=True)
    assert repeated is not None
    assert (repeated.first_offset, repeated.last_offset) == (10, 11)
    assert refusal(states, header(0, count=1)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_transactions_hold_the_first_unstable_offset_until_their_marker_is_replicated() -> None:
    states = ProducerStates()
    assert states.first_unstable_offset(0) is None
    write(states, header(0, producer=1, transactional=True), 5)
    write(states, header(0, producer=2, transactional=True), 8)
    write(states, header(1, producer=1, transactional=True), 9)
    assert refusal(states, header(2, producer=1)) is ErrorCode.INVALID_TXN_STATE
    aborted = states.append_marker(header(-1, producer=1), 10, EndMarker(aborted=True, coordinator_epoch=3))
    assert aborted == AbortedTransaction(producer_id=1, first_offset=5, last_offset=10, last_stable_offset=8)
    assert states.first_unstable_offset(10) == 5
    assert states.first_unstable_offset(11) == 8
    assert states.append_marker(header(-1, producer=2), 11, EndMarker(aborted=False, coordinator_epoch=3)) is None
    assert states.first_unstable_offset(12) is None


def test_a_stale_coordinator_is_fenced() -> None:
    states = ProducerStates()
    write(states, header(0, transactional=True), 0)
    states.append_marker(header(-1), 1, EndMarker(aborted=False, coordinator_epoch=3))
    states.check_marker(header(-1), EndMarker(aborted=False, coordinator_epoch=3))
    with pytest.raises(KafkaError) as refused:
        states.check_marker(header(-1), EndMarker(aborted=False, coordinator_epoch=2))
    assert refused.value.code is ErrorCode.TRANSACTION_COORDINATOR_FENCED


def test_open_transactions_do_not_expire() -> None:
    states = ProducerStates()
    write(states, header(0, producer=1, transactional=True), 0)
    write(states, header(0, producer=2), 1)
    states.expire(1_700_000_000_000 + 100, 50)
    assert [producer_id for producer_id, _ in states.items()] == [1]


def test_a_snapshot_keeps_the_last_batch_and_the_open_transaction() -> None:
    states = ProducerStates()
    write(states, header(MOST, count=3, producer=4, epoch=2, transactional=True), 20)
    states.append_marker(header(-1, producer=5, epoch=1), 23, EndMarker(aborted=True, coordinator_epoch=9))
    restored = ProducerStates()
    restored.restore(decode_snapshot(encode_snapshot(states.snapshot())), 24)
    assert restored.snapshot() == states.snapshot()
    assert restored.end_offset == 24
    assert restored.first_unstable_offset(0) == 20
    repeated = restored.check(header(MOST, count=3, producer=4, epoch=2, transactional=True), from_client=True)
    assert repeated is not None
    assert repeated.first_offset == 20
    assert restored.get(5).coordinator_epoch == 9  # type: ignore[union-attr]


@pytest.mark.parametrize("position", [0, 1, 3, 7, 12, 40])
def test_a_damaged_snapshot_is_refused(position: int) -> None:
    states = ProducerStates()
    write(states, header(0), 0)
    content = bytearray(encode_snapshot(states.snapshot()))
    content[position] ^= 1
    with pytest.raises(DamagedSnapshotError):
        decode_snapshot(bytes(content))
    with pytest.raises(DamagedSnapshotError):
        decode_snapshot(b"")


def test_transaction_index_entries_take_34_bytes() -> None:
    entries = [AbortedTransaction(1, 2, 3, 4), AbortedTransaction(5, 6, 7, 8)]
    content = b"".join(map(encode_aborted, entries))
    assert len(content) == 68
    assert decode_aborted(content + b"torn") == entries
