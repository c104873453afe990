"""What the shell knows of a panel before it is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.panels.base import Panel

Section = Literal["main", "watch", "foot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSpec:
    """`title` is asked again at each change of language; `factory` is called at the first show."""

    id: str
    title: Callable[[], str]
    icon: str
    section: Section
    factory: Callable[[PanelContext], Panel]
