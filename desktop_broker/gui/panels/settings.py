"""Settings: how the window looks, in which language and zone it writes, and where the cluster keeps its files."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.i18n import LANGUAGES, format_zone
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.theme import SCALES
from desktop_broker.gui.widgets import (
    PAGE_MARGINS,
    Button,
    Card,
    CodeBlock,
    Field,
    PageHeader,
    Segmented,
    column,
    row,
    scroll_page,
)

_WIDTH = 720


class SettingsPanel(Panel):
    """Every choice takes effect at once and is remembered; there is nothing to save."""

    def __init__(self, context: PanelContext, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._choices = choices
        self._header = PageHeader()
        self._theme = Segmented([(mode, mode) for mode in ("light", "dark", "system")], choices.theme, name="")
        self._language = Segmented(list(LANGUAGES.items()), choices.language, name="")
        scales = [(f"{scale:g}", f"{scale:.0%}") for scale in SCALES]
        nearest = min(SCALES, key=lambda scale: abs(scale - choices.text_scale))
        self._scale = Segmented(scales, f"{nearest:g}", name="")
        self._zone = Segmented([("local", ""), ("utc", "UTC")], "utc" if choices.utc else "local", name="")
        self._folder = CodeBlock(str(context.session.data_dir or ""))
        self._file = CodeBlock(str(context.settings.path))
        self._open = Button("", "external-link", small=True)
        self._look_card, self._files_card = Card(""), Card("", right=(self._open,))
        self._fields = {
            name: Field("", control)
            for name, control in (
                ("theme", _left(self._theme)),
                ("language", _left(self._language)),
                ("scale", _left(self._scale)),
                ("zone", _left(self._zone)),
                ("folder", self._folder),
                ("file", self._file),
            )
        }
        self._fields["folder"].setVisible(context.session.embedded)
        self._open.setVisible(context.session.data_dir is not None)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        fields = self._fields
        self._look_card.add(fields["theme"], 6, fields["language"], 6, fields["scale"], 6, fields["zone"])
        self._files_card.add(fields["folder"], 6, fields["file"])
        for card in (self._look_card, self._files_card):
            card.setMaximumWidth(_WIDTH)
        content = QWidget()
        cards = column(self._look_card, self._files_card, None, gap=12)
        content.setLayout(column(self._header, row((cards, 1), None, gap=0), gap=12, margins=PAGE_MARGINS))
        self.setLayout(column(scroll_page(content), gap=0))

    def _connect(self) -> None:
        self._theme.changed.connect(self._choices.set_theme)
        self._language.changed.connect(self._choices.set_language)
        self._scale.changed.connect(lambda scale: self._choices.set_text_scale(float(scale)))
        self._zone.changed.connect(lambda zone: self._choices.set_utc(zone == "utc"))
        self._choices.changed.connect(self._show_choices)
        self._open.clicked.connect(self._open_folder)

    def _show_choices(self) -> None:
        self._theme.choose(self._choices.theme)
        self._language.choose(self._choices.language)
        self._zone.choose("utc" if self._choices.utc else "local")

    def _open_folder(self) -> None:
        folder = self.context.session.data_dir
        if folder is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.context.notify(self.tr("The system could not open the folder. Copy its path instead."), "warning")

    def retranslate(self) -> None:
        self._header.set_title(self.tr("Settings"))
        self._look_card.title.set_text(self.tr("Window"))
        self._files_card.title.set_text(self.tr("Files"))
        self._open.set_text(self.tr("Open the folder"))
        self._theme.set_texts(self.tr("Light"), self.tr("Dark"), self.tr("Like the system"), name=self.tr("Theme"))
        self._language.set_texts(*LANGUAGES.values(), name=self.tr("Language"))
        self._scale.set_texts(*(f"{scale:.0%}" for scale in SCALES), name=self.tr("Text size"))
        self._zone.set_texts(self.tr("Local time"), "UTC", name=self.tr("Time zone"))
        self._folder.set_name(self.tr("Copy the path of the data folder"))
        self._file.set_name(self.tr("Copy the path of the settings"))
        texts = {
            "theme": (self.tr("Theme"), ""),
            "language": (self.tr("Language"), ""),
            "scale": (self.tr("Text size"), self.tr("Controls grow with their text.")),
            "zone": (self.tr("Time zone"), self.tr("Times are written in: {zone}").format(zone=format_zone())),
            "folder": (self.tr("Data of this cluster"), self.tr("Topics, messages and offsets of every broker.")),
            "file": (self.tr("These settings"), ""),
        }
        for name, (label, help_text) in texts.items():
            self._fields[name].set_label(label)
            self._fields[name].set_help(help_text)


def _left(control: QWidget) -> QWidget:
    """A control at the left of a field, as wide as it needs to be."""
    holder = QWidget()
    holder.setLayout(row(control, None))
    return holder
