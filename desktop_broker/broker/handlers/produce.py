"""Produce: batches go from the connection's buffer to the log, and answers wait for as many copies as were asked for.

Counterpart: `KafkaApis.handleProduceRequest` and `ReplicaManager.appendRecords`. Requests that arrived together are appended one by one
and then wait for their followers together, so that replication costs once per round and not once per request.
"""

from __future__ import annotations

import threading
import traceback
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop_broker.broker.connection import ConnectionClosedError
from desktop_broker.broker.leaders import MOVED, current_leader, nodes_of
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind, Severity
from desktop_broker.protocol.batch_header import ATTRIBUTES_POSITION, TRANSACTIONAL_MASK
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.frames import RequestHeader
from desktop_broker.protocol.hot_path import TopicKey
from desktop_broker.protocol.produce_fast import (
    ProduceRequestView,
    ProduceResult,
    RecordError,
    encode_produce_response,
)
from desktop_broker.storage.errors import RecordErrors

if TYPE_CHECKING:
    from desktop_broker.broker.connection import Connection
    from desktop_broker.broker.context import Services
    from desktop_broker.cluster.replication import Appended

_ALL: Final = -1
_NAMES_LEADERS_SINCE: Final = 10

_Topics = list[tuple[TopicKey, list[ProduceResult]]]
_Waits = list[tuple["Appended", list[ProduceResult], int]]  # what was written, and where its result stands


class PendingProduce(NamedTuple):
    """A request whose batches are in the leader's log and whose answer waits for its followers (or for such a one before it)."""

    header: RequestHeader
    topics: _Topics
    waits: _Waits
    deadline: float


class ProduceHandler:
    """One broker's Produce. Shared by all connections' threads; keeps no state."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._replicas = services.replicas

    def receive(self, connection: Connection, header: RequestHeader, request: ProduceRequestView) -> None:
        """Append what a request carries. With acks=all the answer follows in `finish`.

        Raises:
            ConnectionClosedError: it failed and asked for no answer (rule 5).
        """
        _, acks, timeout_ms, wanted = request
        topics: _Topics = []
        waits: _Waits = []
        for key, partitions in wanted:
            results: list[ProduceResult] = []
            topics.append((key, results))
            for index, records in partitions:
                try:
                    results.append(self._append(connection, key, index, records, acks, results, waits))
                except KafkaError as error:
                    results.append(self._failed(key, index, error))
                except ProtocolError as error:
                    results.append(ProduceResult(index, ErrorCode.CORRUPT_MESSAGE, error_message=str(error)))
                except Exception as error:  # noqa: BLE001 - a fault of ours: said to the client and to people
                    self._report(error)
                    results.append(ProduceResult(index, ErrorCode.UNKNOWN_SERVER_ERROR))
        if acks == 0:
            if any(result.error_code for _, results in topics for result in results):
                raise ConnectionClosedError
        elif waits or connection.produces:
            deadline = self._services.clock.monotonic() + timeout_ms / 1000
            connection.produces.append(PendingProduce(header, topics, waits, deadline))
        else:
            self._answer(connection, header, topics)

    def finish(self, connection: Connection) -> None:
        """Wait until the followers have what was received, and answer."""
        pending, connection.produces = connection.produces, []
        waits = [wait for request in pending for wait in request.waits]
        if waits:
            connection.flush()
            deadline = max(request.deadline for request in pending if request.waits)
            codes = self._replicas.replicate_and_wait([wait[0] for wait in waits], deadline)
            for (_, results, place), code in zip(waits, codes, strict=True):
                if code:
                    results[place] = ProduceResult(results[place].partition, code)
        for request in pending:
            self._answer(connection, request.header, request.topics)

    def _append(
        self,
        connection: Connection,
        key: TopicKey,
        index: int,
        records: memoryview | None,
        acks: int,
        results: list[ProduceResult],
        waits: _Waits,
    ) -> ProduceResult:
        if not -1 <= acks <= 1:
            raise KafkaError(ErrorCode.INVALID_REQUIRED_ACKS, f"acks is 0, 1 or -1 (all), not {acks}.")
        name = key if isinstance(key, str) else self._name_of(key)
        if records is None or len(records) <= ATTRIBUTES_POSITION + 1:
            raise KafkaError(
                ErrorCode.INVALID_RECORD, "A produce request must carry a record batch for each partition."
            )
        if records[ATTRIBUTES_POSITION + 1] & TRANSACTIONAL_MASK:
            raise KafkaError(ErrorCode.INVALID_TXN_STATE, "This cluster does not take part in transactions.")
        partition = self._replicas.leader_partition(name, index)
        appended = self._replicas.append(partition, records, acks=acks)
        result = appended.result
        if not result.duplicate:
            connection.meter.count_in(name, result.records, result.size_bytes)
        if acks == _ALL:
            waits.append((appended, results, len(results)))
        return ProduceResult(index, 0, result.first_offset, result.log_append_time_ms, result.log_start_offset)

    def _name_of(self, key: TopicKey) -> str:
        topic = None if isinstance(key, str) else self._services.image.topics_by_id.get(key)
        if topic is None:
            raise KafkaError(ErrorCode.UNKNOWN_TOPIC_ID, "There is no topic with this id.")
        return topic.name

    def _failed(self, key: TopicKey, index: int, error: KafkaError) -> ProduceResult:
        details = error.record_errors if isinstance(error, RecordErrors) else ()
        leader = None
        if error.code in MOVED:
            leader = current_leader(self._services.image, key if isinstance(key, str) else self._name_of(key), index)
        return ProduceResult(
            index,
            error.code,
            record_errors=[RecordError(batch_index, message) for batch_index, message in details],
            error_message=error.message,
            current_leader=leader,
        )

    def _answer(self, connection: Connection, header: RequestHeader, topics: _Topics) -> None:
        nodes = ()
        if header.api_version >= _NAMES_LEADERS_SINCE:
            leaders = [result.current_leader for _, results in topics for result in results if result.current_leader]
            nodes = nodes_of(self._services.image, leaders) if leaders else ()  # type: ignore[assignment]  # a list or the empty tuple
        connection.send(encode_produce_response(header.correlation_id, header.api_version, topics, nodes=nodes))

    def _report(self, error: Exception) -> None:
        self._services.events.publish(
            EventKind.THREAD_CRASHED,
            Severity.ERROR,
            broker=self._services.broker_id,
            thread=threading.current_thread().name,
            error="Produce: " + "".join(traceback.format_exception(error)),
        )
