"""Counts of open and closed connections add up."""

from __future__ import annotations

from desktop_broker.broker.traffic import BrokerTraffic
from desktop_broker.common.statistics import Traffic


def test_what_was_cut_short_is_counted_when_the_client_goes_on() -> None:
    traffic = BrokerTraffic()
    meter = traffic.open_meter()
    meter.count_out("a", 0, 70)
    meter.count_out_later("a", 0, 10, 1000)
    meter.fetched_from("a", 1, 500)
    meter.fetched_from("a", 0, 25)
    meter.fetched_from("a", 0, 30)
    assert traffic.by_topic() == {"a": Traffic(messages_out=15, bytes_out=70)}
    meter.count_out_later("a", 0, 30, 40)
    meter.fetched_from("a", 0, 5)  # a seek, not progress
    assert traffic.by_topic() == {"a": Traffic(messages_out=15, bytes_out=70)}


def test_open_and_closed_connections_add_up() -> None:
    traffic = BrokerTraffic()
    one, other = traffic.open_meter(), traffic.open_meter()
    one.count_in("a", 2, 200)
    other.count_in("a", 1, 100)
    other.count_out("b", 5, 50)
    traffic.close_meter(other)
    traffic.close_meter(other)
    one.count_in("a", 1, 1)
    assert traffic.by_topic() == {
        "a": Traffic(messages_in=4, bytes_in=301),
        "b": Traffic(messages_out=5, bytes_out=50),
    }
