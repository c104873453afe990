"""Sends messages to a topic: one and its result, or many at a rate, with every result handed on in batches.

Counterpart: any broker's Produce. Keys go where Kafka's own clients put them (`partitioner.py`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_broker.common.threads import start_thread
from desktop_broker.kafka import error_sentences
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError, ConnectionClosedError, from_librdkafka
from desktop_broker.kafka.model import OutgoingMessage, SendResult

if TYPE_CHECKING:
    from confluent_kafka import KafkaError, Producer
    from confluent_kafka import Message as RawMessage

COMPRESSIONS = ("none", "gzip", "snappy", "lz4", "zstd")
ACKS = ("all", "1", "0")

_BATCH_S = 0.1
_BURST = 500
_IN_FLIGHT = 20_000
_SINGLE_TIMEOUT_MS = 15_000

OnResults = Callable[[list[SendResult]], None]
OnFinished = Callable[["PublishSummary"], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOptions:
    """How to send: `acks` all, 1 or 0; `compression` one of COMPRESSIONS; `idempotent` needs acks all."""

    acks: str = "all"
    compression: str = "none"
    idempotent: bool = True
    timeout_ms: int = _SINGLE_TIMEOUT_MS

    def check(self) -> None:
        """Raises ClusterError for what does not go together."""
        if self.acks not in ACKS:
            raise ClusterError(*error_sentences.NO_SUCH_ACKS, acks=self.acks)
        if self.compression not in COMPRESSIONS:
            raise ClusterError(*error_sentences.NO_SUCH_COMPRESSION, name=self.compression)
        if self.idempotent and self.acks != "all":
            raise ClusterError(*error_sentences.IDEMPOTENCE_NEEDS_ACKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRequest:
    """Many messages.

    Args:
        make: the message of a number, from 0; called on the run's thread. See `templates.py`.
        count: how many; None until stopped.
        rate: messages per second; None as fast as it goes.
        round_robin: spread over the partitions in turn, whatever the key.
    """

    topic: str
    make: Callable[[int], OutgoingMessage]
    count: int | None = 1
    rate: float | None = None
    round_robin: bool = False
    options: SendOptions = SendOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSummary:
    """What a run did. `stopped`: told to, before the count was reached. `error`: why it ended early."""

    sent: int
    acknowledged: int
    failed: int
    elapsed_s: float
    stopped: bool
    error: ClusterError | None = None


class Publisher:
    """Sends through one cluster. Safe from any thread.

    `_lock` guards the runs and the idle producers, kept because connecting costs more than sending. A producer is borrowed by one
    run at a time: its callbacks come on the thread of whoever polls it.
    """

    def __init__(self, connection: ClusterConnection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._idle: dict[SendOptions, list[Producer]] = {}
        self._runs: set[PublishRun] = set()

    def send(self, topic: str, message: OutgoingMessage, options: SendOptions | None = None) -> SendResult:
        """Send one message and wait for its acknowledgement (or the reason against it, in `error`). Blocks.

        Raises:
            ClusterError: it could not even be tried: no such topic or partition, options that contradict each other.
        """
        results: list[SendResult] = []
        summary: list[PublishSummary] = []
        request = PublishRequest(topic=topic, make=lambda _number: message, options=options or SendOptions())
        PublishRun(self, request, results.extend, summary.append).run_here()
        if not results:
            raise summary[0].error or ConnectionClosedError()
        return results[0]

    def run(self, request: PublishRequest, on_results: OnResults, on_finished: OnFinished) -> PublishRun:
        """Begin to send; both callbacks run on the run's thread, `on_finished` once and last."""
        run = PublishRun(self, request, on_results, on_finished)
        with self._lock:
            self._runs = {other for other in self._runs if not other.finished} | {run}
        return run.start()

    def close(self) -> None:
        """Stop every run and wait for them; what was not acknowledged is given up."""
        with self._lock:
            runs, self._runs = self._runs, set()
        for run in runs:
            run.stop(give_up=True)
        for run in runs:
            run.join()
        with self._lock:
            self._idle.clear()

    @property
    def connection(self) -> ClusterConnection:
        """The cluster."""
        return self._connection

    def borrow(self, options: SendOptions) -> Producer:
        """A producer with these options."""
        from confluent_kafka import KafkaException, Producer

        options.check()
        with self._lock:
            idle = self._idle.get(options)
            if idle:
                return idle.pop()
        config = self._connection.admin.config(
            acks=options.acks,
            compression__type=options.compression,
            enable__idempotence=options.idempotent,
            partitioner="murmur2_random",
            allow__auto__create__topics=False,
            delivery__timeout__ms=options.timeout_ms,
            linger__ms=2,
            queue__buffering__max__messages=2 * _IN_FLIGHT,
        )
        try:
            return Producer(config)
        except KafkaException as error:
            raise from_librdkafka(error.args[0]) from error

    def give_back(self, options: SendOptions, producer: Producer) -> None:
        """For the next run. Not after a purge or a fatal error."""
        with self._lock:
            if not self._connection.admin.closed:
                self._idle.setdefault(options, []).append(producer)


