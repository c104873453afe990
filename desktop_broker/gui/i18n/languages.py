"""The language of the window: switched live, Qt's own texts (dialog buttons, file dialogs) included.

Every `self.tr("...")` is looked up in the installed `.qm` files; `packaging/translations.py` makes them.
"""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from desktop_broker.gui.theme.resources import resources_path

# Each language is written in itself: whoever looks for it can read it.
LANGUAGES = {"en": "English", "ko": "한국어"}


def system_language() -> str:
    """The desktop's language when the window speaks it, else English."""
    code = QLocale.system().name().split("_")[0]
    return code if code in LANGUAGES else "en"


class Languages(QObject):
    """Lives on the Qt thread; one per application. Signals: `changed(str)` after another language is in force."""

    changed = Signal(str)

    def __init__(self, application: QApplication, language: str = "") -> None:
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []
        self._language = ""
        self.set_language(language or system_language())

    @property
    def language(self) -> str:
        return self._language

    def set_language(self, language: str) -> None:
        """Switch live: every widget gets a LanguageChange event. An unknown code is English."""
        language = language if language in LANGUAGES else "en"
        if language == self._language:
            return
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._language = language
        self._installed = [translator for translator in self._translators(language) if translator is not None]
        for translator in self._installed:
            self._application.installTranslator(translator)
        self.changed.emit(language)

    def _translators(self, language: str) -> list[QTranslator | None]:
        names = [str(path) for path in sorted((resources_path() / "translations").glob(f"*_{language}.qm"))]
        names.insert(0, f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/qtbase_{language}.qm")
        return [self._load(name) for name in names]

    def _load(self, name: str) -> QTranslator | None:
        translator = QTranslator(self)
        return translator if translator.load(name) else None
