"""An immutable mapping whose next version costs what changed, not what there is.

Keys are spread over shards by their hash; a change copies the shards that it touches and shares the others. Two versions are compared
by the identity of their shards. (Kafka's counterpart: the persistent collections behind `TopicsImage`.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_SHARDS = 128


class PersistentMap(Mapping[K, V], Generic[K, V]):
    """Immutable, so any thread may read it. Iteration is in no particular order."""

    __slots__ = ("_shards", "_size")

    def __init__(self, shards: tuple[dict[K, V], ...] = ({},) * _SHARDS, size: int = 0) -> None:
        self._shards = shards
        self._size = size

    def __getitem__(self, key: K) -> V:
        return self._shards[hash(key) % _SHARDS][key]

    def __contains__(self, key: object) -> bool:
        return key in self._shards[hash(key) % _SHARDS]

    def __iter__(self) -> Iterator[K]:
        for shard in self._shards:
            yield from shard

    def __len__(self) -> int:
        return self._size

    def __repr__(self) -> str:
        return f"PersistentMap({dict(self)!r})"

    def changed(self, updates: Mapping[K, V], removals: Iterable[K] = ()) -> PersistentMap[K, V]:
        """The map after these changes; removing what is not there is fine."""
        shards = list(self._shards)
        size = self._size
        copied: set[int] = set()

        def own(key: K) -> dict[K, V]:
            slot = hash(key) % _SHARDS
            if slot not in copied:
                copied.add(slot)
                shards[slot] = dict(shards[slot])
            return shards[slot]

        for key in removals:
            if own(key).pop(key, None) is not None:
                size -= 1
        for key, value in updates.items():
            shard = own(key)
            size += key not in shard
            shard[key] = value
        return PersistentMap(tuple(shards), size)

    def differences(self, later: PersistentMap[K, V]) -> Iterator[tuple[K, V | None, V | None]]:
        """What changed from this version to a later one: key, old value, new value (None where there is none).

        Values are compared by identity, so an unchanged object is never reported.
        """
        for before, after in zip(self._shards, later._shards, strict=True):
            if before is after:
                continue
            for key, value in before.items():
                new = after.get(key)
                if new is not value:
                    yield key, value, new
            for key, value in after.items():
                if key not in before:
                    yield key, None, value
