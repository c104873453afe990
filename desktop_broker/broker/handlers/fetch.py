"""Fetch: slices of segment files, sent without being read; a long poll when there is too little.

Counterpart: `KafkaApis.handleFetchRequest` and `ReplicaManager.fetchMessages`. Rules 3, 10 to 17 of the protocol; `fetch_reading` reads one
partition, `fetch_sessions` knows what incremental fetches ask for.
"""

from __future__ import annotations

import threading
import traceback
from typing import TYPE_CHECKING, Final, cast

from desktop_broker.broker.fetch_reading import FetchParameters, PartitionRead, read_partition
from desktop_broker.broker.fetch_sessions import FetchScope
from desktop_broker.broker.leaders import nodes_of
from desktop_broker.broker.traffic import OWN_CLIENT_PREFIX
from desktop_broker.cluster.partition import Isolation
from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.events import EventKind, Severity
from desktop_broker.protocol.fetch_fast import FetchRequestView, FetchResult, encode_fetch_response, read_fetch_request
from desktop_broker.protocol.frames import RequestHeader
from desktop_broker.storage.log_slice import LogSlice

if TYPE_CHECKING:
    from desktop_broker.broker.connection import Connection, FileSlice
    from desktop_broker.broker.context import Services
    from desktop_broker.broker.traffic import TrafficMeter
    from desktop_broker.protocol.schema import Buffer

_TOPIC_IDS_SINCE: Final = 13
_NODES_SINCE: Final = 16
_READ_BELOW: Final = 32 * 1024
"""Slices shorter than this go through memory: one system call for the whole response beats a `sendfile` after it."""


class FetchHandler:
    """One broker's Fetch. Shared by all connections' threads; sessions are the only state."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handle(self, connection: Connection, header: RequestHeader, frame: memoryview, position: int) -> None:
        """Answer one fetch; may wait as long as the client allows.

        Raises:
            ProtocolError: it is no fetch request.
            ConnectionClosedError: the client went away.
        """
        version = header.api_version
        request = read_fetch_request(frame, version, position)
        scope = self._services.sessions.scope(request, by_id=version >= _TOPIC_IDS_SINCE)
        if scope.error:
            pieces = encode_fetch_response(header.correlation_id, version, (), error_code=scope.error)
            connection.send_with_files(cast("list[Buffer | FileSlice]", pieces))
            return
        reads = self._read_or_wait(connection, header, request, scope)
        try:
            self._send(connection, header, scope, reads)
        finally:
            _release(reads)
        if not (header.client_id or "").startswith(OWN_CLIENT_PREFIX):
            _count(connection.meter, reads)

    def _read_or_wait(
        self, connection: Connection, header: RequestHeader, request: FetchRequestView, scope: FetchScope
    ) -> list[PartitionRead]:
        services = self._services
        parameters = FetchParameters(
            by_follower=request.replica_id >= 0,
            from_any_replica=header.api_version >= 11,
            isolation=Isolation.COMMITTED if request.isolation_level == 1 else Isolation.HIGH_WATERMARK,
            rack=request.rack_id,
        )
        deadline = services.clock.monotonic() + request.max_wait_ms / 1000
        while True:
            reads = self._read(request, scope, parameters)
            if self._is_enough(request, reads) or connection.closing:
                return reads
            if services.clock.monotonic() >= deadline:
                return reads
            waits = [
                (read.partition, read.asked.fetch_offset, parameters.isolation)
                for read in reads
                if read.partition is not None
            ]
            _release(reads)
            connection.flush()
            services.replicas.wait_for_data(waits, max(request.min_bytes, 1), deadline, lambda: connection.closing)

    def _read(self, request: FetchRequestView, scope: FetchScope, parameters: FetchParameters) -> list[PartitionRead]:
        """Every partition of the request, as far as its size limits go (rule 15)."""
        services = self._services
        left = min(request.max_bytes, services.settings.integer("fetch.max.bytes"))
        nothing_yet = True
        reads: list[PartitionRead] = []
        try:
            for topic, asked in scope.wanted:
                read = read_partition(services, topic, asked, parameters, left, minimum_one=nothing_yet)
                reads.append(read)
                if read.length:
                    nothing_yet = False
                    left = max(left - read.length, 0)
        except Exception as error:  # noqa: BLE001 - a fault of ours: said to the client and to people
            _release(reads)
            self._report(error)
            return [
                PartitionRead(topic, asked, FetchResult(asked.partition, ErrorCode.UNKNOWN_SERVER_ERROR))
                for topic, asked in scope.wanted
            ]
        return reads

    def _is_enough(self, request: FetchRequestView, reads: list[PartitionRead]) -> bool:
        """Whether to answer at once (rule 14)."""
        if request.max_wait_ms <= 0 or not reads:
            return True
        size = 0
        for read in reads:
            result = read.result
            if result.error_code or result.diverging_epoch is not None or result.preferred_read_replica >= 0:
                return True
            size += read.length
        return size >= request.min_bytes

    def _send(
        self, connection: Connection, header: RequestHeader, scope: FetchScope, reads: list[PartitionRead]
    ) -> None:
        results = [(read.topic, _with_records(read)) for read in reads]
        topics = scope.select(results, [read.length for read in reads])
        nodes = ()
        if header.api_version >= _NODES_SINCE:
            leaders = [read.result.current_leader for read in reads if read.result.current_leader is not None]
            nodes = nodes_of(self._services.image, leaders) if leaders else ()  # type: ignore[assignment]  # a list or the empty tuple
        pieces = encode_fetch_response(
            header.correlation_id, header.api_version, topics, session_id=scope.session_id, nodes=nodes
        )
        # Buffers and log slices are all that was put in.
        connection.send_with_files(cast("list[Buffer | FileSlice]", pieces))

    def _report(self, error: Exception) -> None:
        self._services.events.publish(
            EventKind.THREAD_CRASHED,
            Severity.ERROR,
            broker=self._services.broker_id,
            thread=threading.current_thread().name,
            error="Fetch: " + "".join(traceback.format_exception(error)),
        )


def _with_records(read: PartitionRead) -> FetchResult:
    if read.slice is None or not read.length:
        return read.result
    return read.result._replace(records=read.slice.read() if read.length < _READ_BELOW else read.slice)


def _count(meter: TrafficMeter, reads: list[PartitionRead]) -> None:
    for read in reads:
        offset = read.asked.fetch_offset
        meter.fetched_from(read.name, read.asked.partition, offset)
        if read.length:
            meter.count_out(read.name, max(read.end - offset, 0) if read.end_known else 0, read.length)
            if not read.end_known:
                meter.count_out_later(read.name, read.asked.partition, offset, read.end)


def _release(reads: list[PartitionRead]) -> None:
    for read in reads:
        if isinstance(read.slice, LogSlice):
            read.slice.release()
