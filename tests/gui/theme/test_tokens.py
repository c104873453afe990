from __future__ import annotations

import pytest

from desktop_broker.gui.theme.tokens import DARK, LIGHT, Tokens, contrast

SURFACES = ("panel", "bg", "nav", "raised")
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "name", ["text", "muted", "faint", "accent", "ok", "warn", "err", "j_key", "j_str", "j_num", "j_kw"]
)
def test_text_is_readable_on_every_surface(theme: Tokens, name: str) -> None:
    low = {surface: contrast(getattr(theme, name), getattr(theme, surface)) for surface in SURFACES}
    assert min(low.values()) >= 4.5, low


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["text", "muted", "accent", "ok", "warn", "err"])
def test_text_is_readable_on_a_selection(theme: Tokens, name: str) -> None:
    assert contrast(getattr(theme, name), theme.sel) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", ["ok", "warn", "err", "info", "idle", "accent"])
def test_states_are_readable_on_their_own_background(theme: Tokens, state: str) -> None:
    assert contrast(getattr(theme, state), getattr(theme, f"{state}_soft")) >= 4.5
    assert contrast(theme.text, getattr(theme, f"{state}_soft")) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_white_on_filled_areas_and_plot_lines(theme: Tokens) -> None:
    assert contrast(theme.on_accent, theme.accent_fill) >= 4.5
    assert contrast(theme.on_accent, theme.accent_hover) >= 4.5
    assert contrast(theme.panel, theme.err) >= 4.5
    assert min(contrast(line, theme.panel) for line in theme.plot) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_focus_ring_stands_out(theme: Tokens) -> None:
    assert min(contrast(theme.accent, getattr(theme, surface)) for surface in (*SURFACES, "field")) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_every_token_has_a_name(theme: Tokens) -> None:
    named = theme.named()
    assert {"bg", "accent", "plot_1", "plot_6", "err_soft"} <= set(named)
    assert all(len(value) == 7 and value.startswith("#") for value in named.values())
