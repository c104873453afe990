"""The colours of the window: one name per purpose, two themes.

`*_soft` is the background for text in the colour of the same name. Every text colour reaches a contrast of 4.5 on each
surface it is used on (WCAG AA), plot lines 3; `tests/gui/theme/test_tokens.py` measures it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One theme; each value is `#rrggbb`."""

    dark: bool
    # surfaces: page; navigation, header and status bar; cards; insets; inputs; under the mouse
    bg: str
    nav: str
    panel: str
    raised: str
    field: str
    hover: str
    # outlines: cards; rules in tables; controls
    border: str
    line: str
    ctl: str
    # text; faint is for zeros, placeholders and what is disabled, never on a selection
    text: str
    muted: str
    faint: str
    accent: str
    accent_fill: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    sel: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    err: str
    err_soft: str
    info: str
    info_soft: str
    idle: str
    idle_soft: str
    # plot lines: in, out, p50, p99, other, between brokers
    plot: tuple[str, str, str, str, str, str]
    # JSON: names, texts, numbers, true/false/null
    j_key: str
    j_str: str
    j_num: str
    j_kw: str
    shade: str

    def named(self) -> dict[str, str]:
        """Name to value, with `plot_1` to `plot_6`: what the style sheet template is filled from."""
        values = {name: getattr(self, name) for name in self.__slots__ if isinstance(getattr(self, name), str)}
        values.update({f"plot_{number}": value for number, value in enumerate(self.plot, start=1)})
        return values


LIGHT = Tokens(
    dark=False,
    bg="#f4f6f9",
    nav="#fbfcfd",
    panel="#ffffff",
    raised="#f3f5f8",
    field="#ffffff",
    hover="#f3f6fa",
    border="#dde3ea",
    line="#edf0f4",
    ctl="#c6cfda",
    text="#17202b",
    muted="#556171",
    faint="#5f6b7c",
    accent="#1d5bd8",
    accent_fill="#2563eb",
    accent_hover="#1d55d0",
    accent_soft="#e6eeff",
    on_accent="#ffffff",
    sel="#dfe9ff",
    ok="#0a7347",
    ok_soft="#e2f4eb",
    warn="#8a5606",
    warn_soft="#fdf0d9",
    err="#bd1f3a",
    err_soft="#fde8ec",
    info="#1d5bd8",
    info_soft="#e6eeff",
    idle="#556171",
    idle_soft="#eceff3",
    plot=("#2563eb", "#c26a00", "#0a8a7b", "#8b3fd9", "#c92f6d", "#66758a"),
    j_key="#1d4fb8",
    j_str="#0c6f46",
    j_num="#9a4f08",
    j_kw="#7c2fc9",
    shade="#1a2430",
)

DARK = Tokens(
    dark=True,
    bg="#0e1116",
    nav="#0b0e12",
    panel="#151a21",
    raised="#1c222b",
    field="#0f1318",
    hover="#1b222b",
    border="#29323d",
    line="#1e252e",
    ctl="#36414f",
    text="#e6eaf0",
    muted="#9ba6b5",
    faint="#8792a1",
    accent="#79a9ff",
    accent_fill="#2f6be6",
    accent_hover="#2a62d6",
    accent_soft="#18273f",
    on_accent="#ffffff",
    sel="#1a2c4a",
    ok="#4ccb94",
    ok_soft="#12291f",
    warn="#f1b552",
    warn_soft="#2d2413",
    err="#f8839a",
    err_soft="#351b23",
    info="#79a9ff",
    info_soft="#18273f",
    idle="#9ba6b5",
    idle_soft="#20262f",
    plot=("#5c97ff", "#f0a63c", "#2fc4b0", "#c28bff", "#f27ea8", "#93a0b1"),
    j_key="#8db9ff",
    j_str="#8fd6a8",
    j_num="#f0b880",
    j_kw="#c9a1ff",
    shade="#05070a",
)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours after WCAG 2, from 1 to 21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(value: str) -> float:
    channels = (int(value[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
