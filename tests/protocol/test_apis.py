"""The table of APIs against the classes that it names and against kio's."""

from __future__ import annotations

import pytest
from kio.schema.index import schema_name_map

from desktop_broker.protocol.apis import APIS, SERVED_APIS, Api, ApiKey

# Kafka marks these as unstable: they may change, and must not be advertised.
UNSTABLE = {ApiKey.INIT_PRODUCER_ID: 6}


@pytest.mark.parametrize("api", APIS.values(), ids=lambda api: api.name)
def test_the_table_agrees_with_the_classes_and_with_kio(api: Api) -> None:
    for cls, kind in ((api.request, "Request"), (api.response, "Response")):
        assert cls.__name__ == api.name + kind
        assert api.key == cls.API_KEY
        assert (api.min_version, api.max_version) == cls.VERSIONS
        assert api.flexible_since == cls.FLEXIBLE
    versions = set(range(api.min_version, api.max_version + 1))
    assert set(schema_name_map[api.key.name.lower()]) - {UNSTABLE.get(api.key)} == versions
    assert api.supports(api.min_version)
    assert api.supports(api.max_version)
    assert not api.supports(api.min_version - 1)
    assert not api.supports(api.max_version + 1)


def test_only_produce_advertises_versions_that_it_refuses() -> None:
    """librdkafka drops compression when Produce does not start at 0 (KAFKA-18659)."""
    widened = {api.name: api.advertised_min for api in APIS.values() if api.advertised_min != api.min_version}
    assert widened == {"Produce": 0}


def test_what_is_served_is_listed_by_key() -> None:
    keys = [api.key for api in SERVED_APIS]
    assert keys == sorted(keys)
    assert ApiKey.API_VERSIONS in keys
    assert all(APIS[key].served for key in keys)
