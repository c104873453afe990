"""Sparse indexes: what is in memory and what is on disk answer alike, and alike to a plain scan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.storage.files import FileLayer, FilePool, SegmentFile
from desktop_broker.storage.index import LiveIndex, SavedIndex

sizes = st.lists(st.tuples(st.integers(1, 3), st.integers(61, 900), st.integers(-1, 500)), max_size=60)


def build(batches: list[tuple[int, int, int]], interval: int) -> tuple[LiveIndex, list[tuple[int, int, int]]]:
    """A live index over batches of (records, bytes, timestamp); and what it was told: (last offset, position, end)."""
    index, told, offset, position, newest = LiveIndex(), [], -1, 0, (-1, 0)
    for count, size, timestamp in batches:
        offset += count
        if timestamp > newest[0]:
            newest = (timestamp, offset)
        index.add(offset, position, size, interval, *newest)
        told.append((offset, position, position + size))
        position += size
    index.add_time(*newest)
    return index, told


@given(batches=sizes, interval=st.integers(0, 1500))
def test_memory_and_disk_answer_alike(
    batches: list[tuple[int, int, int]], interval: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("index")
    live, told = build(batches, interval)
    size = told[-1][2] if told else 0
    files = FileLayer()
    pool = FilePool(files)
    offset_file, time_file = SegmentFile(pool, str(folder / "index")), SegmentFile(pool, str(folder / "timeindex"))
    live.save(offset_file, time_file, files)
    saved = SavedIndex(offset_file, time_file, files)
    for relative in range(-1, (told[-1][0] if told else 0) + 2):
        assert saved.position_below(relative, size) == live.position_below(relative)
    for position in range(0, size + 100, 50):
        assert saved.position_of(position) == live.position_of(position)
    for timestamp in range(-1, 501, 10):
        assert saved.time_below(timestamp) == live.time_below(timestamp)
    assert (saved.newest() or (-1, 0)) == live.newest()
    again = LiveIndex()
    loaded = again.load(*saved.read_all(), size)
    assert loaded == (bool(live.times) or not size)
    if loaded:
        assert (again.offsets, again.positions) == (live.offsets, live.positions)
        assert (again.times, again.time_offsets) == (live.times, live.time_offsets)
    pool.close_all()


@given(batches=sizes, interval=st.integers(0, 1500))
def test_a_look_up_never_passes_its_batch(batches: list[tuple[int, int, int]], interval: int) -> None:
    live, told = build(batches, interval)
    first = 0
    for last, position, end in told:
        for relative in range(first, last + 1):
            assert live.position_below(relative) <= position
        found = live.recent_boundary(end, 10**6, told[-1][2])
        assert found == end
        first = last + 1


@pytest.mark.parametrize("damage", [b"\0", b"\0\0\0\1\0\0\0\1" * 2, b"\0\0\0\1\x7f\0\0\0", b"\xff" * 8])
def test_entries_that_make_no_sense_are_not_taken(damage: bytes) -> None:
    time_entry = bytes(12)
    assert LiveIndex().load(b"", time_entry, 100)
    assert not LiveIndex().load(damage, time_entry, 100)
    assert not LiveIndex().load(b"", damage[:1] + time_entry, 100)
    assert not LiveIndex().load(b"", b"", 100)
