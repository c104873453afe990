"""Old segments go by time and by size, never beyond the high watermark."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_broker.common.config import TopicConfig
from desktop_broker.storage.log import Log
from tests.storage.helpers import TP, Broker, batch

SIZE = len(batch(b"x" * 100))
DAY_MS = 86_400_000


def one_batch_per_segment(folder: Path, *, count: int = 5, **config: int | tuple[str, ...]) -> tuple[Broker, Log]:
    """Segment n holds one record, n seconds younger than the first; the clock stands at the last one's time."""
    broker = Broker(folder, TopicConfig(segment_bytes=SIZE + 10, **config))  # type: ignore[arg-type]
    log = broker.log()
    start = broker.now_ms
    for number in range(count):
        log.append_as_leader(batch(b"x" * 100, timestamp=start + 1000 * number), 0)
    broker.clock.advance(count - 1)
    return broker, log


def bases(log: Log) -> list[int]:
    return [segment.base_offset for segment in log.describe_segments()]


def test_segments_whose_newest_record_is_too_old_go(tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, retention_ms=2000)
    assert log.maintain(broker.now_ms, 5) == 2
    assert (bases(log), log.log_start_offset) == ([2, 3, 4], 2)
    assert log.maintain(broker.now_ms, 5) == 0


def test_an_active_segment_that_is_too_old_is_rolled_away(tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, retention_ms=2000)
    broker.clock.advance(100)
    assert log.maintain(broker.now_ms, 5) == 5
    assert (bases(log), log.log_start_offset, log.log_end_offset) == ([5], 5, 5)
    assert log.maintain(broker.now_ms, 5) == 0
    assert log.append_as_leader(batch(b"next"), 0).first_offset == 5


def test_the_oldest_go_until_the_size_fits(tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, retention_ms=-1, retention_bytes=3 * SIZE - 1)
    assert log.maintain(broker.now_ms, 5) == 2
    assert bases(log) == [2, 3, 4]


def test_a_segment_stays_while_the_log_would_become_smaller_than_allowed(tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, retention_ms=-1, retention_bytes=4 * SIZE + 1)
    assert log.maintain(broker.now_ms, 5) == 0


@pytest.mark.parametrize(("high_watermark", "gone"), [(0, 0), (1, 1), (2, 2), (5, 4)])
def test_nothing_goes_that_is_not_replicated(high_watermark: int, gone: int, tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, retention_ms=-1, retention_bytes=SIZE)
    assert log.maintain(broker.now_ms, high_watermark) == gone


def test_compacted_topics_keep_everything(tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, cleanup_policy=("compact",), retention_ms=1, retention_bytes=1)
    assert log.maintain(broker.now_ms + DAY_MS, 5) == 0


def test_records_without_times_age_with_their_file(tmp_path: Path) -> None:
    broker = Broker(tmp_path, TopicConfig(retention_ms=1000))
    log = broker.log()
    log.append_as_leader(batch(b"x", timestamp=-1), 0)
    modified = (tmp_path / str(TP) / f"{0:020d}.log").stat().st_mtime_ns // 1_000_000
    assert log.maintain(modified + 1000, 1) == 0
    assert log.maintain(modified + 1001, 1) == 1


def test_files_stay_for_a_while_under_another_name(tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, retention_ms=2000, file_delete_delay_ms=5000)
    folder = tmp_path / str(TP)
    log.maintain(broker.now_ms, 5)
    gone = {path.name for path in folder.glob("*.deleted")}
    assert {f"{0:020d}{kind}.deleted" for kind in (".log", ".index", ".timeindex")} <= gone
    broker.clock.advance(4)
    broker.scheduler.run()
    assert {path.name for path in folder.glob("*.deleted")} == gone
    broker.clock.advance(1)
    broker.scheduler.run()
    assert not list(folder.glob("*.deleted"))


def test_the_manager_does_it_for_all_logs_it_is_given_a_high_watermark_for(tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, retention_ms=2000)
    broker.manager.maintain(lambda tp: None)
    assert len(bases(log)) == 5
    broker.manager.maintain(lambda tp: 5)
    assert bases(log) == [2, 3, 4]
    assert broker.restart(clean=False).log_start_offset == 2


def test_idle_producers_are_forgotten_after_a_day(tmp_path: Path) -> None:
    broker, log = one_batch_per_segment(tmp_path, retention_ms=-1)
    log.append_as_leader(batch(b"a", timestamp=broker.now_ms, producer=1, sequence=0), 0)
    log.maintain(broker.now_ms + DAY_MS - 1, 6)
    assert log.producers.get(1) is not None
    log.maintain(broker.now_ms + DAY_MS, 6)
    assert log.producers.get(1) is None
    assert log.append_as_leader(batch(b"a", producer=1, sequence=77), 0).first_offset == 6
