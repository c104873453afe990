"""Leader epochs answer where a replica diverges (KIP-101, KIP-279), and survive in Kafka's checkpoint file."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.files import FileLayer
from desktop_broker.storage.leader_epochs import LeaderEpochs


@pytest.fixture
def epochs(tmp_path: Path) -> LeaderEpochs:
    epochs = LeaderEpochs(tmp_path, FileLayer())
    for epoch, start in ((2, 10), (4, 20), (7, 35)):
        epochs.assign(epoch, start)
    return epochs


@pytest.mark.parametrize(
    ("asked", "answer"),
    [(-1, (-1, -1)), (1, (1, 10)), (2, (2, 20)), (3, (2, 20)), (4, (4, 35)), (6, (4, 35)), (7, (7, 50)), (8, (-1, -1))],
)
def test_the_end_of_an_epoch(asked: int, answer: tuple[int, int], epochs: LeaderEpochs) -> None:
    assert epochs.end_offset_for(asked, 50) == answer


def test_an_empty_cache_knows_nothing(tmp_path: Path) -> None:
    epochs = LeaderEpochs.load(tmp_path, FileLayer())
    assert (epochs.latest(), epochs.end_offset_for(0, 5), epochs.epoch_of(3)) == (-1, (-1, -1), -1)


@pytest.mark.parametrize(("offset", "epoch"), [(9, -1), (10, 2), (19, 2), (20, 4), (34, 4), (35, 7), (99, 7)])
def test_the_epoch_of_an_offset(offset: int, epoch: int, epochs: LeaderEpochs) -> None:
    assert epochs.epoch_of(offset) == epoch


def test_an_assignment_removes_what_contradicts_it(epochs: LeaderEpochs) -> None:
    epochs.assign(7, 60)
    assert epochs.entries == ((2, 10), (4, 20), (7, 35))
    epochs.assign(8, 35)
    assert epochs.entries == ((2, 10), (4, 20), (8, 35))
    epochs.assign(3, 25)
    assert epochs.entries == ((2, 10), (3, 25))


def test_truncation_at_both_ends(epochs: LeaderEpochs) -> None:
    epochs.truncate_from_end(35)
    assert epochs.entries == ((2, 10), (4, 20))
    epochs.truncate_from_start(15)
    assert epochs.entries == ((2, 15), (4, 20))
    epochs.truncate_from_start(5)
    assert epochs.entries == ((2, 15), (4, 20))
    epochs.truncate_from_start(20)
    assert epochs.entries == ((4, 20),)
    epochs.truncate_from_start(30)
    assert epochs.entries == ((4, 30),)
    epochs.clear()
    assert epochs.latest() == -1


def test_the_file_is_kafkas(epochs: LeaderEpochs, tmp_path: Path) -> None:
    epochs.sync()
    assert (tmp_path / "leader-epoch-checkpoint").read_text() == "0\n3\n2 10\n4 20\n7 35\n"
    assert LeaderEpochs.load(tmp_path, FileLayer()).entries == epochs.entries


@pytest.mark.parametrize("text", ["1\n0\n", "0\n2\n1 1\n", "0\n1\none 1\n", "0\n1\n1\n", "0\n"])
def test_a_damaged_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "leader-epoch-checkpoint").write_text(text)
    with pytest.raises(StorageError, match="leader-epoch-checkpoint"):
        LeaderEpochs.load(tmp_path, FileLayer())


@given(assignments=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 100)), max_size=15))
def test_epochs_and_starts_always_rise(
    assignments: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("epochs")
    epochs = LeaderEpochs(folder, FileLayer())
    for epoch, start in assignments:
        epochs.assign(epoch, start)
        assert epochs.latest() == epoch
    entries = epochs.entries
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(entries))
    assert LeaderEpochs.load(folder, FileLayer()).entries == entries
