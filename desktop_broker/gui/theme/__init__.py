"""The look of the window: colours, sizes, fonts, icons and the style sheet. Every colour and size comes from here."""

from desktop_broker.gui.theme.current import color, font, metrics, scaled, text_width, tokens, value
from desktop_broker.gui.theme.icons import STATE_ICONS, icon, icon_pixmap, paint_icon
from desktop_broker.gui.theme.manager import SCALES, ThemeManager, ThemeMode, as_theme_mode
from desktop_broker.gui.theme.measures import Text
from desktop_broker.gui.theme.resources import resources_path

__all__ = [
    "SCALES",
    "STATE_ICONS",
    "Text",
    "ThemeManager",
    "ThemeMode",
    "as_theme_mode",
    "color",
    "font",
    "icon",
    "icon_pixmap",
    "metrics",
    "paint_icon",
    "resources_path",
    "scaled",
    "text_width",
    "tokens",
    "value",
]
