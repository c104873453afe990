"""What a cluster was created with: kept, applied again, and refused in words when it does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_broker.broker.cluster_spec import FILE_NAME, Wishes, load, resolve, save
from desktop_broker.broker.errors import EngineError
from desktop_broker.common.types import Endpoint


def test_a_new_cluster_has_three_brokers_from_9092_up(tmp_path: Path) -> None:
    spec = resolve(tmp_path, Wishes())
    assert [(broker.id, broker.port, broker.rack) for broker in spec.brokers] == [
        (1, 9092, "RACK1"),
        (2, 9093, "RACK2"),
        (3, 9094, "RACK3"),
    ]
    assert not (tmp_path / FILE_NAME).exists()


def test_what_was_saved_is_the_same_again(tmp_path: Path) -> None:
    wishes = Wishes(brokers=2, port=20000, advertise=Endpoint("example.net", 500), racks={2: "Busan"})
    spec = resolve(tmp_path, wishes)
    save(tmp_path, spec)
    assert load(tmp_path) == spec
    assert resolve(tmp_path, Wishes()) == spec
    assert [broker.advertised for broker in spec.brokers] == [
        Endpoint("example.net", 500),
        Endpoint("example.net", 501),
    ]
    assert [broker.rack for broker in spec.brokers] == ["RACK1", "Busan"]


def test_the_number_of_brokers_is_chosen_once(tmp_path: Path) -> None:
    save(tmp_path, resolve(tmp_path, Wishes(brokers=3)))
    with pytest.raises(EngineError, match="created with 3 brokers, not 1"):
        resolve(tmp_path, Wishes(brokers=1))
    assert len(resolve(tmp_path, Wishes(brokers=3)).brokers) == 3


def test_ports_can_move(tmp_path: Path) -> None:
    save(tmp_path, resolve(tmp_path, Wishes(brokers=2)))
    assert [broker.port for broker in resolve(tmp_path, Wishes(port=30000)).brokers] == [30000, 30001]


def test_free_ports_are_kept_once_chosen(tmp_path: Path) -> None:
    spec = resolve(tmp_path, Wishes(brokers=2, port=0))
    assert [broker.port for broker in spec.brokers] == [0, 0]
    save(tmp_path, spec.with_ports({1: 41000, 2: 41007}))
    again = resolve(tmp_path, Wishes(port=0))
    assert [broker.port for broker in again.brokers] == [41000, 41007]
    assert again.free_ports


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        (Wishes(brokers=0), "1 to 9 brokers, not 0"),
        (Wishes(brokers=10), "1 to 9 brokers, not 10"),
        (Wishes(port=70000), "70000 is no port"),
        (Wishes(port=-1), "-1 is no port"),
        (Wishes(racks={7: "x"}), "no broker 7"),
    ],
)
def test_wishes_that_make_no_sense(tmp_path: Path, wishes: Wishes, sentence: str) -> None:
    with pytest.raises(EngineError, match=sentence):
        resolve(tmp_path, wishes)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"version": 2}', "newer version"),
        ('{"version": 0}', "older version"),
        ("{", "is damaged"),
        ("[]", "is damaged"),
        ('{"version": 1, "cluster_id": "x", "free_ports": false, "brokers": []}', "is damaged"),
        ('{"version": 1, "brokers": [{"id": 1}]}', "is damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_left_alone(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(text)
    with pytest.raises(EngineError, match=sentence):
        load(tmp_path)
    assert path.read_text() == text


def test_brokers_data_without_the_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "broker-1").mkdir()
    (tmp_path / "broker-1" / "meta.properties").write_text("version=1\n")
    with pytest.raises(EngineError, match="put the file back"):
        load(tmp_path)


def test_the_file_is_readable_json(tmp_path: Path) -> None:
    save(tmp_path, resolve(tmp_path, Wishes(brokers=1)))
    assert json.loads((tmp_path / FILE_NAME).read_text())["version"] == 1
