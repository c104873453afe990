"""Publish: write one message or many, and see what became of each.

Understands `navigate("publish", topic="orders", key=b"...", value=b"...", headers=(...))`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.feeds.model import TopicSummary
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.panels.publish.draft import Draft
from desktop_broker.gui.panels.publish.editor import MessageEditor
from desktop_broker.gui.panels.publish.options import SendCard
from desktop_broker.gui.panels.publish.results import KEPT, ResultsCard
from desktop_broker.gui.streams import PublishStream
from desktop_broker.gui.theme import scaled
from desktop_broker.gui.widgets import PAGE_MARGINS, PageHeader, column, row, scroll_page
from desktop_broker.kafka.model import SendResult
from desktop_broker.kafka.partitioner import partition_for_key
from desktop_broker.kafka.publisher import Publisher, PublishRequest, PublishSummary

_RESULTS_HEIGHT = 232


class PublishPanel(Panel):
    """Lives on the Qt thread; a run sends on a thread of its own, which ends with the panel: when the cluster is left, or the window."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._publisher = Publisher(context.session.connection())
        self._run: PublishStream | None = None
        self._sent = Draft(key="", value="", kind="text")
        self._topics: Sequence[TopicSummary] = ()
        self._wanted = ""
        self._header = PageHeader("")
        self._editor, self._send_card, self._results = MessageEditor(), SendCard(), ResultsCard()
        self._results.setMinimumHeight(scaled(_RESULTS_HEIGHT))
        page = QWidget()
        page.setLayout(
            column(
                self._header,
                (row((self._editor, 1), self._send_card, gap=12), 3),
                (self._results, 2),
                gap=12,
                margins=PAGE_MARGINS,
            )
        )
        self.setLayout(column(scroll_page(page)))
        self._editor.changed.connect(self._refresh)
        self._send_card.changed.connect(self._refresh)
        self._send_card.send_requested.connect(self._send)
        self._results.stop_requested.connect(self._stop)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.activated.connect(self._send_card.send.click)
        context.feeds.topics_updated.connect(self._show_topics)
        jobs, publisher = context.jobs, self._publisher
        self.destroyed.connect(lambda: jobs.run(publisher.close))  # closing its producers may take a moment
        self.retranslate()
        self._show_topics(context.feeds.topics)

    def retranslate(self) -> None:
        """All texts."""
        self._header.set_title(self.tr("Publish"))
        self._refresh()

    def open_with(self, **arguments: object) -> None:
        """Choose a topic, and fill in a message to send again."""
        topic = arguments.get("topic")
        if isinstance(topic, str):
            self._wanted = topic
            self._show_topics(self.context.feeds.topics)
        if "value" not in arguments:
            return
        key, value, headers = arguments.get("key"), arguments["value"], arguments.get("headers")
        texts = [key, *(text for _, text in headers)] if isinstance(headers, tuple) else [key]
        if not all(_is_text(text) for text in texts):
            said = self.tr("Its key or a header is not text and cannot be typed here: it was left out.")
            self.context.notify(said, "warning")
        self._editor.key.setText(_typed(key))
        self._fill_value(value if isinstance(value, bytes) else None)
        if isinstance(headers, tuple):
            self._editor.headers.set_headers(tuple((name, _typed(text)) for name, text in headers if _is_text(text)))

    def _fill_value(self, value: bytes | None) -> None:
        if value is None:
            self._editor.choose_kind("tombstone")
            return
        try:
            self._editor.value.set_text(value.decode())
            if self._editor.kind.current in ("hex", "tombstone"):
                self._editor.choose_kind("text")
        except UnicodeDecodeError:
            self._editor.choose_kind("hex")
            self._editor.value.set_text(value.hex(" "))

    def _show_topics(self, topics: Sequence[TopicSummary]) -> None:
        self._topics = topics
        self._editor.set_topics(topics)
        if self._wanted and self._editor.topic.choose(self._wanted):
            self._wanted = ""
            self._editor.set_topics(topics)
        self._refresh()

    def _refresh(self) -> None:
        sending = self.tr("Messages are being sent: stop them first.") if self._results.running else ""
        self._send_card.set_sendable(sending or self._editor.problem or self._send_card.problem)
        self._show_preview()

    def _show_preview(self) -> None:
        if self._editor.problem:
            self._send_card.set_preview(())
            return
        draft, count = self._editor.draft, self._send_card.message_count
        shown = min(3, count) if count is not None else 3
        self._send_card.set_preview([self._preview(draft, number) for number in range(shown)])

    def _preview(self, draft: Draft, number: int) -> tuple[str, str, str]:
        message = draft.message(number)
        partitions = next((topic.partitions for topic in self._topics if topic.name == self._editor.topic.current), 0)
        where: int | None = draft.partition
        if self._editor.round_robin and partitions:
            where = number % partitions
        elif where is None and message.key is not None and partitions:
            where = partition_for_key(message.key, partitions)
        words = self.tr("to any partition") if where is None else self.tr("to partition {n}").format(n=where)
        value = (
            self.tr("no value")
            if message.value is None
            else " ".join(message.value[:200].decode("utf-8", "replace").split())
        )
        return (message.key or b"").decode("utf-8", "replace"), words, value

    def _send(self) -> None:
        if self._results.running or self._editor.problem or self._send_card.problem:
            self._refresh()
            return
        draft = self._editor.draft
        count = self._send_card.message_count
        request = PublishRequest(
            topic=self._editor.topic.current,
            make=draft.message,
            count=count,
            rate=self._send_card.per_second,
            round_robin=self._editor.round_robin,
            options=self._send_card.send_options,
        )
        self._results.begin(count)
        self._sent = draft
        self._run = PublishStream(self.context.jobs, self._publisher, request, self)
        self._run.results_arrived.connect(self._take_results)
        self._run.finished.connect(self._take_finished)
        self._run.start()
        self._refresh()

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()

    def _take_results(self, results: list[SendResult]) -> None:
        keys = {result.number: self._sent.key_text(result.number) for result in results[-KEPT:]}
        self._results.add_results(results, keys)

    def _take_finished(self, summary: PublishSummary) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None
        self._results.end(summary)
        self._refresh()
        self.context.feeds.refresh_now()


def _is_text(data: object) -> bool:
    try:
        return not isinstance(data, bytes) or data.decode() is not None
    except UnicodeDecodeError:
        return False


def _typed(data: object) -> str:
    return data.decode() if isinstance(data, bytes) and _is_text(data) else ""
