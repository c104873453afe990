"""A ClusterError in the window's language. Counterpart: `kafka/error_sentences.py` marks its sentences for translation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_broker.kafka.errors import ClusterError


def words(error: ClusterError) -> tuple[str, str]:
    """What happened and what to do."""
    return _translated(error.what_template, error.arguments), _translated(error.todo_template, error.arguments)


def sentences(error: ClusterError) -> str:
    """Both in one text."""
    return " ".join(words(error)).strip()


def _translated(template: str, arguments: dict[str, object]) -> str:
    text = QCoreApplication.translate("ClusterError", template) if template else ""
    return text.format(**arguments) if arguments else text
