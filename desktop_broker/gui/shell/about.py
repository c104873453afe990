"""About: version, licence, and what the window is made of."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QWidget

from desktop_broker.common.version import program_version
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.code_block import CodeBlock
from desktop_broker.gui.widgets.dialog import Sheet
from desktop_broker.gui.widgets.label import Label


class AboutDialog(Sheet):
    def __init__(self, window: QWidget) -> None:
        title = QApplication.translate("AboutDialog", "About Desktop Broker")
        super().__init__(window, title, primary=QApplication.translate("AboutDialog", "Close"), width=480)
        self.cancel.hide()
        self.primary.clicked.connect(self.accept)
        what = self.tr(
            "A real Kafka cluster in a desktop window: brokers, replicas and consumer offsets you can see and break."
        )
        self.add(Label(what, wrap=True))
        versions = (
            f"Desktop Broker {program_version()}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
            platform.platform(),
        )
        self.add(CodeBlock("\n".join(versions), name=self.tr("Copy versions")))
        licences = self.tr(
            "Desktop Broker: Apache License 2.0. Fonts: Pretendard and JetBrains Mono, SIL Open Font License 1.1. "
            "Icons: Lucide, ISC License. Apache Kafka is a trademark of the Apache Software Foundation."
        )
        self.add(Label(licences, Text.SMALL, wrap=True))
