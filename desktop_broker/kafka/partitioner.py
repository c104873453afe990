"""Which partition a key belongs to: Kafka's own rule, so the window can say it before anything is sent or read.

Counterpart: Java's `BuiltInPartitioner.partitionForKey` (`Utils.murmur2`), librdkafka's `partitioner=murmur2_random`, which
`kafka/publisher.py` uses. Clients with another partitioner (librdkafka's own default is CRC32) place keys elsewhere.
"""

from __future__ import annotations

_SEED = 0x9747B28C
_M = 0x5BD1E995
_MASK = 0xFFFFFFFF


def murmur2(data: bytes) -> int:
    """MurmurHash 2 of 32 bits with Kafka's seed, as an unsigned number."""
    length = len(data)
    h = (_SEED ^ length) & _MASK
    whole = length & ~3
    for at in range(0, whole, 4):
        k = int.from_bytes(data[at : at + 4], "little") * _M & _MASK
        k = (k ^ k >> 24) * _M & _MASK
        h = (h * _M & _MASK) ^ k
    if length > whole:
        h = (h ^ int.from_bytes(data[whole:], "little")) * _M & _MASK
    h = (h ^ h >> 13) * _M & _MASK
    return h ^ h >> 15


def partition_for_key(key: bytes, partitions: int) -> int:
    """The partition of a key in a topic with so many partitions.

    Raises:
        ValueError: when there are no partitions.
    """
    if partitions < 1:
        raise ValueError("A topic has at least one partition.")
    return (murmur2(key) & 0x7FFFFFFF) % partitions