class PublishRun:
    """One run. `start` and `stop` from any thread; everything else happens on the run's own thread.

    A rate is kept by the clock, not by sleeping between messages: what a slow moment missed is sent soon after.
    """

    def __init__(
        self, publisher: Publisher, request: PublishRequest, on_results: OnResults, on_finished: OnFinished
    ) -> None:
        self._publisher = publisher
        self._request = request
        self._on_results = on_results
        self._on_finished = on_finished
        self._stop = threading.Event()
        self._give_up = False
        self._spoilt = False
        self._thread: threading.Thread | None = None
        self.finished = False
        self._results: list[SendResult] = []
        self._sent = self._acknowledged = self._failed = 0
        self._told = 0.0

    def start(self) -> PublishRun:
        """Begin; returns itself."""
        self._thread = start_thread(f"publish/{self._request.topic}", self.run_here, lambda _name, _error: None)
        return self

    def stop(self, give_up: bool = False) -> None:
        """Send no more. What is on its way is waited for, unless given up."""
        self._give_up = self._give_up or give_up
        self._stop.set()

    def cancel(self) -> None:
        """Stop, and give up what is on its way."""
        self.stop(give_up=True)

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; returns whether it came."""
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def run_here(self) -> None:
        """The whole run, on this thread."""
        begun = self._told = time.monotonic()
        error: ClusterError | None = None
        try:
            partitions = self._publisher.connection.partition_count(self._request.topic)
            producer = self._publisher.borrow(self._request.options)
            try:
                self._produce(producer, partitions, begun)
            finally:
                self._settle(producer)
                if not self._spoilt:
                    self._publisher.give_back(self._request.options, producer)
        except ClusterError as failure:
            error = failure
        except Exception as failure:  # noqa: BLE001 - also a template that fails is told to whoever started the run
            error = ClusterError(
                *error_sentences.NOT_MADE,
                repr(failure),
                said=str(failure).rstrip("."),
            )
        self._hand_on()
        self.finished = True
        done = self._request.count is not None and self._sent >= self._request.count
        self._on_finished(
            PublishSummary(
                sent=self._sent,
                acknowledged=self._acknowledged,
                failed=self._failed,
                elapsed_s=time.monotonic() - begun,
                stopped=not done and error is None,
                error=error,
            )
        )

    def _produce(self, producer: Producer, partitions: int, begun: float) -> None:
        request = self._request
        while not self._stopping() and (request.count is None or self._sent < request.count):
            due = self._due(begun)
            for _ in range(min(due, _BURST)):
                self._send_one(producer, partitions)
            producer.poll(0)
            self._hand_on_when_due()
            if len(producer) >= _IN_FLIGHT:
                producer.poll(0.01)
            elif due <= 0:
                self._rest(producer, begun)

    def _due(self, begun: float) -> int:
        """How many messages should have been sent by now and were not."""
        request = self._request
        due = _BURST if request.rate is None else int((time.monotonic() - begun) * request.rate) + 1 - self._sent
        return due if request.count is None else min(due, request.count - self._sent)

    def _rest(self, producer: Producer, begun: float) -> None:
        """Until the next message is due; the client's callbacks run meanwhile."""
        assert self._request.rate is not None
        next_due = begun + self._sent / self._request.rate
        producer.poll(min(_BATCH_S, max(0.001, next_due - time.monotonic())))

    def _send_one(self, producer: Producer, partitions: int) -> None:
        from confluent_kafka import KafkaException

        number = self._sent
        message = self._request.make(number)
        partition = number % partitions if self._request.round_robin else message.partition
        self._sent += 1
        if partition is not None and not 0 <= partition < partitions:
            self._fail(
                number,
                ClusterError(
                    *error_sentences.NO_PARTITION, topic=self._request.topic, partition=partition, count=partitions
                ),
            )
            return
        options: dict[str, Any] = {}
        if partition is not None:
            options["partition"] = partition
        if message.timestamp_ms is not None:
            options["timestamp"] = message.timestamp_ms
        if message.headers:
            options["headers"] = list(message.headers)
        try:
            producer.produce(
                self._request.topic,
                message.value,
                message.key,
                on_delivery=lambda error, sent: self._delivered(number, error, sent),
                **options,
            )
        except KafkaException as error:
            self._refused(number, error.args[0])
        except BufferError:
            self._sent -= 1  # full: this number again after the next poll
            producer.poll(0.01)

    def _delivered(self, number: int, error: KafkaError | None, sent: RawMessage) -> None:
        if error is not None:
            self._refused(number, error)
            return
        latency = sent.latency()
        stamp = sent.timestamp()
        offset = sent.offset()
        self._take(
            SendResult(
                number=number,
                partition=sent.partition(),
                offset=offset if offset is not None and offset >= 0 else None,  # acks=0: nobody tells
                latency_us=round((latency or 0.0) * 1_000_000),
                timestamp_ms=stamp[1] if stamp[0] else None,
            )
        )

    def _refused(self, number: int, error: KafkaError) -> None:
        if error.fatal():
            self._spoilt = True
            self._stop.set()
        self._fail(number, from_librdkafka(error, topic=self._request.topic))

    def _fail(self, number: int, why: ClusterError) -> None:
        self._take(SendResult(number=number, partition=None, offset=None, latency_us=0, error=str(why), failure=why))

    def _take(self, result: SendResult) -> None:
        self._results.append(result)
        if result.error is None:
            self._acknowledged += 1
        else:
            self._failed += 1

    def _settle(self, producer: Producer) -> None:
        """Wait until every message sent has its answer; the delivery time-out bounds it."""
        while self._acknowledged + self._failed < self._sent:
            producer.poll(0.05)
            self._hand_on_when_due()
            if not self._spoilt and (self._give_up or self._publisher.connection.admin.closed):
                producer.purge()
                self._spoilt = True

    def _stopping(self) -> bool:
        return self._stop.is_set() or self._publisher.connection.admin.closed

    def _hand_on_when_due(self) -> None:
        if time.monotonic() - self._told >= _BATCH_S:
            self._hand_on()

    def _hand_on(self) -> None:
        self._told = time.monotonic()
        if self._results:
            results, self._results = self._results, []
            self._on_results(results)
