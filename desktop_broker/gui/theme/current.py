"""The theme that is in force: what a paintEvent asks for colours, fonts and sizes.

There is one per process, as there is one QApplication; `manager.ThemeManager` alone changes it, on the Qt thread.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor, QFont, QFontMetrics

from desktop_broker.gui.theme.tokens import LIGHT, Tokens

UI_FAMILIES = ["Pretendard", "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo"]
MONO_FAMILIES = ["JetBrains Mono", "Pretendard"]

_tokens: Tokens = LIGHT
_values: dict[str, str] = LIGHT.named()
_scale: float = 1.0


def use(tokens: Tokens, scale: float) -> None:
    """Put another theme and text scale in force. For ThemeManager, which repaints everything afterwards."""
    global _tokens, _values, _scale
    _tokens, _values, _scale = tokens, tokens.named(), scale
    color.cache_clear()
    font.cache_clear()
    metrics.cache_clear()


def tokens() -> Tokens:
    return _tokens


def text_scale() -> float:
    return _scale


def scaled(pixels: float) -> int:
    """A size given at scale 1 in today's pixels."""
    return round(pixels * _scale)


def value(name: str) -> str:
    """A token (`accent`, `plot_1`) as `#rrggbb`; a `#rrggbb` stays what it is."""
    return name if name.startswith("#") else _values[name]


@cache
def color(name: str, alpha: int = 255) -> QColor:
    """A token or `#rrggbb` as a colour. Do not change what is returned: it is shared."""
    result = QColor(value(name))
    result.setAlpha(alpha)
    return result


@cache
def font(pixels: int = 13, weight: int = 400, *, mono: bool = False) -> QFont:
    """The font of a size given at scale 1. Figures have equal widths, so that live numbers do not jitter."""
    result = QFont()
    result.setFamilies(MONO_FAMILIES if mono else UI_FAMILIES)
    result.setPixelSize(scaled(pixels))
    result.setWeight(QFont.Weight(weight))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if mono:
        result.setStyleHint(QFont.StyleHint.Monospace)
    else:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


@cache
def metrics(pixels: int = 13, weight: int = 400, *, mono: bool = False) -> QFontMetrics:
    return QFontMetrics(font(pixels, weight, mono=mono))


def text_width(text: str, pixels: int = 13, weight: int = 400, *, mono: bool = False) -> int:
    return metrics(pixels, weight, mono=mono).horizontalAdvance(text)
