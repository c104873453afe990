"""The one librdkafka admin client of a connection, and waiting for its answers in a way that closing the connection ends at once.

Counterpart: `topics.py`, `configs.py`, `offsets.py` and `groups.py` ask through it.
"""

from __future__ import annotations

import concurrent.futures
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from desktop_broker.kafka import error_sentences
from desktop_broker.kafka.errors import ClusterError, ConnectionClosedError, from_librdkafka

if TYPE_CHECKING:
    from confluent_kafka import KafkaError
    from confluent_kafka.admin import AdminClient, ClusterMetadata

CLIENT_ID = "desktop-broker.window"
REQUEST_TIMEOUT_S = 15.0
_SLICE_S = 1.0

T = TypeVar("T")


class Admin:
    """Asks one cluster, from any thread.

    `_lock` guards making the client and the last failure that librdkafka reported; it is not held while waiting.
    """

    def __init__(self, bootstrap: str, properties: Mapping[str, str]) -> None:
        self.bootstrap = bootstrap
        self.properties = dict(properties)
        self._lock = threading.Lock()
        self._client: AdminClient | None = None
        self._closed: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._all_down = False
        self._reported = ""

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed.done()

    def config(self, **more: object) -> dict[str, Any]:
        """What every librdkafka client of this connection is made with; `more` with dots written as double underscores."""
        self.check_open()
        return {
            "bootstrap.servers": self.bootstrap,
            "client.id": CLIENT_ID,
            "socket.timeout.ms": 20_000,
            "socket.connection.setup.timeout.ms": 5_000,
            "reconnect.backoff.max.ms": 1_000,
            "topic.metadata.refresh.interval.ms": 30_000,
            "log_level": 0,  # what matters comes back as an error of a call; librdkafka would print to standard error
            **self.properties,
            **{name.replace("__", "."): value for name, value in more.items()},
        }

    def check_open(self) -> None:
        """Raises ConnectionClosedError after `close`."""
        if self.closed:
            raise ConnectionClosedError

    def client(self) -> AdminClient:
        """The admin client, made at first use: importing and making it costs 100 ms."""
        with self._lock:
            if self._client is None:
                from confluent_kafka import KafkaException
                from confluent_kafka.admin import AdminClient

                config = self.config(error_cb=self._note_error)
                try:
                    self._client = AdminClient(config)
                except KafkaException as error:
                    raise from_librdkafka(error.args[0]) from error
                except (TypeError, ValueError) as error:
                    raise ClusterError(
                        *error_sentences.BAD_SETTINGS,
                        str(error),
                        said=str(error).rstrip("."),
                    ) from error
            return self._client

    def metadata(self) -> ClusterMetadata:
        """Brokers, topics and partitions, as the cluster's Metadata response has them."""
        from confluent_kafka import KafkaException

        client, deadline = self.client(), time.monotonic() + REQUEST_TIMEOUT_S
        while True:
            try:  # in slices: closing the connection must not wait for a cluster that does not answer
                answer = client.list_topics(timeout=_SLICE_S)
            except KafkaException as error:
                self.check_open()
                if self._all_brokers_down() or time.monotonic() >= deadline:
                    raise self._error(error.args[0]) from error
            else:
                self._all_down = False
                return answer

    def wait(self, future: concurrent.futures.Future[T], **names: object) -> T:
        """The answer; `names` fill the sentence of an error.

        Raises:
            ClusterError: what went wrong; ConnectionClosedError when the connection was closed meanwhile.
        """
        from confluent_kafka import KafkaException

        self.wait_all([future])
        if not future.done():
            raise ClusterError(*error_sentences.TIMED_OUT, code="_TIMED_OUT", bootstrap=self.bootstrap)
        try:
            answer = future.result()
        except KafkaException as error:
            raise self._error(error.args[0], **names) from error
        self._all_down = False
        return answer

    def call(self, ask: Callable[[], T]) -> T:
        """Start an admin call: what librdkafka refuses before it sends anything becomes a ClusterError too."""
        from confluent_kafka import KafkaException

        try:
            return ask()
        except KafkaException as error:
            raise self._error(error.args[0]) from error
        except (TypeError, ValueError) as error:
            raise ClusterError(*error_sentences.BAD_VALUE, str(error), said=str(error).rstrip(".")) from error

    def wait_all(self, futures: Iterable[concurrent.futures.Future[Any]]) -> None:
        """Wait until all have an answer or an error.

        Raises:
            ClusterError: no broker can be reached any more; ConnectionClosedError when the connection is closed first.
        """
        pending, deadline = set(futures), time.monotonic() + REQUEST_TIMEOUT_S + 5
        while pending and time.monotonic() < deadline:
            _, rest = concurrent.futures.wait(
                pending | {self._closed}, _SLICE_S, return_when=concurrent.futures.FIRST_COMPLETED
            )
            self.check_open()
            if rest >= pending and self._all_brokers_down():
                raise ClusterError(
                    *error_sentences.UNREACHABLE, self._reported, code="_TRANSPORT", bootstrap=self.bootstrap
                )
            pending = rest - {self._closed}

    def _all_brokers_down(self) -> bool:
        """What librdkafka noticed meanwhile; it tells its callbacks only when polled."""
        self.client().poll(0)
        return self._all_down

    def pause(self, seconds: float) -> None:
        """Wait; raises ConnectionClosedError when the connection is closed meanwhile."""
        concurrent.futures.wait((self._closed,), seconds)
        self.check_open()

    def close(self) -> None:
        """End every wait. Idempotent; asks nothing of the cluster."""
        with self._lock:
            if not self._closed.done():
                self._closed.set_result(None)
            self._client = None

    def _note_error(self, error: KafkaError) -> None:
        self._reported = error.str()
        self._all_down = self._all_down or error.name() == "_ALL_BROKERS_DOWN"

    def _error(self, error: KafkaError, **names: object) -> ClusterError:
        made = from_librdkafka(error, bootstrap=self.bootstrap, **names)
        if made.code in {"_TRANSPORT", "_TIMED_OUT", "_ALL_BROKERS_DOWN"} and self._reported:
            made.details += f"\n{self._reported}"
        return made
