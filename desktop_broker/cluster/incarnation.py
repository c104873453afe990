"""One life of a broker, from start to stop or kill.

A thread cannot be killed. So every write by or for a broker asks, under the log's lock, whether the life that it belongs to still
goes on (Kafka's counterpart for the cluster's view: the incarnation id in `RegisterBrokerRecord`).
"""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import new_uuid


class Incarnation:
    """Alive until `kill`. One plain flag, read by any thread; setting it once is all that ever happens to it."""

    __slots__ = ("alive", "broker_id", "id")

    def __init__(self, broker_id: int, id_: UUID | None = None) -> None:
        self.broker_id = broker_id
        self.id = id_ or new_uuid()
        self.alive = True

    def kill(self) -> None:
        """From now on every write is refused."""
        self.alive = False

    def check(self) -> None:
        """Refuse to go on for a broker that was killed.

        Raises:
            KafkaError: NOT_LEADER_OR_FOLLOWER, which sends clients to the new leader.
        """
        if not self.alive:
            raise KafkaError(ErrorCode.NOT_LEADER_OR_FOLLOWER, f"Broker {self.broker_id} has been stopped.")
