"""What the palette finds: topics and groups of the cluster, panels and actions of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from desktop_broker.gui.i18n import format_count
from desktop_broker.gui.shell.palette import Hit, Provider, matches

if TYPE_CHECKING:
    from desktop_broker.gui.shell.window import MainWindow

_LISTED = 6


class PaletteSources(QObject):
    """Looks only at what the feeds hold in memory. A child of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def providers(self) -> tuple[Provider, ...]:
        return (self.topics, self.groups, self.actions)

    def topics(self, query: str) -> Sequence[Hit]:
        """Topics by name, those that begin with it first, and what can be done with the best one."""
        window = self._window
        if window.context is None or not query or "topics" not in window.panel_ids:
            return ()
        found = [topic for topic in window.context.feeds.topics if matches(query, topic.name)]
        start = query.casefold()
        found.sort(key=lambda topic: (topic.internal, not topic.name.casefold().startswith(start), topic.name))
        hits = [
            Hit(
                section=self.tr("Topics"),
                icon="layers",
                text=topic.name,
                facts=self.tr("%n partition(s)", "", topic.partitions),
                run=partial(window.navigate, "topics", topic=topic.name),
            )
            for topic in found[:_LISTED]
        ]
        if found:
            hits += self._doing_with(found[0].name)
        return hits

    def _doing_with(self, topic: str) -> list[Hit]:
        wanted: list[tuple[str, str, str]] = [
            ("messages", self.tr("Read messages of {topic}"), "message-square-text"),
            ("publish", self.tr("Publish to {topic}"), "send"),
        ]
        section = self.tr("Actions")
        go: Callable[..., None] = self._window.navigate
        return [
            Hit(section=section, icon=icon, text=text.format(topic=topic), run=partial(go, panel, topic=topic))
            for panel, text, icon in wanted
            if panel in self._window.panel_ids
        ]

    def groups(self, query: str) -> Sequence[Hit]:
        window = self._window
        if window.context is None or not query or "consumers" not in window.panel_ids:
            return ()
        return [
            Hit(
                section=self.tr("Consumer groups"),
                icon="users",
                text=group.id,
                facts=self.tr("Lag {lag}").format(lag=format_count(group.lag)) if group.lag is not None else "",
                right=", ".join(group.topics[:2]),
                run=partial(window.navigate, "consumers", group=group.id),
            )
            for group in window.context.feeds.groups
            if matches(query, group.id)
        ][:_LISTED]

    def actions(self, query: str) -> Sequence[Hit]:
        """Panels and actions by their text; all of them while nothing was typed."""
        known = self._window.actions_list
        return [
            Hit(
                section=self.tr("Panels") if action.objectName().startswith("panel-") else self.tr("Actions"),
                icon=known.icon_name(action),
                text=action.text(),
                right=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "),
                run=action.trigger,
            )
            for action in known
            if action.objectName() != "palette" and matches(query, action.text())
        ]
