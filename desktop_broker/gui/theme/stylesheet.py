"""The one style sheet of the window, filled from the tokens and the text scale.

`@{name}` is a token's colour, `@[n]` a size of n pixels at scale 1. Frames are told apart by their object name (`card`,
`inset`, `rule`), labels by the property `t` (measures.Text) and `c` (a colour), buttons by `kind`.
"""

from __future__ import annotations

import re

from desktop_broker.gui.theme import current

_TEMPLATE = """
* { outline: 0; }
QWidget { color: @{text}; }
QMainWindow, #page, #scroll { background: @{bg}; border: 0; }
QDialog { background: @{panel}; }
QToolTip { background: @{raised}; color: @{text}; border: 1px solid @{border}; padding: 4px 8px; }
#nav { background: @{nav}; border-right: 1px solid @{border}; }
#header { background: @{nav}; border-bottom: 1px solid @{border}; }
#status { background: @{nav}; border-top: 1px solid @{border}; }
#card, #toast { background: @{panel}; border: 1px solid @{border}; border-radius: 8px; }
#inset { background: @{raised}; border: 1px solid @{line}; border-radius: 6px; }
#side { background: @{raised}; }
#side #inset { background: @{panel}; border-color: @{border}; }
#rule { background: @{line}; }
#vrule { background: @{border}; }
QLabel { background: transparent; }
QLabel[t="h1"], QLabel[t="kpi"] { font-size: @[20]; font-weight: 600; }
QLabel[t="title"] { font-size: @[16]; font-weight: 600; }
QLabel[t="h2"], QLabel[t="strong"] { font-size: @[13]; font-weight: 600; }
QLabel[t="body"] { font-size: @[13]; }
QLabel[t="muted"] { color: @{muted}; font-size: @[13]; }
QLabel[t="small"] { color: @{muted}; font-size: @[12]; }
QLabel[t="smalltext"] { font-size: @[12]; }
QLabel[t="over"] { color: @{faint}; font-size: @[11]; font-weight: 600; }
QLabel[t="mono"], QLabel[t="monomuted"] { font-family: "JetBrains Mono", "Pretendard"; font-size: @[12]; }
QLabel[t="monomuted"] { color: @{muted}; }
QLabel[c="ok"] { color: @{ok}; }
QLabel[c="warn"] { color: @{warn}; }
QLabel[c="err"] { color: @{err}; }
QLabel[c="accent"], QLabel[c="info"] { color: @{accent}; }
QLabel[c="faint"] { color: @{faint}; }
QLabel[c="muted"], QLabel[c="idle"] { color: @{muted}; }
QLabel[c="text"] { color: @{text}; }
#ok, #warn, #err, #info, #idle { border-radius: 8px; }
#ok { background: @{ok_soft}; }
#warn { background: @{warn_soft}; }
#err { background: @{err_soft}; }
#info { background: @{info_soft}; }
#idle { background: @{raised}; }
QPushButton { background: @{panel}; border: 1px solid @{ctl}; border-radius: 6px; padding: 0 12px; min-height: @[30]; color: @{text}; font-size: @[13]; font-weight: 500; }
QPushButton:hover { background: @{hover}; }
QPushButton:pressed { background: @{raised}; }
QPushButton[kind="primary"] { background: @{accent_fill}; border-color: @{accent_fill}; color: @{on_accent}; }
QPushButton[kind="primary"]:hover { background: @{accent_hover}; }
QPushButton[kind="destroy"] { background: @{err}; border-color: @{err}; color: @{panel}; }
QPushButton[kind="danger"] { color: @{err}; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @{accent}; padding: 0 4px; min-height: @[20]; }
QPushButton[kind="link"]:hover { background: @{hover}; }
QPushButton[small="true"] { min-height: @[26]; padding: 0 10px; font-size: @[12]; }
QPushButton:focus { border: 2px solid @{accent}; padding: 0 11px; min-height: @[28+]; }
QPushButton[kind="primary"]:focus, QPushButton[kind="destroy"]:focus { border: 2px solid @{text}; }
QPushButton[kind="link"]:focus { padding: 0 3px; min-height: @[18+]; }
QPushButton[small="true"]:focus { min-height: @[24+]; padding: 0 9px; }
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled, QPushButton[kind="destroy"]:disabled { color: @{faint}; border-color: @{border}; background: @{raised}; }
QPushButton[kind="link"]:disabled { color: @{faint}; border-color: transparent; background: transparent; }
QPushButton::menu-indicator { width: 0; image: none; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px; }
QToolButton:hover { background: @{hover}; }
QToolButton:pressed, QToolButton:checked { background: @{accent_soft}; }
QToolButton:focus { border: 2px solid @{accent}; padding: 4px; }
QToolButton::menu-indicator { width: 0; image: none; }
QLineEdit, QComboBox, QPlainTextEdit[edit="true"], #fieldbox { background: @{field}; border: 1px solid @{ctl}; border-radius: 6px; padding: 0 10px; min-height: @[30]; color: @{text}; font-size: @[13]; selection-background-color: @{accent_fill}; selection-color: @{on_accent}; }
QPlainTextEdit[edit="true"] { padding: 4px 4px; }
QComboBox { padding: 0 28px 0 10px; }
QLineEdit:focus, QComboBox:focus { border: 2px solid @{accent}; padding: 0 9px; min-height: @[28+]; }
QComboBox:focus { padding: 0 27px 0 9px; }
QPlainTextEdit[edit="true"]:focus { border: 2px solid @{accent}; padding: 3px 3px; min-height: @[28+]; }
#fieldbox { padding: 0; }
#fieldbox[focused="true"] { border: 2px solid @{accent}; min-height: @[28+]; }
#fieldbox QLineEdit { background: transparent; border: 0; padding: 0 4px; min-height: @[26]; }
#fieldbox QComboBox { background: transparent; border: 0; border-left: 1px solid @{border}; border-radius: 0; padding: 0 24px 0 8px; min-height: @[26]; }
QLineEdit[bad="true"], QComboBox[bad="true"], QPlainTextEdit[bad="true"], #fieldbox[bad="true"] { border-color: @{err}; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit[edit="true"]:disabled { background: @{raised}; border-color: @{border}; color: @{faint}; }
QLineEdit[mono="true"], QPlainTextEdit[mono="true"] { font-family: "JetBrains Mono", "Pretendard"; font-size: @[12]; }
QLineEdit[search="true"] { padding: 0 10px 0 2px; }
QLineEdit[search="true"]:focus { padding: 0 9px 0 1px; }
QLineEdit QToolButton, QLineEdit QToolButton:hover, QLineEdit QToolButton:focus { background: transparent; border: 0; padding: 0; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: none; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { background: transparent; border: 0; padding: 0; min-height: 0; }
QComboBox QAbstractItemView { background: @{panel}; border: 1px solid @{border}; padding: 4px; color: @{text}; selection-background-color: @{sel}; selection-color: @{text}; }
QMenu { background: @{panel}; border: 1px solid @{border}; padding: 5px; font-size: @[13]; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 4px; color: @{text}; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @{sel}; }
QMenu::item:disabled { color: @{faint}; }
QMenu::separator { height: 1px; background: @{line}; margin: 5px 0; }
QTableView, QTreeView, QListView { background: transparent; border: 0; gridline-color: transparent; selection-background-color: @{sel}; selection-color: @{text}; }
QHeaderView, QHeaderView::section { background: transparent; border: 0; }
QPlainTextEdit, QTextEdit { background: transparent; border: 0; color: @{text}; selection-background-color: @{accent_fill}; selection-color: @{on_accent}; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget#scrollbody { background: transparent; }
QScrollArea:focus { border: 2px solid @{accent}; border-radius: 6px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @{border}; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle { background: @{ctl}; border-radius: 3px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_COLOUR = re.compile(r"@\{(\w+)\}")
# `@[28+]` is the inside of a control whose outline grew from 1 to 2 px: what lies within shrinks, its outside stays.
_SIZE = re.compile(r"@\[(\d+)(\+?)\]")


def style_sheet() -> str:
    """The style sheet of the theme and the scale in force."""

    def size(match: re.Match[str]) -> str:
        pixels = int(match[1])
        return f"{current.scaled(pixels + 2) - 2 if match[2] else current.scaled(pixels)}px"

    return _SIZE.sub(size, _COLOUR.sub(lambda match: current.value(match[1]), _TEMPLATE))
