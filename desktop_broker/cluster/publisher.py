"""Hands each new image to all live brokers, in order, on the thread that committed it and under no lock.

Counterpart: Kafka's `MetadataLoader` and its publishers, which have a thread per broker.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from desktop_broker.cluster.image import EMPTY_IMAGE, MetadataImage
from desktop_broker.common.threads import CrashHandler

Subscriber = Callable[[MetadataImage, MetadataImage], None]


class _Subscription:
    __slots__ = ("callback", "seen")

    def __init__(self, callback: Subscriber) -> None:
        self.callback = callback
        self.seen: MetadataImage = EMPTY_IMAGE


class Publisher:
    """One thread publishes at a time; others wait until theirs is out. `_condition` guards the state; no callback runs under it.

    Images that follow each other fast may reach a subscriber as one step.
    """

    def __init__(self, image: Callable[[], MetadataImage], on_crash: CrashHandler) -> None:
        self._image = image
        self._on_crash = on_crash
        self._condition = threading.Condition()
        self._subscriptions: dict[int, _Subscription] = {}
        self._thread: int | None = None

    def subscribe(self, broker_id: int, callback: Subscriber) -> None:
        """From now on `callback(before, after)` for each change; the first, from the empty image, before this returns."""
        with self._condition:
            self._subscriptions[broker_id] = _Subscription(callback)
        self.publish()

    def unsubscribe(self, broker_id: int) -> None:
        """No callback any more, nor one still under way (unless it is this very thread's)."""
        me = threading.get_ident()
        with self._condition:
            self._subscriptions.pop(broker_id, None)
            while self._thread is not None and self._thread != me:
                self._condition.wait()

    def publish(self) -> None:
        """Return once every subscriber has what is committed now. From inside a callback: at once, the loop outside goes on."""
        me = threading.get_ident()
        with self._condition:
            if self._thread == me:
                return
            while self._thread is not None:
                self._condition.wait()
            if self._pending() is None:
                return
            self._thread = me
        try:
            self._drain()
        finally:
            with self._condition:
                self._thread = None
                self._condition.notify_all()

    def _drain(self) -> None:
        while True:
            with self._condition:
                subscription = self._pending()
                if subscription is None:
                    return
                before, after = subscription.seen, self._image()
                subscription.seen = after
            try:
                subscription.callback(before, after)
            except Exception as error:  # noqa: BLE001 - one broker's failure must not keep the metadata from the others
                self._on_crash(threading.current_thread().name, error)

    def _pending(self) -> _Subscription | None:
        image = self._image()
        return next((each for each in self._subscriptions.values() if each.seen is not image), None)
