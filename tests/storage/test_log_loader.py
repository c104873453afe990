"""Starts after a crash: whatever happened to the end of a file, everything sound before it is kept and nothing damaged is served."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.common.config import TopicConfig
from desktop_broker.common.events import EventKind
from desktop_broker.storage.errors import StorageError
from tests.storage.helpers import TP, Broker, batch, read_values

SMALL = TopicConfig(segment_bytes=1_500, index_interval_bytes=200)
COUNT = 30


def filled(folder: Path, *, flushed: int = 0) -> tuple[Broker, list[tuple[int, int, Path]]]:
    """A killed broker whose log has one record per batch; and for each its (position, end, file)."""
    broker = Broker(folder, SMALL)
    log = broker.log()
    for number in range(COUNT):
        log.append_as_leader(batch(b"value %02d " % number + b"x" * 60, producer=7, sequence=number), 4)
        if number + 1 == flushed:
            log.flush()
            broker.manager.checkpoint()
    places = []
    for segment in log.describe_segments():
        size = segment.size_bytes // (segment.next_offset - segment.base_offset)
        for offset in range(segment.base_offset, segment.next_offset):
            start = (offset - segment.base_offset) * size
            places.append((start, start + size, Path(segment.path)))
    broker.manager.shutdown(False)
    return broker, places


def damage_at(path: Path, position: int, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1 << bit
    path.write_bytes(content)


def expected_values(count: int) -> list[tuple[int, bytes]]:
    return [(number, b"value %02d " % number + b"x" * 60) for number in range(count)]


@given(number=st.integers(0, COUNT - 1), where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_cuts_the_log_there(
    number: int, where: float, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    broker, places = filled(tmp_path_factory.mktemp("log"))
    start, end, path = places[number]
    # The first 8 bytes are the offset and bytes 12 to 15 the leader epoch: both lie outside of the checksum.
    position = start + 16 + int(where * (end - start - 16))
    damage_at(path, position, bit)
    broker.start()
    log = broker.log()
    assert log.log_end_offset == number
    assert read_values(log) == expected_values(number)
    (event,) = broker.events_of(EventKind.LOG_DAMAGED)
    assert (event.details["file"], event.details["position"]) == (str(path), start)
    assert event.details["lost_bytes"] == (COUNT - number) * (end - start)
    assert not [name for name in path.parent.glob("*.log") if int(name.stem) > number]
    log.append_as_leader(batch(b"new", producer=7, sequence=number), 5)
    assert read_values(log, number) == [(number, b"new")]
    broker.manager.shutdown(True)


@given(number=st.integers(0, COUNT - 1), cut=st.integers(1, 10_000))
def test_a_file_cut_anywhere_keeps_the_whole_batches(
    number: int, cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    broker, places = filled(tmp_path_factory.mktemp("log"))
    start, end, path = places[number]
    inside = start + 1 + cut % (end - start - 1)
    path.write_bytes(path.read_bytes()[:inside])
    broker.start()
    log = broker.log()
    assert read_values(log) == expected_values(number)
    assert path.stat().st_size == start
    producer = log.producers.get(7)
    assert (producer.last_sequence if producer else -1) == number - 1
    broker.manager.shutdown(False)


@pytest.mark.parametrize("bit", range(2, 8))
def test_offsets_that_jump_are_found_though_no_checksum_covers_them(bit: int, tmp_path: Path) -> None:
    broker, places = filled(tmp_path)
    start, _, path = places[3]
    damage_at(path, start + 3, bit)  # far beyond what one segment can hold
    broker.start()
    assert read_values(broker.log()) == expected_values(3)


def test_only_what_lies_behind_the_recovery_point_is_checked(tmp_path: Path) -> None:
    broker, places = filled(tmp_path, flushed=25)
    broker.start()
    (recovered,) = broker.report.recovered
    assert 0 < recovered.checked_bytes < sum(end - start for start, end, _ in places) / 2
    assert broker.log().log_end_offset == COUNT
    assert broker.log().producers.get(7).last_sequence == COUNT - 1  # type: ignore[union-attr]


def test_a_crash_in_the_middle_of_a_clean_up_is_finished(tmp_path: Path) -> None:
    broker, places = filled(tmp_path)
    folder = places[0][2].parent
    second = places[10][2]
    second.rename(second.with_suffix(".log.swap"))
    for name in (
        "00000000000000000900.log.deleted",
        "00000000000000000900.index.cleaned",
        "00000000000000000900.index",
    ):
        (folder / name).write_bytes(b"left over")
    broker.start()
    assert read_values(broker.log()) == expected_values(COUNT)
    assert not [path.name for path in folder.iterdir() if "900" in path.name or path.suffix in (".swap", ".deleted")]


def test_recovery_rebuilds_indexes_epochs_and_snapshots(tmp_path: Path) -> None:
    broker, places = filled(tmp_path)
    folder = places[0][2].parent
    for path in folder.iterdir():
        if path.suffix in (".index", ".timeindex", ".snapshot") or path.name == "leader-epoch-checkpoint":
            path.unlink()
    broker.start()
    log = broker.log()
    assert log.leader_epochs.entries == ((4, 0),)
    log.close()
    bases = {path.stem for path in folder.glob("*.log")}
    assert {path.stem for path in folder.glob("*.index")} == bases
    assert all((folder / f"{base}.timeindex").stat().st_size for base in bases)
    assert {path.stem for path in folder.glob("*.snapshot")} == {*sorted(bases)[1:], f"{COUNT:020d}"}


def test_a_damaged_snapshot_is_replaced_by_a_replay(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.log().append_as_leader(batch(b"a", producer=7, sequence=0), 0)
    broker.manager.shutdown(True)
    path = tmp_path / str(TP) / f"{1:020d}.snapshot"
    path.write_bytes(path.read_bytes()[:-1])
    broker.start()
    assert broker.report.clean
    assert broker.log().append_as_leader(batch(b"a", producer=7, sequence=0), 0).duplicate


def test_a_clean_start_opens_no_segment(tmp_path: Path) -> None:
    broker, _ = filled(tmp_path)
    broker.start()
    broker.log()
    assert broker.restart(clean=True).log_end_offset == COUNT
    assert broker.report.clean
    assert broker.manager.open_files == 0


def test_a_segment_that_ends_elsewhere_than_the_clean_shutdown_said_is_not_written_to(tmp_path: Path) -> None:
    broker, places = filled(tmp_path)
    broker.start()
    broker.manager.shutdown(True)
    start, _, path = places[-1]
    path.write_bytes(path.read_bytes()[:start])
    broker.start()
    log = broker.log()
    with pytest.raises(StorageError, match="ends at offset"):
        log.append_as_leader(batch(b"a"), 0)
    log.reopen()
    assert log.append_as_leader(batch(b"a"), 4).first_offset == COUNT - 1


def test_a_log_with_a_broken_epoch_file_is_left_out_and_the_others_go_on(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.log().append_as_leader(batch(b"a"), 2)
    other = TP._replace(partition=1)
    broker.log(other).append_as_leader(batch(b"b"), 2)
    broker.manager.shutdown(True)
    (tmp_path / str(TP) / "leader-epoch-checkpoint").write_text("nonsense")
    broker.start()
    assert list(broker.report.offline) == [TP]
    assert broker.manager.get(TP) is None
    assert read_values(broker.log(other)) == [(0, b"b")]
    (event,) = broker.events_of(EventKind.LOG_OFFLINE)
    assert "leader-epoch-checkpoint" in str(event.details["reason"])


def test_a_log_whose_end_was_lost_below_its_start_goes_on_at_the_start(tmp_path: Path) -> None:
    broker, places = filled(tmp_path)
    broker.start()
    broker.log().delete_records(25)
    broker.manager.checkpoint()
    broker.manager.shutdown(False)
    for path in {path for _, _, path in places if path.exists()}:
        path.write_bytes(b"")
    broker.start()
    log = broker.log()
    assert (log.log_start_offset, log.log_end_offset) == (25, 25)
    assert log.append_as_leader(batch(b"next"), 5).first_offset == 25
    assert broker.restart(clean=False).log_end_offset == 26
